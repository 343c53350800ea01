/**
 * Exponential moving average with the start corrected (as Adam corrects its moments), so that the first points are not
 * drawn towards zero. `weight` is the share of the past, 0 (as measured) to below 1. What was not measured stays NaN.
 */
export function smooth(y: ArrayLike<number>, length: number, weight: number): Float64Array {
  const smoothed = new Float64Array(length);
  let mean = 0;
  let past = 1;
  for (let index = 0; index < length; index++) {
    const value = y[index] as number;
    if (Number.isFinite(value)) {
      mean = weight * mean + (1 - weight) * value;
      past *= weight;
      smoothed[index] = mean / (1 - past);
    } else {
      smoothed[index] = NaN;
    }
  }
  return smoothed;
}
