import { describe, expect, it } from 'vitest';
import { smooth } from './smooth';

describe('smoothing a curve', () => {
  it('leaves a constant as it is, from the first point on', () => {
    expect(Array.from(smooth([3, 3, 3, 3], 4, 0.9))).toEqual([3, 3, 3, 3].map((value) => expect.closeTo(value, 12) as number));
  });

  it('with weight 0 is the curve itself', () => {
    expect(Array.from(smooth([1, 5, 2], 3, 0))).toEqual([1, 5, 2]);
  });

  it('weighs as worked out by hand', () => {
    // (0.5·2 + 0.5·0.5·1) / (1 − 0.25)
    expect(smooth([1, 2], 2, 0.5)[1]).toBeCloseTo(1.25 / 0.75, 12);
  });

  it('passes over what was not measured', () => {
    const [first, gap, third] = smooth([2, NaN, 2], 3, 0.9);
    expect([first, third]).toEqual([expect.closeTo(2, 12), expect.closeTo(2, 12)]);
    expect(gap).toBeNaN();
  });
});
