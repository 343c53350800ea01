import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { defineLayer, X, Y } from '../define';

export const softmax = defineLayer({
  type: 'softmax',
  version: 1,
  title: 'Softmax',
  category: 'activation',
  icon: 'percent',
  keywords: ['probabilities', 'classes'],
  docs: {
    summary: 'Turns scores of classes into probabilities that add up to 1.',
    details:
      'Before an output that is trained with cross-entropy the two are computed together, from the scores, which is exact for large scores too.',
    formula: 'y[i] = exp(x[i]) / Σ exp(x[j])',
    url: 'https://keras.io/api/layers/activation_layers/softmax/',
    torchName: 'nn.Softmax',
    torchCalls: ['nn.Softmax(dim=None)'],
    kerasCalls: ['Softmax(axis=-1)'],
  },
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  saves: 'outputs',
  infer({ x }) {
    if (x.shape.length === 2) return ok({ y: x });
    return err({
      code: 'shape/rank',
      port: 'x',
      message: `expects one row of scores per sample, received ${x.shape.length - 1} axes. Put a globalAveragePooling2d or flatten and a dense before it.`,
    });
  },
  lower: (b, { x }) => ({ y: b.softmax(x) }),
  keras: () => ({ className: 'Softmax', config: { axis: -1 } }),
  torch: () => ({ init: 'nn.Softmax(dim=-1)' }),
  examples: [{ inputs: { x: ['batch', 10] }, outputs: { y: ['batch', 10] } }],
});
