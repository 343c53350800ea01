import * as z from 'zod';
import { elementwiseLayer } from './_activation';
import { leaky } from './_functions';

export const leakyRelu = elementwiseLayer({
  type: 'leakyRelu',
  title: 'LeakyReLU',
  icon: 'trending-up',
  keywords: ['activation', 'leaky relu', 'slope'],
  docs: {
    summary: 'Keeps what is above zero and a small share of what is below.',
    formula: 'y = x for x > 0, else alpha · x',
    url: 'https://keras.io/api/layers/activation_layers/leaky_relu/',
    kerasOthers: {
      negative_slope: 'alpha, as Keras 2 has it.',
    },
    torchName: 'nn.LeakyReLU',
    torchCalls: ['nn.LeakyReLU(negative_slope=0.01, inplace=False)'],
    kerasCalls: ['LeakyReLU(alpha=0.3)'],
  },
  params: z.strictObject({
    alpha: z.number().min(0).max(100).default(0.3).describe('Slope below zero.').meta({ torch: 'negative_slope' }),
  }),
  summary: (p) => String(p.alpha),
  apply: (b, x, p) => leaky(b, x, b.scalar(p.alpha)),
  keras: (p) => ({ className: 'LeakyReLU', config: { alpha: p.alpha } }),
  torch: (p) => ({ init: `nn.LeakyReLU(${p.alpha})` }),
});
