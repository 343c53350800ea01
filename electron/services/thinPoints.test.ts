import { describe, expect, it } from 'vitest';
import type { StepPoint } from '../../shared/rpc/contract';
import { thinPoints } from './thinPoints';

const pointsOf = (losses: readonly (number | null)[]): StepPoint[] =>
  losses.map((loss, index) => ({ step: index + 1, epoch: index / 10, loss, accuracy: null }));
const steps = (points: readonly StepPoint[]) => points.map(({ step }) => step);

describe('thinning a curve', () => {
  it('keeps the lowest and the highest of each stretch in their order, and both ends', () => {
    expect(steps(thinPoints(pointsOf([1, 9, 2, 3, 8, 4, 0, 5, 6]), 2))).toEqual([1, 2, 3, 7, 8, 9]);
  });

  it('keeps the spikes of a long curve, whatever it is', () => {
    const losses = Array.from({ length: 10_001 }, (_, index) => (index === 7777 ? 1000 : Math.exp(-index / 3000)));
    const thin = steps(thinPoints(pointsOf(losses), 1000));
    expect(thin.length).toBeLessThanOrEqual(2002);
    expect(thin).toContain(7778);
    expect([thin[0], thin.at(-1)]).toEqual([1, 10_001]);
    expect(thin).toEqual(thin.toSorted((a, b) => a - b));
  });

  it('again and again leaves the beginning as fine as the end', () => {
    let points: StepPoint[] = [];
    for (const point of pointsOf(Array.from({ length: 50_000 }, (_, index) => Math.sin(index)))) {
      points.push(point);
      if (points.length > 400) points = thinPoints(points, 100);
    }
    const early = points.filter(({ step }) => step <= 20_000).length;
    const late = points.filter(({ step }) => step > 20_000 && step <= 40_000).length;
    expect(early / late).toBeGreaterThan(0.5);
    expect(early / late).toBeLessThan(2);
  });

  it('leaves no more of a curve whose steps go to and fro, as only a file of others has them', () => {
    const up = pointsOf(Array.from({ length: 1000 }, (_, index) => index % 7));
    expect(thinPoints(up.toReversed(), 100).length).toBeLessThanOrEqual(202);
    expect(thinPoints([...up, ...up.slice(0, 2)], 100).length).toBeLessThanOrEqual(202);
  });

  it('is at ease with nothing, and with losses that were no numbers', () => {
    expect(thinPoints([])).toEqual([]);
    expect(steps(thinPoints(pointsOf([null, null, 3, null, null]), 1))).toEqual([1, 2, 3, 5]);
  });
});
