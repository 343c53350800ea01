import * as z from 'zod';
import type { Choice } from '../choice';

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

/** A figure that tells people how good a network is; nothing is learned from it. Its `torch` is TorchMetrics' name. */
export interface MetricDefinition<S extends z.ZodType = z.ZodType> extends Choice<S> {
  /** What it can be measured on. */
  readonly measures: readonly Observation['kind'][];
  readonly better: 'higher' | 'lower';
  /** A share is shown in per cent. */
  readonly isShare: boolean;
  /** The title of what was measured with these settings; `title` where left out. */
  titleWith?(settings: z.output<S>): string;
  meter(settings: z.output<S>): Meter;
}

/** Checks a metric's definition at compile time. */
export function defineMetric<S extends z.ZodType>(definition: MetricDefinition<S>): MetricDefinition<S> {
  return definition;
}

/** The settings of a metric that has none but its name. */
export function only<K extends string>(kind: K) {
  return { kind, settings: z.strictObject({ kind: z.literal(kind) }) } as const;
}

/** Index of the largest of `count` scores from `start` on; the first of equal ones. */
export function largest(scores: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index += 1) if ((scores[start + index] as number) > (scores[start + best] as number)) best = index;
  return best;
}

/** Probability from which an answer is a yes. */
export const THRESHOLD = 0.5;
