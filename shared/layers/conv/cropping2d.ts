import * as z from 'zod';
import { isKnown, subtractDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { imageAxes } from '../../graph/tensor';
import { expectImage, imageShape } from '../_window';
import { defineLayer, X, Y } from '../define';
import { kerasDataFormat } from './_conv';

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
  infer({ x }, p, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    const axes = imageAxes(dataFormat);
    const height = subtractDims(x.shape[axes.height] as Dim, p.top + p.bottom);
    const width = subtractDims(x.shape[axes.width] as Dim, p.left + p.right);
    if ([height, width].some((size) => isKnown(size) && size < 1))
      return err({ code: 'param/crop', message: 'cuts off the whole image. Use smaller numbers.' });
    return ok({ y: { dtype: x.dtype, shape: imageShape(x, dataFormat, { height, width }) } });
  },
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
