import * as z from 'zod';
import { ok } from '../../graph/result';
import { normal } from './_noise';
import { defineLayer, X, Y } from '../define';

export const gaussianNoise = defineLayer({
  type: 'gaussianNoise',
  version: 1,
  title: 'GaussianNoise',
  category: 'regularization',
  icon: 'sparkles',
  keywords: ['noise', 'augmentation'],
  docs: {
    summary: 'In training, adds normal noise of mean 0; in inference does nothing.',
    formula: 'y = x + stddev · normal',
    url: 'https://keras.io/api/layers/regularization_layers/gaussian_noise/',
    torchName: 'x + torch.randn_like(x)',
  },
  params: z.strictObject({ stddev: z.number().min(0).max(1000).default(0.1).describe('Standard deviation of the noise.') }),
  inputs: X,
  outputs: Y,
  infer: ({ x }) => ok({ y: x }),
  summary: (p) => String(p.stddev),
  masks: () => 'keeps',
  lower: (b, { x }, _weights, { stddev }, { training }) => ({
    y: training && stddev > 0 ? b.add(x, b.mul(normal(b, x.type.shape), b.scalar(stddev))) : x,
  }),
  keras: (p) => ({ className: 'GaussianNoise', config: { stddev: p.stddev } }),
  torch: (p) => ({ forward: `x + ${p.stddev} * torch.randn_like(x) if self.training else x` }),
  examples: [{ inputs: { x: ['batch', 4, 4, 3] }, outputs: { y: ['batch', 4, 4, 3] } }],
});
