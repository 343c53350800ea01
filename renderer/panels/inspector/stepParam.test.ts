import { describe, expect, it } from 'vitest';
import { hasSlider, stepParam } from './stepParam';

const filters = { kind: 'number', min: 1, max: 65_536, integer: true, nullable: false } as const;
const rate = { kind: 'number', min: 0, max: 0.99, integer: false, nullable: false } as const;
const pair = { kind: 'pair', min: 1, max: 255, nullable: false } as const;

describe('a step of a parameter', () => {
  it('is one of a whole number, and a hundredth of a share', () => {
    expect(stepParam(filters, 32, -10, false)).toBe(22);
    expect(stepParam(rate, 0.5, 1, false)).toBe(0.51);
    expect(stepParam(rate, 0.98, 10, false)).toBe(0.99);
  });
  it('moves both sizes of a pair', () => {
    expect(stepParam(pair, [3, 5], 1, false)).toEqual([4, 6]);
    expect(stepParam(pair, [3, 5], -1, true)).toEqual([2, 4]);
  });
  it('is none of a choice, and none of a value of another kind', () => {
    expect(stepParam({ kind: 'flag' }, true, 1, false)).toBeUndefined();
    expect(stepParam(filters, 'many', 1, false)).toBeUndefined();
  });
  it('has a slider for a share only', () => expect([filters, rate].map(hasSlider)).toEqual([false, true]));
});
