/** What a metric is told of a batch: rows of predictions and what they should have been. */
export type Observation =
  | {
      readonly kind: 'classes';
      /** One score a class, a row for each prediction. */
      readonly scores: ArrayLike<number>;
      readonly classes: number;
      /** The right class of each row. */
      readonly targets: ArrayLike<number>;
    }
  | {
      readonly kind: 'binary' | 'values';
      readonly scores: ArrayLike<number>;
      /** 0 and 1, or numbers; one for each score. */
      readonly targets: ArrayLike<number>;
    };

/** Sees batches one after another and tells the metric over all of them; NaN where it has none. */
export interface Meter {
  add(observation: Observation): void;
  result(): number;
}

/** A figure that tells people how good a network is; nothing is learned from it. */
export interface MetricDefinition {
  /** Key in documents, Keras's word in camel case; never changes after a release. */
  readonly kind: string;
  readonly title: string;
  readonly summary: string;
  readonly formula: string;
  readonly keras: string;
  /** Its name in PyTorch's TorchMetrics. */
  readonly torch: string;
  readonly note?: string;
  /** What it can be measured on. */
  readonly measures: readonly Observation['kind'][];
  readonly better: 'higher' | 'lower';
  /** A share is shown in per cent. */
  readonly isShare: boolean;
  meter(): Meter;
}

/** Index of the largest of `count` scores from `start` on; the first of equal ones. */
export function largest(scores: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index += 1) if ((scores[start + index] as number) > (scores[start + best] as number)) best = index;
  return best;
}

/** Probability from which an answer is a yes. */
export const THRESHOLD = 0.5;
