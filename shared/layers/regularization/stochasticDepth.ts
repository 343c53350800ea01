import * as z from 'zod';
import type { Dim } from '../../graph/dim';
import { ok } from '../../graph/result';
import { dropped } from './_noise';
import { defineLayer, X, Y } from '../define';

export const stochasticDepth = defineLayer({
  type: 'stochasticDepth',
  version: 1,
  title: 'StochasticDepth',
  category: 'regularization',
  icon: 'droplets',
  keywords: ['drop path', 'residual', 'survival'],
  docs: {
    summary:
      'In training, sets its whole input to zero for some of the samples and scales the rest up; put it at the end of a residual path.',
    formula: 'y = x · mask[sample] / (1 − rate)',
    url: 'https://docs.pytorch.org/vision/main/generated/torchvision.ops.stochastic_depth.html',
    torchName: 'torchvision.ops.StochasticDepth',
  },
  params: z.strictObject({
    rate: z.number().min(0).max(0.99).default(0.1).describe('Share of the samples that are dropped, from 0 to 0.99.'),
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }) => ok({ y: x }),
  summary: (p) => String(p.rate),
  masks: () => 'keeps',
  lower(b, { x }, _weights, { rate }, { training }) {
    const [batch, ...sizes] = x.type.shape as [Dim, ...Dim[]];
    return { y: training && rate > 0 ? dropped(b, x, rate, [batch, ...sizes.map(() => 1)]) : x };
  },
  keras: (p, { x }) => ({
    className: 'Dropout',
    config: { rate: p.rate, noise_shape: x.shape.map((_, axis) => (axis === 0 ? null : 1)) },
  }),
  torch(p, { x }) {
    const kept = `torch.full((x.shape[0]${', 1'.repeat(x.shape.length - 1)}), ${1 - p.rate}, dtype=x.dtype, device=x.device)`;
    return { forward: `x * torch.bernoulli(${kept}) / ${1 - p.rate} if self.training else x` };
  },
  examples: [{ inputs: { x: ['batch', 4, 4, 3] }, outputs: { y: ['batch', 4, 4, 3] } }],
});
