import type { Dim } from '../../graph/dim';
import type { Builder, Value } from '../../program/builder';
import { ProgramError } from '../../program/programError';
import { dropMask } from '../regularization/_noise';
import { sequenceOf, unrolled, type CellKind, type Read } from './_cells';
import type { RecurrentParams } from './_params';

/** Where each step is operations of its own: beyond this an engine prepares a training for minutes (a GRU of 512 steps takes onnxruntime 270 s, TensorFlow 21 s). */
export const MOST_UNROLLED = 512;
/** From here on preparing a training of as many steps takes long: 16 s in onnxruntime for a GRU, 3 s in TensorFlow. */
export const MANY_STEPS = 128;

/** So many steps of an LSTM are unrolled, though they could be one operation: a step takes TensorFlow 0.7 times as long. */
export const UNROLLED_LSTM = 256;

/** What a cell over a sequence gives, computed when it is asked for. */
interface SequenceRead {
  /** The output of the step that was read last, `[batch, units]`. */
  last(): Value;
  /** Every step's output, `[batch, steps, units]`: as the steps were read, or as they are in the sequence. */
  every(order: 'asRead' | 'asGiven'): Value;
}

export function tooManyMasked(steps: number): string {
  return `received ${steps} steps of which some are masked, expected at most ${MOST_UNROLLED}. Shorten the sequence, or leave its mask out.`;
}

/** Whether a long sequence is one operation, however many steps it has: an LSTM as cuDNN and TensorFlow have it, and its gradient. */
export function isWhole(kind: CellKind, p: RecurrentParams): boolean {
  return kind === 'lstm' && p.activation === 'tanh' && p.recurrentActivation === 'sigmoid' && p.recurrentDropout === 0;
}

/**
 * A cell over all steps of a sequence. Few steps are unrolled, which is faster: two layers work at the same time, and the input's part
 * of all steps is one product. Of many steps an LSTM is one operation.
 */
export function readSequence(
  b: Builder,
  kind: CellKind,
  read: Read,
  weights: Readonly<Record<string, Value>>,
  p: RecurrentParams,
): SequenceRead {
  const steps = read.x.type.shape[1] as number;
  if (steps > UNROLLED_LSTM && isWhole(kind, p) && !read.mask) return wholeLstm(b, read, weights, p);
  if (steps > MOST_UNROLLED) throw new ProgramError(tooManyMasked(steps));
  const outputs = unrolled(b, kind, read, weights, p);
  return {
    last: () => outputs.at(-1) as Value,
    every: (order) => sequenceOf(b, order === 'asGiven' && p.goBackwards ? outputs.toReversed() : outputs),
  };
}

function wholeLstm(b: Builder, { x, training }: Read, weights: Readonly<Record<string, Value>>, p: RecurrentParams): SequenceRead {
  const [batch, steps, channels] = x.type.shape as [Dim, number, number];
  const dropped = training && p.dropout > 0 ? b.mul(x, dropMask(b, p.dropout, [batch, 1, channels])) : x;
  const turned = (sequence: Value) => b.gather(sequence, b.constant(lastFirst(steps), [steps]));
  const stepsFirst = b.transpose(dropped, [1, 0, 2]);
  const kernel = b.concat([weights['kernel'] as Value, weights['recurrentKernel'] as Value], 0);
  const bias = weights['bias'] ?? b.broadcastTo(b.scalar(0), [4 * p.units]);
  const y = b.lstm(p.goBackwards ? turned(stepsFirst) : stepsFirst, kernel, bias);
  return {
    last: () => b.reshape(b.slice(y, [steps - 1, 0, 0], [1, batch, p.units]), [batch, p.units]),
    every: (order) => b.transpose(order === 'asGiven' && p.goBackwards ? turned(y) : y, [1, 0, 2]),
  };
}

function lastFirst(steps: number): Int32Array {
  return Int32Array.from({ length: steps }, (_, index) => steps - 1 - index);
}
