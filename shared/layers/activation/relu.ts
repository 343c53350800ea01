import * as z from 'zod';
import { ok } from '../../graph/result';
import { defineLayer, X, Y } from '../define';

export const relu = defineLayer({
  type: 'relu',
  version: 1,
  title: 'ReLU',
  category: 'activation',
  icon: 'trending-up',
  keywords: ['rectified linear', 'activation'],
  docs: {
    summary: 'Keeps what is above zero.',
    formula: 'y = max(x, 0)',
    url: 'https://keras.io/api/layers/activation_layers/relu/',
    torchName: 'nn.ReLU',
  },
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  infer: ({ x }) => ok({ y: x }),
  lower: (b, { x }) => ({ y: b.relu(x) }),
  keras: () => ({ className: 'ReLU', config: { max_value: null, negative_slope: 0, threshold: 0 } }),
  torch: () => ({ init: 'nn.ReLU()' }),
  examples: [{ inputs: { x: ['batch', 8, 8, 16] }, outputs: { y: ['batch', 8, 8, 16] } }],
});
