import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasDiverged, rateOfStep, RATE_STEPS, smoothedLosses, suggestedRate, type RatePoint } from './rateTest';

/** A loss that falls from 2 to 0.5 around a rate, and rises beyond another. */
function valley(falls: number, rises: number): readonly RatePoint[] {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  return Array.from({ length: RATE_STEPS }, (_, step) => {
    const rate = rateOfStep(step);
    const [down, up] = [Math.log(rate / falls), Math.log(rate / rises)];
    return { rate, loss: 2 - 1.5 * sigmoid(2 * down) + 20 * sigmoid(4 * up) };
  });
}

describe('a learning-rate range test', () => {
  it('goes from the least to the largest rate in equal factors', () => {
    expect(rateOfStep(0)).toBe(1e-6);
    expect(rateOfStep(RATE_STEPS - 1)).toBeCloseTo(10, 10);
    expect(rateOfStep(11) / rateOfStep(10)).toBeCloseTo(rateOfStep(1) / rateOfStep(0), 12);
  });

  it('suggests the rate at which the loss falls fastest', () => {
    fc.assert(
      fc.property(fc.double({ min: -4, max: -1, noNaN: true }), (power) => {
        const falls = 10 ** power;
        const suggested = suggestedRate(valley(falls, falls * 100)) ?? NaN;
        expect(suggested / falls).toBeGreaterThan(0.4);
        expect(suggested / falls).toBeLessThan(2.5);
      }),
    );
  });

  it('suggests nothing where the loss never falls', () => {
    const points = (loss: (step: number) => number) =>
      Array.from({ length: 40 }, (_, step) => ({ rate: rateOfStep(step), loss: loss(step) }));
    expect(suggestedRate(points(() => 2))).toBeNull();
    expect(suggestedRate(points((step) => 1 + step))).toBeNull();
    expect(suggestedRate(points((step) => 2 + 0.01 * Math.sin(9 * step)))).toBeNull();
    expect(suggestedRate([])).toBeNull();
  });

  it('ends where the loss is lost', () => {
    const whole = valley(1e-3, 1e-1);
    const end = whole.findIndex((_, step) => hasDiverged(whole.slice(0, step + 1)));
    expect(whole[end]?.rate).toBeGreaterThan(5e-2);
    expect(hasDiverged(whole.slice(0, 60))).toBe(false);
    expect(hasDiverged([...whole.slice(0, 3), { rate: 1, loss: NaN }])).toBe(true);
  });

  it('knows losses below 0, as a similarity is: they are neither lost nor without a fall', () => {
    const below = valley(1e-3, 1e-1).map(({ rate }) => ({ rate, loss: -1 / (1 + Math.exp(-2 * Math.log(rate / 1e-3))) }));
    expect(below.some((_, step) => hasDiverged(below.slice(0, step + 1)))).toBe(false);
    expect(suggestedRate(below)).toBeGreaterThan(1e-4);
    expect(suggestedRate(below.map(({ rate }) => ({ rate, loss: -0.5 })))).toBeNull();
  });

  it('smooths by a running mean that starts at the first loss', () => {
    expect(smoothedLosses([{ rate: 1, loss: 3 }])[0]).toBeCloseTo(3, 12);
    expect(smoothedLosses([3, 3, 3].map((loss) => ({ rate: 1, loss }))).at(-1)).toBeCloseTo(3, 12);
  });
});
