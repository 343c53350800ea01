import * as z from 'zod';
import { multiplyDims, type Dim } from '../../graph/dim';
import type { Value } from '../../program/builder';
import type { ProgramBuilder } from '../../program/builderOf';
import { channelsOf, clamped, LEAST_PROBABILITY, sumOfLast, type LossOperands } from './_define';

/** What an output's numbers are. */
export const from = z.enum(['auto', 'logits', 'probabilities']).default('auto').meta({
  title: 'Computed from',
  description:
    'What the output gives. “auto”: behind softmax or sigmoid probabilities, and the loss is computed from what goes in; else logits',
  torchNote: 'PyTorch’s losses take logits.',
});

/** Share of the certainty that goes to the other classes. */
export const labelSmoothing = z
  .number()
  .min(0)
  .lt(1)
  .default(0)
  .meta({ description: 'Share of the target that is spread over all classes', step: 0.05, torch: 'label_smoothing' });

/** A weight for each class. */
export const classWeights = z.array(z.number().min(0).max(1e6)).max(100_000).nullable().default(null).meta({
  description: 'How much each class counts, in the order of the classes: rare ones more',
  torch: 'weight',
  torchNote: 'The mean divides by the number of samples, as in Keras; PyTorch divides by the sum of their weights.',
});

interface CategoricalSettings {
  readonly from: 'auto' | 'logits' | 'probabilities';
  readonly labelSmoothing: number;
  readonly classWeights: readonly number[] | null;
}

/** Cross-entropy of rows `[rows, classes]` with a distribution over the classes. */
export function crossentropyOfRows(b: ProgramBuilder, operands: LossOperands, labels: Value, settings: CategoricalSettings): Value {
  const classes = channelsOf(operands.output);
  const smooth = smoothed(b, labels, settings.labelSmoothing, classes);
  const logits = logitsOf(operands, settings.from);
  const loss = logits
    ? b.softmaxCrossEntropy(rowsOf(b, logits), smooth).loss
    : b.neg(sumOfLast(b, b.mul(smooth, logOf(b, rowsOf(b, operands.output)))));
  if (!settings.classWeights) return loss;
  const weights = b.constant(settings.classWeights, [classes]);
  return b.mul(loss, sumOfLast(b, b.mul(labels, weights)));
}

/** The output as probabilities: where it is logits, its softmax. */
export function softmaxProbabilities(
  b: ProgramBuilder,
  { output, softmaxLogits }: Omit<LossOperands, 'target'>,
  settings: Pick<CategoricalSettings, 'from'>,
): Value {
  return settings.from === 'probabilities' || (settings.from === 'auto' && softmaxLogits) ? output : b.softmax(output);
}

/** The output as probabilities: where it is logits, its sigmoid. */
export function sigmoidProbabilities(
  b: ProgramBuilder,
  { output, sigmoidLogits }: Omit<LossOperands, 'target'>,
  settings: Pick<CategoricalSettings, 'from'>,
): Value {
  return settings.from === 'probabilities' || (settings.from === 'auto' && sigmoidLogits) ? output : b.sigmoid(output);
}

/** What the loss is computed from; undefined where only probabilities are there. */
function logitsOf({ output, softmaxLogits }: LossOperands, source: CategoricalSettings['from']): Value | undefined {
  if (source === 'logits') return output;
  return softmaxLogits ?? (source === 'auto' ? output : undefined);
}

/** All axes but the last become one. */
export function rowsOf(b: ProgramBuilder, value: Value): Value {
  const shape = value.type.shape;
  return b.reshape(value, [shape.slice(0, -1).reduce<Dim>(multiplyDims, 1), shape.at(-1) as Dim]);
}

function smoothed(b: ProgramBuilder, labels: Value, share: number, classes: number): Value {
  return share === 0 ? labels : b.add(b.mul(labels, b.scalar(1 - share)), b.scalar(share / classes));
}

/** log(p / Σp), p kept from 0 and 1, as Keras does it. */
function logOf(b: ProgramBuilder, p: Value): Value {
  const normal = b.div(p, b.reduceSum(p, [1], true));
  return b.log(clamped(b, normal, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY));
}
