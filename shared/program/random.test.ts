import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf, xoshiro128 } from './random';

describe('random numbers', () => {
  it('are those of xoshiro128** as its authors publish it', () => {
    // The reference C code from the state 1, 2, 3, 4.
    const next = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('of different names have nothing in common', () => {
    const draw = (name: string) => {
      const random = randomOf(7, name);
      return Array.from({ length: 1000 }, () => random.uniform());
    };
    const a = draw('conv1/kernel');
    const b = draw('conv2/kernel');
    const correlation = a.reduce((sum, value, index) => sum + (value - 0.5) * ((b[index] as number) - 0.5), 0) / (1000 / 12);
    expect(Math.abs(correlation)).toBeLessThan(0.1);
  });

  it('below a bound stay below it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer(), fc.string({ size: 'medium' }), (bound, seed, name) => {
        const value = randomOf(seed, name).below(bound);
        return Number.isInteger(value) && value >= 0 && value < bound;
      }),
    );
  });
});
