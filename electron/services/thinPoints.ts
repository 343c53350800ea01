import type { StepPoint } from '../../shared/rpc/contract';

/** A curve of more points than this is thinned: half an hour of a quick network, twenty points a second. */
export const MOST_POINTS = 40_000;
const BUCKETS = MOST_POINTS / 4;

/**
 * At most half as many points: of each of so many equal stretches of steps those of the lowest and the highest loss, in their order, so
 * that no spike is lost and a curve that is thinned again and again is as fine at its beginning as at its end. The first and the last
 * one stay: they say where the training began and how far it is.
 */
export function thinPoints(points: readonly StepPoint[], buckets = BUCKETS): StepPoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 3) return [...points];
  // Of a file that others wrote the last step need not be the largest; the stretches are no more for it.
  const width = (points.reduce((largest, { step }) => Math.max(largest, step), first.step) - first.step) / buckets;
  const kept = [first];
  let group: StepPoint[] = [];
  let end = first.step + width;
  for (const point of points.slice(1, -1)) {
    if (point.step > end) {
      kept.push(...extremes(group));
      group = [];
      end += width * Math.ceil((point.step - end) / width);
    }
    group.push(point);
  }
  return [...kept, ...extremes(group), last];
}

function extremes(group: readonly StepPoint[]): readonly StepPoint[] {
  const [some, ...others] = group;
  if (!some) return [];
  const loss = ({ loss: value }: StepPoint) => value ?? Infinity;
  const lowest = others.reduce((best, point) => (loss(point) < loss(best) ? point : best), some);
  const highest = others.reduce((best, point) => (loss(point) > loss(best) ? point : best), some);
  if (lowest === highest) return [lowest];
  return lowest.step < highest.step ? [lowest, highest] : [highest, lowest];
}
