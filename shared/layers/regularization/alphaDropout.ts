import * as z from 'zod';
import { ok } from '../../graph/result';
import { defineLayer, X, Y } from '../define';

/** What SELU gives far below 0 (Klambauer et al. 2017): −scale · alpha. */
const LOWEST = -1.0507009873554805 * 1.6732632423543772;

export const alphaDropout = defineLayer({
  type: 'alphaDropout',
  version: 1,
  title: 'AlphaDropout',
  category: 'regularization',
  icon: 'droplets',
  keywords: ['selu', 'self-normalizing', 'drop'],
  docs: {
    summary: 'Dropout for networks of SELU: in training, keeps mean 0 and variance 1; in inference does nothing.',
    details: 'What is dropped becomes what SELU gives far below 0; all is then scaled and shifted.',
    formula: 'y = a · (mask · x + (1 − mask) · α′) + b',
    url: 'https://keras.io/api/layers/regularization_layers/alpha_dropout/',
    kerasOthers: {
      noise_shape: 'Each element is dropped by itself.',
    },
    torchName: 'nn.AlphaDropout',
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
    const isDropped = b.greater(b.scalar(rate), b.randomUniform(x.type.shape));
    const scale = ((1 - rate) * (1 + rate * LOWEST ** 2)) ** -0.5;
    const kept = b.mul(x, b.sub(b.scalar(1), isDropped));
    const mixed = b.add(kept, b.mul(isDropped, b.scalar(LOWEST)));
    return { y: b.add(b.mul(mixed, b.scalar(scale)), b.scalar(-scale * LOWEST * rate)) };
  },
  keras: (p) => ({ className: 'AlphaDropout', config: { rate: p.rate } }),
  torch: (p) => ({ init: `nn.AlphaDropout(${p.rate})` }),
  examples: [{ inputs: { x: ['batch', 6] }, outputs: { y: ['batch', 6] } }],
});
