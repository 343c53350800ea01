import * as z from 'zod';
import { ok } from '../../graph/result';
import { normal } from './_noise';
import { defineLayer, X, Y } from '../define';

export const gaussianDropout = defineLayer({
  type: 'gaussianDropout',
  version: 1,
  title: 'GaussianDropout',
  category: 'regularization',
  icon: 'sparkles',
  keywords: ['noise', 'multiplicative'],
  docs: {
    summary: 'In training, multiplies by normal noise of mean 1, as strong as a dropout of that rate; in inference does nothing.',
    formula: 'y = x · (1 + √(rate / (1 − rate)) · normal)',
    url: 'https://keras.io/api/layers/regularization_layers/gaussian_dropout/',
    torchName: 'x * (1 + s * torch.randn_like(x))',
  },
  params: z.strictObject({
    rate: z.number().min(0).max(0.99).default(0.5).describe('Rate of the dropout that it is like, from 0 to 0.99.'),
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }) => ok({ y: x }),
  summary: (p) => String(p.rate),
  masks: () => 'keeps',
  lower(b, { x }, _weights, { rate }, { training }) {
    if (!training || rate === 0) return { y: x };
    const noise = b.mul(normal(b, x.type.shape), b.scalar(Math.sqrt(rate / (1 - rate))));
    return { y: b.mul(x, b.add(noise, b.scalar(1))) };
  },
  keras: (p) => ({ className: 'GaussianDropout', config: { rate: p.rate } }),
  torch: (p) => ({
    forward: `x * (1 + ${Math.sqrt(p.rate / (1 - p.rate))} * torch.randn_like(x)) if self.training else x`,
  }),
  examples: [{ inputs: { x: ['batch', 4, 4, 3] }, outputs: { y: ['batch', 4, 4, 3] } }],
});
