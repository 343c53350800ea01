import * as z from 'zod';
import type { Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { channelAxis } from '../../graph/tensor';
import { expectImage } from '../_window';
import { dropped } from './_noise';
import { defineLayer, X, Y } from '../define';

export const spatialDropout2d = defineLayer({
  type: 'spatialDropout2d',
  version: 1,
  title: 'SpatialDropout2D',
  category: 'regularization',
  icon: 'droplets',
  keywords: ['drop channels'],
  docs: {
    summary: 'In training, sets whole channels of an image to zero and scales the rest up; in inference does nothing.',
    formula: 'y = x · mask[c] / (1 − rate)',
    url: 'https://keras.io/api/layers/regularization_layers/spatial_dropout2d/',
    torchName: 'nn.Dropout2d',
    torchCalls: ['nn.Dropout2d(p=0.5, inplace=False)'],
  },
  params: z.strictObject({
    rate: z.number().min(0).max(0.99).default(0.5).describe('Share of the channels that are dropped, from 0 to 0.99.').meta({ torch: 'p' }),
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }) => {
    const problem = expectImage(x);
    return problem ? err(problem) : ok({ y: x });
  },
  summary: (p) => String(p.rate),
  lower(b, { x }, _weights, { rate }, { training }) {
    const [batch, , , channels] = x.type.shape as [Dim, Dim, Dim, Dim];
    return { y: training && rate > 0 ? dropped(b, x, rate, [batch, 1, 1, channels]) : x };
  },
  keras: (p, { x }, { dataFormat }) => ({
    className: 'Dropout',
    config: {
      rate: p.rate,
      noise_shape: x.shape.map((dim, axis) => (axis === channelAxis(4, dataFormat) ? (dim as number) : axis === 0 ? null : 1)),
    },
  }),
  torch: (p) => ({ init: `nn.Dropout2d(${p.rate})` }),
  examples: [{ inputs: { x: ['batch', 4, 4, 3] }, outputs: { y: ['batch', 4, 4, 3] } }],
});
