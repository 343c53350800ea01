import * as z from 'zod';
import type { Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { expectAxes } from '../_window';
import { defineLayer, X, Y } from '../define';
import { dropped } from './_noise';

export const spatialDropout1d = defineLayer({
  type: 'spatialDropout1d',
  version: 1,
  title: 'SpatialDropout1D',
  category: 'regularization',
  icon: 'droplets',
  keywords: ['drop channels', 'sequence'],
  docs: {
    summary: 'In training, sets whole channels of a sequence to zero and scales the rest up; in inference does nothing.',
    formula: 'y = x · mask[c] / (1 − rate)',
    url: 'https://keras.io/api/layers/regularization_layers/spatial_dropout1d/',
    torchName: 'nn.Dropout1d',
  },
  params: z.strictObject({
    rate: z.number().min(0).max(0.99).default(0.5).describe('Share of the channels that are dropped, from 0 to 0.99.').meta({ torch: 'p' }),
  }),
  inputs: X,
  outputs: Y,
  infer({ x }) {
    const problem = expectAxes(x, 1);
    return problem ? err(problem) : ok({ y: x });
  },
  summary: (p) => String(p.rate),
  masks: () => 'keeps',
  lower(b, { x }, _weights, { rate }, { training }) {
    const [batch, , channels] = x.type.shape as [Dim, Dim, Dim];
    return { y: training && rate > 0 ? dropped(b, x, rate, [batch, 1, channels]) : x };
  },
  keras: (p, { x }) => ({ className: 'Dropout', config: { rate: p.rate, noise_shape: [null, 1, x.shape[2] as number] } }),
  torch: (p) => ({ init: `nn.Dropout1d(${p.rate})`, forward: 'self.layer(x.transpose(1, 2)).transpose(1, 2)' }),
  examples: [{ inputs: { x: ['batch', 5, 3] }, outputs: { y: ['batch', 5, 3] } }],
});
