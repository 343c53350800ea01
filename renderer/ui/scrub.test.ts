import { describe, expect, it } from 'vitest';
import { stepsIn } from './scrub';

const plain = { shiftKey: false, altKey: false };

describe('a drag over a label', () => {
  it('is a step for every four pixels, and keeps the rest', () => {
    expect(stepsIn(3, plain)).toEqual({ by: 0, rest: 3 });
    expect(stepsIn(10, plain)).toEqual({ by: 2, rest: 2 });
    expect(stepsIn(-10, plain)).toEqual({ by: -2, rest: -2 });
  });
  it('is ten times as much with Shift', () => expect(stepsIn(8, { ...plain, shiftKey: true })).toEqual({ by: 20, rest: 0 }));
  it('is one power of two for every 24 pixels with Alt', () =>
    expect(stepsIn(50, { shiftKey: true, altKey: true })).toEqual({ by: 2, rest: 2 }));
});
