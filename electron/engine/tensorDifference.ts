import type { Tensors } from './backend';

/** Below this an output's numbers count as zeros, and their differences by themselves. */
const FLOOR = 1e-3;

/**
 * The largest difference of tensors of the same names, relative to the largest magnitude in the expected one. Infinity where a name or a
 * shape is another, or a number is not finite.
 */
export function largestDifference(received: Tensors, expected: Tensors): number {
  if (Object.keys(received).length !== Object.keys(expected).length) return Infinity;
  let worst = 0;
  for (const [name, { shape, data }] of Object.entries(expected)) {
    const other = received[name];
    if (!other || String(other.shape) !== String(shape)) return Infinity;
    let [largest, difference] = [FLOOR, 0];
    for (let index = 0; index < data.length; index += 1) {
      const [a, b] = [other.data[index] as number, data[index] as number];
      if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
      largest = Math.max(largest, Math.abs(b));
      difference = Math.max(difference, Math.abs(a - b));
    }
    worst = Math.max(worst, difference / largest);
  }
  return worst;
}
