import * as z from 'zod';
import { subtractDims, type Dim } from '../../graph/dim';
import { shiftedReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { inferCrop, side } from './_pad';

export const cropping1d = defineLayer({
  type: 'cropping1d',
  version: 1,
  title: 'Cropping1D',
  category: 'resampling',
  icon: 'crop',
  keywords: ['crop', 'cut', 'sequence'],
  docs: {
    summary: 'Cuts steps off the ends of a sequence.',
    formula: 'n − before − after',
    url: 'https://keras.io/api/layers/reshaping_layers/cropping1d/',
    kerasOthers: {
      cropping: 'before and after.',
    },
    torchName: 'x[:, before:-after]',
  },
  params: z.strictObject({
    before: side.default(1).describe('Steps cut off before.'),
    after: side.default(1).describe('Steps cut off after.'),
  }),
  takes: 'any',
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }, p, { dataFormat }) => inferCrop(x, [[p.before, p.after]], dataFormat),
  reach: (_inputs, p) => shiftedReach([-p.before]),
  summary: (p) => `${p.before},${p.after}`,
  lower(b, { x }, _weights, p) {
    const [batch, steps, channels] = x.type.shape as [Dim, Dim, Dim];
    return { y: b.slice(x, [0, p.before, 0], [batch, subtractDims(steps, p.before + p.after), channels]) };
  },
  keras: (p) => ({
    className: 'Cropping1D',
    config: { cropping: [p.before, p.after] },
    notInTfjs: 'TensorFlow.js crops images only.',
  }),
  torch: (p) => ({ forward: `x[:, ${p.before} : x.shape[1] - ${p.after}]` }),
  examples: [
    { inputs: { x: ['batch', 6, 2] }, outputs: { y: ['batch', 4, 2] } },
    { params: { before: 0, after: 3 }, inputs: { x: ['batch', 6, 2] }, outputs: { y: ['batch', 3, 2] } },
  ],
});
