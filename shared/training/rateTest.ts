/** A step of a learning-rate range test: the rate it was taken with and the loss before it. */
export interface RatePoint {
  readonly rate: number;
  readonly loss: number;
}

/** From the least to the largest rate that any optimizer is used with. */
export const [FIRST_RATE, LAST_RATE] = [1e-6, 10];
/** Steps of a whole test. */
export const RATE_STEPS = 100;

/** The rate of a step of the test: as many times the one before at each. */
export function rateOfStep(step: number): number {
  return FIRST_RATE * (LAST_RATE / FIRST_RATE) ** (step / (RATE_STEPS - 1));
}

/** Share of the past in the smoothed losses; each is of another batch. */
const SMOOTHING = 0.85;

/** Steps by which the smoothed losses are late. */
const LAG = Math.round(SMOOTHING / (1 - SMOOTHING));

/** Running means of the losses, corrected for their start as Adam's are. */
export function smoothedLosses(points: readonly RatePoint[]): readonly number[] {
  let mean = 0;
  return points.map(({ loss }, index) => {
    mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
    return mean / (1 - SMOOTHING ** (index + 1));
  });
}

/** How many times the least loss so far counts as lost: larger rates would only be worse. */
const DIVERGED = 4;

/** Whether the test has seen enough: the loss is no number, or far above the best. */
export function hasDiverged(points: readonly RatePoint[]): boolean {
  const smoothed = smoothedLosses(points);
  const last = smoothed.at(-1) ?? 0;
  const least = Math.min(...smoothed);
  // Of a loss below 0, as a similarity is, no multiple says that it is lost.
  return !Number.isFinite(last) || (points.length > 10 && least > 0 && last > DIVERGED * least);
}

/** What a fall of the loss must at least be, as a share, to be one and not the noise of the batches. */
const LEAST_FALL = 0.03;

/**
 * The rate at which the loss falls fastest over the logarithm of the rate; null where it never falls. Above it the loss still falls, below
 * it learning takes longer.
 *
 * Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, section 3.3 (the range test); the steepest point as fastai takes it.
 * @see https://arxiv.org/abs/1506.01186
 */
export function suggestedRate(points: readonly RatePoint[]): number | null {
  const smoothed = smoothedLosses(points).filter(Number.isFinite);
  const lowest = smoothed.indexOf(Math.min(...smoothed));
  const highest = Math.max(...smoothed.slice(0, lowest + 1));
  if (lowest < 2 || !(highest - (smoothed[lowest] as number) > LEAST_FALL * Math.abs(highest))) return null;
  let steepest = 1;
  const fall = (index: number) => (smoothed[index - 1] as number) - (smoothed[index + 1] as number);
  for (let index = 1; index < lowest; index += 1) if (fall(index) > fall(steepest)) steepest = index;
  return Number((points[Math.max(0, steepest - LAG)] as RatePoint).rate.toPrecision(2));
}
