import * as z from 'zod';
import { isKnown } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { imageAxes } from '../../graph/tensor';
import { expectImage, imageShape, spatialSizes } from '../_window';
import { bilinear, nearest, resampled } from '../conv/_resample';
import { resampledReach } from './_resample';
import { defineLayer, X, Y } from '../define';

const size = z.int().min(1).max(4096);

export const resize = defineLayer({
  type: 'resize',
  version: 1,
  title: 'Resizing',
  category: 'resampling',
  icon: 'scaling',
  keywords: ['resize', 'scale', 'interpolate'],
  docs: {
    summary: 'An image at another size, whatever its own.',
    formula: 'y: height × width',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/',
    kerasOthers: {
      crop_to_aspect_ratio: 'A cropping2d before it.',
      pad_to_aspect_ratio: 'A pad before it.',
      fill_mode: 'Of pad_to_aspect_ratio.',
      fill_value: 'Of pad_to_aspect_ratio.',
      antialias: 'An averagePooling2d before it takes away what is finer than the new pixels.',
    },
    torchName: 'F.interpolate',
  },
  params: z.strictObject({
    height: size.default(32).describe('Height of the output.'),
    width: size.default(32).describe('Width of the output.'),
    interpolation: z.enum(['bilinear', 'nearest']).default('bilinear').describe('How the pixels are made.').meta({ torch: 'mode' }),
  }),
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer({ x }, p, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    const axes = imageAxes(dataFormat);
    if ([axes.height, axes.width].some((axis) => !isKnown(x.shape[axis] ?? 0)))
      return err({ code: 'shape/unknown-size', port: 'x', message: 'expects an image of known size. Give the input fixed sizes.' });
    return ok({ y: { dtype: 'float32', shape: imageShape(x, dataFormat, { height: p.height, width: p.width }) } });
  },
  reach: ({ x }, p, { dataFormat }) => resampledReach(spatialSizes(x, dataFormat), [p.height, p.width], p.interpolation),
  summary: (p) => `${p.height}×${p.width}`,
  lower: (b, { x }, _weights, p) => ({ y: resampled(b, x, [p.height, p.width], p.interpolation === 'bilinear' ? bilinear : nearest) }),
  // Keras resizes channels-last images only.
  keras(p, _inputs, { dataFormat }) {
    const resizing = {
      className: 'Resizing',
      config: { height: p.height, width: p.width, interpolation: p.interpolation },
      notInTfjs: 'TensorFlow.js resizes in another way than Keras.',
    };
    if (dataFormat === 'channelsLast') return resizing;
    return {
      parts: [
        { name: 'last', className: 'Permute', config: { dims: [2, 3, 1] }, inputs: ['x'] },
        { ...resizing, name: 'resized', inputs: ['last'] },
        { name: 'first', className: 'Permute', config: { dims: [3, 1, 2] }, inputs: ['resized'] },
      ],
      outputs: { y: 'first' },
    };
  },
  torch: (p) => ({
    forward: `F.interpolate(x, size=(${p.height}, ${p.width}), mode='${p.interpolation === 'nearest' ? 'nearest-exact' : 'bilinear'}')`,
  }),
  examples: [
    { params: { height: 5, width: 9 }, inputs: { x: ['batch', 8, 6, 2] }, outputs: { y: ['batch', 5, 9, 2] } },
    {
      params: { height: 5, width: 9, interpolation: 'nearest' },
      inputs: { x: ['batch', 2, 8, 6] },
      outputs: { y: ['batch', 2, 5, 9] },
      dataFormat: 'channelsFirst',
    },
  ],
});
