import * as z from 'zod';
import { ok } from '../../graph/result';
import { defineLayer, X, Y } from '../define';

export const dropout = defineLayer({
  type: 'dropout',
  version: 1,
  title: 'Dropout',
  category: 'regularization',
  icon: 'droplets',
  keywords: ['regularisation', 'drop'],
  docs: {
    summary: 'In training, sets a share of its input to zero and scales the rest up; in inference does nothing.',
    formula: 'y = x · mask / (1 − rate)',
    url: 'https://keras.io/api/layers/regularization_layers/dropout/',
    kerasOthers: {
      noise_shape: 'spatialDropout1d and spatialDropout2d drop whole channels, stochasticDepth whole samples.',
    },
    torchName: 'nn.Dropout',
    torchCalls: ['nn.Dropout(p=0.5, inplace=False)'],
    kerasCalls: ['Dropout(rate, noise_shape=None, seed=None)'],
  },
  params: z.strictObject({
    rate: z.number().min(0).max(0.99).default(0.5).describe('Share of the elements that are dropped, from 0 to 0.99.').meta({ torch: 'p' }),
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }) => ok({ y: x }),
  summary: (p) => String(p.rate),
  masks: () => 'keeps',
  lower(b, { x }, _weights, { rate }, { training }) {
    if (!training || rate === 0) return { y: x };
    // A uniform number is at least `rate` with probability 1 − rate.
    const dropped = b.greater(b.scalar(rate), b.randomUniform(x.type.shape));
    return { y: b.mul(b.mul(x, b.sub(b.scalar(1), dropped)), b.scalar(1 / (1 - rate))) };
  },
  keras: (p) => ({ className: 'Dropout', config: { rate: p.rate } }),
  torch: (p) => ({ init: `nn.Dropout(${p.rate})` }),
  examples: [{ params: { rate: 0.3 }, inputs: { x: ['batch', 16] }, outputs: { y: ['batch', 16] } }],
});
