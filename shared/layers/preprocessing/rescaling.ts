import * as z from 'zod';
import { ok } from '../../graph/result';
import { defineLayer, X, Y } from '../define';

const number = z.number().min(-1e9).max(1e9);

export const rescaling = defineLayer({
  type: 'rescaling',
  version: 1,
  title: 'Rescaling',
  category: 'preprocessing',
  icon: 'sliders-horizontal',
  keywords: ['normalise', 'pixels', '255', 'scale'],
  docs: {
    summary: 'Brings inputs to another range: multiplies by a number and adds one.',
    details: 'Pixels from 0 to 255 become 0 to 1 by the default, −1 to 1 by scale 1/127.5 and offset −1.',
    formula: 'y = x · scale + offset',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/',
    torchName: 'x * scale + offset',
  },
  params: z.strictObject({
    scale: number.default(1 / 255).describe('What each element is multiplied by.'),
    offset: number.default(0).describe('What is added then.'),
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }) => ok({ y: x }),
  summary: (p) => (p.offset === 0 ? `· ${Number(p.scale.toPrecision(3))}` : `· ${Number(p.scale.toPrecision(3))} + ${p.offset}`),
  masks: () => 'keeps',
  lower: (b, { x }, _weights, p) => ({ y: b.add(b.mul(x, b.scalar(p.scale)), b.scalar(p.offset)) }),
  keras: (p) => ({ className: 'Rescaling', config: { scale: p.scale, offset: p.offset } }),
  torch: (p) => ({ forward: `x * ${p.scale} + ${p.offset}` }),
  examples: [
    { inputs: { x: ['batch', 4, 4, 3] }, outputs: { y: ['batch', 4, 4, 3] } },
    { params: { scale: 2, offset: -1 }, inputs: { x: ['batch', 5] }, outputs: { y: ['batch', 5] } },
  ],
});
