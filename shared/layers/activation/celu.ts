import * as z from 'zod';
import { elementwiseLayer } from './_activation';
import { exponentialBelow, kerasActivation } from './_functions';

export const celu = elementwiseLayer({
  type: 'celu',
  title: 'CELU',
  keywords: ['activation', 'continuously differentiable elu'],
  docs: {
    summary: 'An ELU whose slope has no jump at zero, whatever alpha is.',
    formula: 'y = max(0, x) + min(0, alpha · (exp(x / alpha) − 1))',
    url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.CELU.html',
    torchName: 'nn.CELU',
    torchCalls: ['nn.CELU(alpha=1.0, inplace=False)'],
  },
  params: z.strictObject({
    alpha: z.number().min(0.001).max(100).default(1).describe('How far below zero it reaches.').meta({ torch: 'alpha' }),
  }),
  summary: (p) => String(p.alpha),
  apply: (b, x, p) => exponentialBelow(b, x, p.alpha, p.alpha),
  // Alpha times an ELU of x / alpha: a layer for it is in no Keras.
  keras: (p) =>
    p.alpha === 1
      ? kerasActivation('elu')
      : {
          parts: [
            { name: 'narrowed', className: 'Rescaling', config: { scale: 1 / p.alpha, offset: 0 }, inputs: ['x'] },
            { name: 'elu', ...kerasActivation('elu'), inputs: ['narrowed'] },
            { name: 'widened', className: 'Rescaling', config: { scale: p.alpha, offset: 0 }, inputs: ['elu'] },
          ],
          outputs: { y: 'widened' },
        },
  torch: (p) => ({ init: `nn.CELU(${p.alpha})` }),
  examples: [{ params: { alpha: 0.7 }, inputs: { x: ['batch', 4, 5] }, outputs: { y: ['batch', 4, 5] } }],
});
