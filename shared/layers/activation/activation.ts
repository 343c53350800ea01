import * as z from 'zod';
import { elementwiseLayer } from './_activation';
import { activationFunctions, kerasActivationRecord, torchActivations, type ActivationName } from './_functions';

const names = Object.keys(activationFunctions) as [ActivationName, ...ActivationName[]];

export const activation = elementwiseLayer({
  type: 'activation',
  title: 'Activation',
  keywords: ['nonlinearity', 'swish', 'silu', 'linear'],
  docs: {
    summary: 'An activation chosen by its name.',
    formula: 'y = activation(x)',
    url: 'https://keras.io/api/layers/core_layers/activation/',
    torchName: 'nn.ReLU, nn.GELU, …',
  },
  params: z.strictObject({ activation: z.enum(names).default('relu').describe('Which activation.') }),
  summary: (p) => p.activation,
  apply: (b, x, p) => activationFunctions[p.activation](b, x),
  keras: (p) => kerasActivationRecord(p.activation),
  torch: (p) =>
    p.activation === 'hardSigmoid' ? { forward: 'torch.clamp(0.2 * x + 0.5, 0, 1)' } : { init: torchActivations[p.activation] },
  examples: [
    { inputs: { x: ['batch', 4, 5] }, outputs: { y: ['batch', 4, 5] } },
    { params: { activation: 'swish' }, inputs: { x: ['batch', 4, 5] }, outputs: { y: ['batch', 4, 5] } },
    {
      params: { activation: 'linear' },
      inputs: { x: ['batch', 3, 4, 5] },
      outputs: { y: ['batch', 3, 4, 5] },
      dataFormat: 'channelsFirst',
    },
  ],
});
