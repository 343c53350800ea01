import * as z from 'zod';
import { defineLoss, maskFor, sumOfLast } from './_define';

/** Hinge loss of yes-or-no answers. */
export const hinge = defineLoss({
  kind: 'hinge',
  title: 'Hinge',
  summary: 'Each answer must be on its side of zero by a margin of 1; targets are 0 and 1',
  formula: 'L = max(1 − y · ŷ, 0),  y = −1 for a no and 1 for a yes',
  keras: 'Hinge',
  torch: 'none in torch.nn for two classes',
  settings: z.strictObject({ kind: z.literal('hinge') }),
  target: 'values',
  accuracy: null,
  lower(b, { output, target }) {
    const side = b.sub(b.mul(target, b.scalar(2)), b.scalar(1));
    return b.relu(b.sub(b.scalar(1), b.mul(side, output)));
  },
});

/** Hinge loss of one class of several (Crammer & Singer 2001). */
export const categoricalHinge = defineLoss({
  kind: 'categoricalHinge',
  title: 'Categorical hinge',
  summary: 'The right class must be ahead of the best wrong one by a margin of 1',
  formula: 'L = max(1 + max((1 − y) · ŷ) − Σ y · ŷ, 0)',
  keras: 'CategoricalHinge',
  torch: 'torch.nn.MultiMarginLoss',
  note: 'PyTorch adds up the margins of all wrong classes.',
  settings: z.strictObject({ kind: z.literal('categoricalHinge') }),
  target: 'values',
  accuracy: 'class',
  leastChannels: 2,
  lower(b, { output, target }) {
    const wrong = b.reduceMax(b.mul(b.sub(b.scalar(1), target), output), [output.type.shape.length - 1]);
    const right = sumOfLast(b, b.mul(target, output));
    return b.relu(b.sub(b.add(b.scalar(1), wrong), right));
  },
});

/** Keeps a vector without length from dividing by zero, as in Keras. */
const LEAST_SQUARE = 1e-7 ** 2;

/** The cosine of the angle between output and target. */
export const cosineSimilarity = defineLoss({
  kind: 'cosineSimilarity',
  title: 'Cosine similarity',
  summary: 'For directions: −1 where output and target point the same way, whatever their lengths',
  formula: 'L = −Σ ŷ · y / (|ŷ| · |y|)',
  keras: 'CosineSimilarity',
  torch: 'torch.nn.CosineEmbeddingLoss',
  note: 'PyTorch gives 1 more: its loss of equal directions is 0.',
  settings: z.strictObject({ kind: z.literal('cosineSimilarity') }),
  target: 'values',
  accuracy: null,
  leastChannels: 2,
  lower(b, { output, target }) {
    const length = (x: typeof output) => b.sqrt(b.maximum(sumOfLast(b, b.mul(x, x)), b.scalar(LEAST_SQUARE)));
    return b.neg(b.div(sumOfLast(b, b.mul(output, target)), b.mul(length(output), length(target))));
  },
});

/** Dice's coefficient (1945) of overlapping areas (Milletari, Navab & Ahmadi 2016). */
export const dice = defineLoss({
  kind: 'dice',
  title: 'Dice',
  summary: 'For segmentation: how little two areas overlap, over the whole batch',
  formula: 'L = 1 − 2 · Σ ŷ · y / (Σ ŷ + Σ y + ε)',
  keras: 'Dice',
  torch: 'none in torch.nn',
  settings: z.strictObject({ kind: z.literal('dice') }),
  target: 'values',
  accuracy: null,
  lower(b, { output, target, mask }) {
    const axes = output.type.shape.map((_, axis) => axis);
    const counts = mask && maskFor(b, mask, output);
    const total = (x: typeof output) => b.reduceSum(counts ? b.mul(x, counts) : x, axes);
    const area = b.add(b.add(total(output), total(target)), b.scalar(1e-7));
    return b.sub(b.scalar(1), b.div(b.mul(b.scalar(2), total(b.mul(output, target))), area));
  },
});
