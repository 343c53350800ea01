/**
 * The largest difference of two lists of numbers, relative to the largest number of the expected one (at least
 * `floor`). Infinity where the lengths differ or something is not a number.
 */
export function relativeDifference(received: ArrayLike<number>, expected: ArrayLike<number>, floor = 1e-3): number {
  if (received.length !== expected.length) return Infinity;
  let largest = floor;
  let difference = 0;
  for (let index = 0; index < expected.length; index++) {
    const gap = Math.abs((received[index] as number) - (expected[index] as number));
    if (Number.isNaN(gap)) return Infinity;
    largest = Math.max(largest, Math.abs(expected[index] as number));
    difference = Math.max(difference, gap);
  }
  return difference / largest;
}
