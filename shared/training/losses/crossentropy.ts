import * as z from 'zod';
import {
  classWeights,
  crossentropyOfRows,
  from,
  labelSmoothing,
  rowsOf,
  sigmoidProbabilities,
  softmaxProbabilities,
} from './_crossentropy';
import { channelsOf, clamped, defineLoss, LEAST_PROBABILITY } from './_define';

const categorical = { from, labelSmoothing, classWeights };

/** Cross-entropy with class indices. */
export const sparseCategoricalCrossentropy = defineLoss({
  kind: 'sparseCategoricalCrossentropy',
  title: 'Cross-entropy (class indices)',
  summary: 'One class of several is right, and the data names it by its index',
  formula: 'L = −log softmax(z)[class]',
  keras: 'SparseCategoricalCrossentropy',
  torch: 'torch.nn.CrossEntropyLoss',
  settings: z.strictObject({ kind: z.literal('sparseCategoricalCrossentropy'), ...categorical }),
  target: 'classes',
  accuracy: 'class',
  leastChannels: 2,
  lower(b, operands, settings) {
    const classes = channelsOf(operands.output);
    const rows = rowsOf(b, operands.output).type.shape.slice(0, 1);
    return crossentropyOfRows(b, operands, b.oneHot(b.reshape(operands.target, rows), classes), settings);
  },
  probabilities: softmaxProbabilities,
});

/** Cross-entropy with a distribution over the classes. */
export const categoricalCrossentropy = defineLoss({
  kind: 'categoricalCrossentropy',
  title: 'Cross-entropy (distributions)',
  summary: 'The target is a share for each class: one-hot, or mixed labels',
  formula: 'L = −Σ y · log softmax(z)',
  keras: 'CategoricalCrossentropy',
  torch: 'torch.nn.CrossEntropyLoss',
  settings: z.strictObject({ kind: z.literal('categoricalCrossentropy'), ...categorical }),
  target: 'values',
  accuracy: 'class',
  leastChannels: 2,
  lower: (b, operands, settings) => crossentropyOfRows(b, operands, rowsOf(b, operands.target), settings),
  probabilities: softmaxProbabilities,
});

/** Cross-entropy of independent yes-or-no answers. */
export const binaryCrossentropy = defineLoss({
  kind: 'binaryCrossentropy',
  title: 'Binary cross-entropy',
  summary: 'Each number of the output answers yes or no for itself',
  formula: 'L = −y · log σ(z) − (1 − y) · log(1 − σ(z))',
  keras: 'BinaryCrossentropy',
  torch: 'torch.nn.BCEWithLogitsLoss',
  settings: z.strictObject({ kind: z.literal('binaryCrossentropy'), from, labelSmoothing }),
  target: 'values',
  accuracy: 'binary',
  lower(b, { output, sigmoidLogits, target }, { from: source, labelSmoothing: share }) {
    const y = share === 0 ? target : b.add(b.mul(target, b.scalar(1 - share)), b.scalar(share / 2));
    const one = b.scalar(1);
    const z = source === 'logits' ? output : (sigmoidLogits ?? (source === 'auto' ? output : undefined));
    if (!z) {
      const p = clamped(b, output, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY);
      return b.neg(b.add(b.mul(y, b.log(p)), b.mul(b.sub(one, y), b.log(b.sub(one, p)))));
    }
    // max(z, 0) − z·y + log(1 + exp(−|z|)): no exponential overflows. Where z is 0 the slope of |z| must be −1 for relu's 0.
    const size = b.maximum(b.neg(z), z);
    return b.add(b.sub(b.relu(z), b.mul(z, y)), b.log(b.add(one, b.exp(b.neg(size)))));
  },
  probabilities: sigmoidProbabilities,
});
