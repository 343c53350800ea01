/** What is kept of numbers that were drawn: how many, their moments, and how many lie below some cuts. */
export interface Law {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
  /** The fourth moment about the mean. */
  readonly fourth: number;
  readonly cuts: readonly number[];
  readonly below: readonly number[];
}

export function lawOf(values: ArrayLike<number>, cuts: readonly number[]): Law {
  const numbers = Float64Array.from(values).sort();
  const count = numbers.length;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / count;
  const moment = (power: number) => numbers.reduce((sum, value) => sum + (value - mean) ** power, 0) / count;
  return { count, mean, variance: moment(2), fourth: moment(4), cuts, below: cuts.map((cut) => countBelow(numbers, cut)) };
}

function countBelow(sorted: Float64Array, cut: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < cut) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In standard errors: beyond it are 6 of 10⁷. */
const MOST_ERRORS = 5;
/** Of Kolmogorov and Smirnov's statistic, times √(n·m / (n + m)): beyond it are 2·exp(−2·2.7²), 9 of 10⁷. */
const MOST_DISTANCE = 2.7;
/** Numbers that do not vary differ by rounding. */
const ROUNDING = 1e-5;

/** How far numbers of two kinds are from one law, in bars: more than 1 does not come about by chance. */
export function lawGaps(a: Law, b: Law): Readonly<Record<'mean' | 'variance' | 'distance', number>> {
  const rounding = ROUNDING * (1 + Math.abs(b.mean));
  const inErrors = (difference: number, errors: readonly number[]) =>
    Math.abs(difference) / Math.max(rounding, MOST_ERRORS * Math.sqrt(errors.reduce((sum, each) => sum + each, 0)));
  const ofVariance = ({ variance, fourth, count }: Law) => Math.max(0, fourth - variance ** 2) / count;
  const shares = a.below.map((below, index) => Math.abs(below / a.count - (b.below[index] as number) / b.count));
  return {
    mean: inErrors(a.mean - b.mean, [a.variance / a.count, b.variance / b.count]),
    variance: inErrors(a.variance - b.variance, [ofVariance(a), ofVariance(b)]),
    distance: (Math.max(0, ...shares) * Math.sqrt((a.count * b.count) / (a.count + b.count))) / MOST_DISTANCE,
  };
}
