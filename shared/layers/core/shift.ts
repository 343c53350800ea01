import * as z from 'zod';
import { ok } from '../../graph/result';
import { defineLayer, X, Y } from '../define';

export const shift = defineLayer({
  type: 'shift',
  version: 1,
  title: 'Shift',
  category: 'core',
  icon: 'plus',
  keywords: ['arithmetic', 'number', 'lambda'],
  docs: {
    summary: 'Adds a number to its input.',
    formula: 'y = x + offset',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/',
    torchName: 'x + offset',
  },
  params: z.strictObject({ offset: z.number().min(-1e9).max(1e9).default(0).describe('What is added to each element.') }),
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }) => ok({ y: x }),
  summary: (p) => String(p.offset),
  masks: () => 'keeps',
  lower: (b, { x }, _weights, p) => ({ y: b.add(x, b.scalar(p.offset)) }),
  keras: (p) => ({ className: 'Rescaling', config: { scale: 1, offset: p.offset } }),
  torch: (p) => ({ forward: `x + ${p.offset}` }),
  examples: [{ params: { offset: -2.5 }, inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 4, 3] } }],
});
