import * as z from 'zod';
import { ok } from '../../graph/result';
import { defineLayer, X, Y } from '../define';

export const scale = defineLayer({
  type: 'scale',
  version: 1,
  title: 'Scale',
  category: 'core',
  icon: 'x',
  keywords: ['arithmetic', 'number', 'lambda'],
  docs: {
    summary: 'Multiplies its input by a number.',
    formula: 'y = factor · x',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/',
    torchName: 'factor · x',
    kerasCalls: ['Rescaling(scale, offset=0.0)'],
  },
  params: z.strictObject({ factor: z.number().min(-1e9).max(1e9).default(1).describe('What each element is multiplied by.') }),
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }) => ok({ y: x }),
  summary: (p) => String(p.factor),
  masks: () => 'keeps',
  lower: (b, { x }, _weights, p) => ({ y: b.mul(x, b.scalar(p.factor)) }),
  keras: (p) => ({ className: 'Rescaling', config: { scale: p.factor, offset: 0 } }),
  torch: (p) => ({ forward: `x * ${p.factor}` }),
  examples: [{ params: { factor: -2.5 }, inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 4, 3] } }],
});
