import * as z from 'zod';
import { subtractDims, type Dim } from '../../graph/dim';
import { shiftedReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { kerasDataFormat } from './_conv';
import { inferCrop } from './_pad';

const side = z.int().min(0).max(4096);

export const cropping2d = defineLayer({
  type: 'cropping2d',
  version: 1,
  title: 'Cropping2D',
  category: 'resampling',
  icon: 'crop',
  keywords: ['crop', 'cut', 'border'],
  docs: {
    summary: 'Cuts rows and columns off the sides of an image.',
    formula: 'n − before − after',
    url: 'https://keras.io/api/layers/reshaping_layers/cropping2d/',
    kerasOthers: {
      cropping: 'top, bottom, left and right.',
    },
    torchName: 'x[:, :, top:-bottom, left:-right]',
    kerasCalls: ['Cropping2D(cropping=0, data_format=None)'],
  },
  params: z.strictObject({
    top: side.default(0).describe('Rows cut off above.'),
    bottom: side.default(0).describe('Rows cut off below.'),
    left: side.default(0).describe('Columns cut off on the left.'),
    right: side.default(0).describe('Columns cut off on the right.'),
  }),
  takes: 'any',
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }, p, { dataFormat }) => {
    const sides = [[p.top, p.bottom] as const, [p.left, p.right] as const];
    return inferCrop(x, sides, dataFormat);
  },
  reach: (_inputs, p) => shiftedReach([-p.top, -p.left]),
  summary: (p) => `${p.top},${p.bottom} ${p.left},${p.right}`,
  lower(b, { x }, _weights, p) {
    const [batch, height, width, channels] = x.type.shape as [Dim, Dim, Dim, Dim];
    const size = [batch, subtractDims(height, p.top + p.bottom), subtractDims(width, p.left + p.right), channels];
    return { y: b.slice(x, [0, p.top, p.left, 0], size) };
  },
  keras: (p, _inputs, { dataFormat }) => ({
    className: 'Cropping2D',
    config: {
      cropping: [
        [p.top, p.bottom],
        [p.left, p.right],
      ],
      data_format: kerasDataFormat(dataFormat),
    },
  }),
  torch: (p) => ({ forward: `F.pad(x, (-${p.left}, -${p.right}, -${p.top}, -${p.bottom}))` }),
  examples: [
    { params: { top: 1, bottom: 2, left: 0, right: 1 }, inputs: { x: ['batch', 6, 5, 2] }, outputs: { y: ['batch', 3, 4, 2] } },
    { params: { top: 1, left: 2 }, inputs: { x: ['batch', 2, 6, 5] }, outputs: { y: ['batch', 2, 5, 3] }, dataFormat: 'channelsFirst' },
  ],
});
