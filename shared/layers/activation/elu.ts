import * as z from 'zod';
import { elementwiseLayer } from './_activation';
import { exponentialBelow } from './_functions';

export const elu = elementwiseLayer({
  type: 'elu',
  title: 'ELU',
  keywords: ['activation', 'exponential linear unit'],
  docs: {
    summary: 'Keeps what is above zero and bends what is below towards −alpha.',
    formula: 'y = x for x > 0, else alpha · (eˣ − 1)',
    url: 'https://keras.io/api/layers/activation_layers/elu/',
    torchName: 'nn.ELU',
    torchCalls: ['nn.ELU(alpha=1.0, inplace=False)'],
  },
  params: z.strictObject({
    alpha: z.number().min(0).max(100).default(1).describe('How far below zero it reaches.').meta({ torch: 'alpha' }),
  }),
  summary: (p) => String(p.alpha),
  apply: (b, x, p) => exponentialBelow(b, x, p.alpha),
  keras: (p) => ({
    className: 'ELU',
    config: { alpha: p.alpha },
    ...(p.alpha === 1 ? {} : { notInTfjs: 'The ELU of TensorFlow.js has an alpha of 1 only. Set it to 1.' }),
  }),
  torch: (p) => ({ init: `nn.ELU(${p.alpha})` }),
});
