import type { StepPoint } from '../../shared/rpc/contract';

/** A curve of more points than this is thinned: some minutes of a quick network, twenty points a second. */
export const MOST_POINTS = 40_000;

/**
 * Half as many points: of each four neighbours those of the lowest and the highest loss, in their order, so that no spike is lost. The
 * last one always stays: it says how far the training is.
 */
export function thinPoints(points: readonly StepPoint[]): StepPoint[] {
  const kept: StepPoint[] = [];
  for (let from = 0; from < points.length - 1; from += 4) kept.push(...extremes(points.slice(from, Math.min(from + 4, points.length - 1))));
  return [...kept, ...points.slice(-1)];
}

function extremes(group: readonly StepPoint[]): readonly StepPoint[] {
  const loss = ({ loss: value }: StepPoint) => value ?? Infinity;
  const lowest = group.reduce((best, point) => (loss(point) < loss(best) ? point : best));
  const highest = group.reduce((best, point) => (loss(point) > loss(best) ? point : best));
  if (lowest === highest) return [lowest];
  return lowest.step < highest.step ? [lowest, highest] : [highest, lowest];
}
