import { describe, expect, it } from 'vitest';
import type { StepPoint } from '../../shared/rpc/contract';
import { thinPoints } from './thinPoints';

const pointsOf = (losses: readonly (number | null)[]): StepPoint[] =>
  losses.map((loss, index) => ({ step: index + 1, epoch: index / 10, loss, accuracy: null }));
const steps = (points: readonly StepPoint[]) => points.map(({ step }) => step);

describe('thinning a curve', () => {
  it('keeps the lowest and the highest of four neighbours in their order, and the last point', () => {
    expect(steps(thinPoints(pointsOf([1, 9, 2, 3, 8, 4, 0, 5, 6])))).toEqual([1, 2, 5, 7, 9]);
  });

  it('halves a long curve and keeps its spikes, whatever it is', () => {
    const losses = Array.from({ length: 10_001 }, (_, index) => (index === 7777 ? 1000 : Math.exp(-index / 3000)));
    const thin = thinPoints(pointsOf(losses));
    expect(thin.length).toBeLessThanOrEqual(5001);
    expect(steps(thin)).toContain(7778);
    expect(steps(thin).at(-1)).toBe(10_001);
    expect(steps(thin)).toEqual(steps(thin).toSorted((a, b) => a - b));
  });

  it('is at ease with nothing, and with losses that were no numbers', () => {
    expect(thinPoints([])).toEqual([]);
    expect(steps(thinPoints(pointsOf([null, null, 3, null, null])))).toEqual([1, 3, 5]);
  });
});
