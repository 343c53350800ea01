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

/** What a meter has seen so far, from which another one goes on as if it had seen it. */
export interface MeterState {
  /** Sums and counts; null is one that is not finite. */
  readonly numbers: readonly (number | null)[];
  /** Of meters that need every score: row after row, at most {@link MOST_SCORES}; and what each row should have been. */
  readonly scores?: Float32Array | undefined;
  readonly targets?: Int32Array | undefined;
}

/** Most single scores that a meter keeps: 64 MB. */
export const MOST_SCORES = 2 ** 24;
/** Most sums and counts of a state. */
export const MOST_NUMBERS = 2 ** 22;

/** Sees batches one after another and tells the metric over all of them; NaN where it has none. */
export interface Meter {
  add(observation: Observation): void;
  result(): number;
  state(): MeterState;
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
  /** A meter that has seen nothing, or that goes on from a state; one that cannot be the metric's own counts as nothing. */
  meter(settings: z.output<S>, before?: MeterState): Meter;
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

/** The numbers of a state as they were when {@link stateOf} took them, where there are so many; else `fresh`. */
export function numbersFrom(before: MeterState | undefined, fresh: readonly number[]): number[] {
  return (before?.numbers.length === fresh.length ? before.numbers : fresh).map((number) => number ?? NaN);
}

/** Numbers as a state; of more than {@link MOST_NUMBERS} none. JSON, in which it is kept, has no number that is not finite. */
export function stateOf(numbers: readonly number[]): MeterState {
  return { numbers: numbers.length > MOST_NUMBERS ? [] : numbers.map((number) => (Number.isFinite(number) ? number : null)) };
}
