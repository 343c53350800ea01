import * as z from 'zod';
import { unsupported } from '../define';
import { elementwiseLayer } from './_activation';
import { activationFunctions, geluTanh, kerasActivation } from './_functions';

export const gelu = elementwiseLayer({
  type: 'gelu',
  title: 'GELU',
  keywords: ['activation', 'gaussian error linear unit', 'transformer'],
  docs: {
    summary: 'Weighs each number by how likely a normal one lies below it; the activation of transformers.',
    formula: 'y = x · Φ(x) = x/2 · (1 + erf(x/√2))',
    url: 'https://keras.io/api/layers/activations/#gelu-function',
    torchName: 'nn.GELU',
    torchCalls: ["nn.GELU(approximate='none')"],
  },
  params: z.strictObject({
    approximate: z.boolean().default(false).describe('Takes the approximation with tanh, as GPT-2 does.').meta({ torch: 'approximate' }),
  }),
  summary: (p) => (p.approximate ? 'tanh' : ''),
  apply: (b, x, p) => (p.approximate ? geluTanh(b, x) : activationFunctions.gelu(b, x)),
  keras: (p) =>
    p.approximate
      ? unsupported('A Keras 2 model file cannot say that gelu is approximate. Set approximate to false.')
      : kerasActivation('gelu'),
  torch: (p) => ({ init: p.approximate ? "nn.GELU(approximate='tanh')" : 'nn.GELU()' }),
  examples: [
    { inputs: { x: ['batch', 4, 5] }, outputs: { y: ['batch', 4, 5] } },
    { params: { approximate: true }, inputs: { x: ['batch', 4, 5] }, outputs: { y: ['batch', 4, 5] } },
  ],
});
