import type * as z from 'zod';
import type { Dim } from '../../graph/dim';
import type { Value } from '../../program/builder';
import type { ProgramBuilder } from '../../program/builderOf';
import type { Choice } from '../choice';

/** An output and what it is held against, channels-last. */
export interface LossOperands {
  /** What the network gives. */
  readonly output: Value;
  /** What goes into the softmax that the output ends in. */
  readonly softmaxLogits: Value | undefined;
  /** What goes into the sigmoid that the output ends in. */
  readonly sigmoidLogits: Value | undefined;
  /** Class indices of the output's shape without its last axis, or numbers of the output's shape. */
  readonly target: Value;
  /** 1 for each step of a sequence that counts, 0 for the others, `[batch, steps]`; all count where left out. Only a loss of the whole batch has to look. */
  readonly mask?: Value | undefined;
}

/** A loss: how far an output is from its target. */
export interface LossDefinition<S extends z.ZodType = z.ZodType> extends Choice<S> {
  /** Class indices, or one number for each of the output's. */
  readonly target: 'classes' | 'values';
  /**
   * What is right: the largest number stands at the target's class, each number is on the target's side of a half, or
   * there is no right and wrong.
   */
  readonly accuracy: 'class' | 'binary' | null;
  /** The least size of the last axis. */
  readonly leastChannels?: number;
  /** Losses of the single predictions, of any shape; the mean of those that count is what is learned. Or one of the whole batch. */
  lower(builder: ProgramBuilder, operands: LossOperands, settings: z.output<S>): Value;
  /** The output as probabilities where the loss takes it for logits, else the output itself. */
  probabilities?(builder: ProgramBuilder, operands: Omit<LossOperands, 'target'>, settings: z.output<S>): Value;
}

/** Checks a loss's definition at compile time. */
export function defineLoss<S extends z.ZodType>(definition: LossDefinition<S>): LossDefinition<S> {
  return definition;
}

/** The size of the last axis, which is known of every output that can learn. */
export function channelsOf(value: Value): number {
  const last = value.type.shape.at(-1) as Dim;
  return typeof last === 'number' ? last : 1;
}

/** Keras's least probability: its logarithm is finite. */
export const LEAST_PROBABILITY = 1e-7;

/** |x| whose slope at 0 is 0, as in TensorFlow and PyTorch. */
export function absolute(b: ProgramBuilder, x: Value): Value {
  const zero = b.scalar(0);
  return b.mul(x, b.sub(b.greater(x, zero), b.greater(zero, x)));
}

/** A mask `[batch, steps]` to be multiplied with a value of the steps, whatever it has for each. */
export function maskFor(b: ProgramBuilder, mask: Value, { type }: Value): Value {
  return b.reshape(mask, [...mask.type.shape, ...type.shape.slice(2).map(() => 1)]);
}

/** Over the last axis. */
export function sumOfLast(b: ProgramBuilder, x: Value): Value {
  return b.reduceSum(x, [x.type.shape.length - 1]);
}

/** Kept in [least, most]. */
export function clamped(b: ProgramBuilder, x: Value, least: number, most: number): Value {
  return b.minimum(b.maximum(x, b.scalar(least)), b.scalar(most));
}
