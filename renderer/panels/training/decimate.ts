/** A curve as two columns of the same length; `y` may hold NaN where nothing was measured. */
export interface Curve {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly length: number;
}

/**
 * At most `2 × buckets` points that look like the whole curve: of each bucket of neighbours the lowest and the highest,
 * in their order, and always the first and the last point. A spike of one step is never lost, which an average would do.
 */
export function decimate({ x, y, length }: Curve, buckets: number): { x: number[]; y: number[] } {
  const kept = length <= 2 * buckets ? indices(0, length) : bucketExtremes(y, length, buckets);
  const measured = kept.filter((index) => !Number.isNaN(y[index]));
  return { x: measured.map((index) => x[index] as number), y: measured.map((index) => y[index] as number) };
}

function indices(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** The two ends stand apart, so the buckets divide what lies between them. */
function bucketExtremes(y: ArrayLike<number>, length: number, buckets: number): number[] {
  const inner = length - 2;
  const count = Math.max(1, buckets - 1);
  const kept = [0];
  for (let bucket = 0; bucket < count; bucket++) {
    const from = 1 + Math.floor((bucket * inner) / count);
    const to = 1 + Math.floor(((bucket + 1) * inner) / count);
    kept.push(...extremes(y, from, to));
  }
  kept.push(length - 1);
  return kept;
}

function extremes(y: ArrayLike<number>, from: number, to: number): number[] {
  let lowest = -1;
  let highest = -1;
  for (let index = from; index < to; index++) {
    const value = y[index] as number;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < (y[lowest] as number)) lowest = index;
    if (highest < 0 || value > (y[highest] as number)) highest = index;
  }
  if (lowest < 0) return [];
  if (lowest === highest) return [lowest];
  return lowest < highest ? [lowest, highest] : [highest, lowest];
}
