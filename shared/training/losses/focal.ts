import * as z from 'zod';
import type { Value } from '../../program/builder';
import type { ProgramBuilder } from '../../program/builderOf';
import { from, sigmoidProbabilities, softmaxProbabilities } from './_crossentropy';
import { clamped, defineLoss, LEAST_PROBABILITY, sumOfLast } from './_define';

const focus = {
  alpha: z.number().min(0).max(1).default(0.25).meta({ description: 'Weight of the class that is there', step: 0.05 }),
  gamma: z
    .number()
    .min(0)
    .max(100)
    .default(2)
    .meta({ description: 'How little what is already right counts; 0 is plain cross-entropy', step: 0.5 }),
};

/** Focal loss of one class of several (Lin et al. 2017). */
export const categoricalFocalCrossentropy = defineLoss({
  kind: 'categoricalFocalCrossentropy',
  title: 'Focal',
  summary: 'Cross-entropy in which samples that are right already count little: for classes of very different sizes',
  formula: 'L = −Σ α · (1 − p)^γ · y · log p',
  keras: 'CategoricalFocalCrossentropy',
  torch: 'none in torch.nn',
  settings: z.strictObject({ kind: z.literal('categoricalFocalCrossentropy'), from, ...focus }),
  target: 'values',
  accuracy: 'class',
  leastChannels: 2,
  lower(b, operands, { alpha, gamma, from: source }) {
    const p = softmaxProbabilities(b, operands, { from: source });
    const normal = source === 'probabilities' ? b.div(p, b.reduceSum(p, [p.type.shape.length - 1], true)) : p;
    const kept = clamped(b, normal, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY);
    const factor = b.mul(b.scalar(alpha), power(b, b.sub(b.scalar(1), kept), gamma));
    return b.neg(sumOfLast(b, b.mul(factor, b.mul(operands.target, b.log(kept)))));
  },
  probabilities: softmaxProbabilities,
});

/** Focal loss of independent yes-or-no answers (Lin et al. 2017). */
export const binaryFocalCrossentropy = defineLoss({
  kind: 'binaryFocalCrossentropy',
  title: 'Binary focal',
  summary: 'Binary cross-entropy in which answers that are right already count little',
  formula: 'L = −αₜ · (1 − pₜ)^γ · log pₜ,  pₜ = p for a yes and 1 − p for a no',
  keras: 'BinaryFocalCrossentropy(apply_class_balancing=True)',
  torch: 'torchvision.ops.sigmoid_focal_loss',
  settings: z.strictObject({ kind: z.literal('binaryFocalCrossentropy'), from, ...focus }),
  target: 'values',
  accuracy: 'binary',
  lower(b, operands, { alpha, gamma, from: source }) {
    const { target } = operands;
    const p = clamped(b, sigmoidProbabilities(b, operands, { from: source }), LEAST_PROBABILITY, 1 - LEAST_PROBABILITY);
    const one = b.scalar(1);
    const side = (yes: Value, no: Value) => b.add(b.mul(target, yes), b.mul(b.sub(one, target), no));
    const right = side(p, b.sub(one, p));
    const weight = side(b.scalar(alpha), b.scalar(1 - alpha));
    return b.neg(b.mul(b.mul(weight, power(b, b.sub(one, right), gamma)), b.log(right)));
  },
  probabilities: sigmoidProbabilities,
});

/** base^exponent of a positive base, with a gradient. */
function power(b: ProgramBuilder, base: Value, exponent: number): Value {
  if (exponent === 2) return b.mul(base, base);
  return b.exp(b.mul(b.log(base), b.scalar(exponent)));
}
