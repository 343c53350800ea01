import * as z from 'zod';
import { isKnown, multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { imageAxes } from '../../graph/tensor';
import { pair } from '../_params';
import { expectImage, imageShape } from '../_window';
import { defineLayer, X, Y } from '../define';
import { kerasDataFormat } from './_conv';
import { bilinear, resampled, resampledReach } from './_resample';

const params = z.strictObject({
  size: pair(1, 64).default([2, 2]).describe('How many times as high and as wide.').meta({ torch: 'scale_factor' }),
  interpolation: z.enum(['nearest', 'bilinear']).default('nearest').describe('How the pixels between are made.').meta({ torch: 'mode' }),
});

export const upSampling2d = defineLayer({
  type: 'upSampling2d',
  version: 1,
  title: 'UpSampling2D',
  category: 'resampling',
  icon: 'maximize-2',
  keywords: ['upsample', 'enlarge', 'decoder', 'unet'],
  docs: {
    summary: 'Makes an image a whole number of times larger.',
    formula: 'y: height · size, width · size',
    url: 'https://keras.io/api/layers/reshaping_layers/up_sampling2d/',
    torchName: 'nn.Upsample',
    torchCalls: ["nn.Upsample(size=None, scale_factor=None, mode='nearest', align_corners=None)"],
    kerasCalls: ["UpSampling2D(size=2, data_format=None, interpolation='nearest')"],
  },
  params,
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer({ x }, { size, interpolation }, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    const axes = imageAxes(dataFormat);
    const [height, width] = [x.shape[axes.height] as Dim, x.shape[axes.width] as Dim];
    if (interpolation === 'bilinear' && !(isKnown(height) && isKnown(width)))
      return err({
        code: 'shape/unknown-size',
        port: 'x',
        message: 'expects a known size for bilinear interpolation. Give the input fixed sizes.',
      });
    const enlarged = { height: multiplyDims(height, size[0]), width: multiplyDims(width, size[1]) };
    return ok({ y: { dtype: 'float32', shape: imageShape(x, dataFormat, enlarged) } });
  },
  reach: (_inputs, p) => resampledReach([1, 1], p.size, p.interpolation),
  summary: (p) => `×${p.size[0] === p.size[1] ? p.size[0] : p.size.join('×')} ${p.interpolation}`,
  lower(b, { x }, _weights, { size: [rows, columns], interpolation }) {
    const [batch, height, width, channels] = x.type.shape as [Dim, Dim, Dim, Dim];
    if (interpolation === 'bilinear') return { y: resampled(b, x, [(height as number) * rows, (width as number) * columns], bilinear) };
    const rowsOfPixels = multiplyDims(batch, height);
    const wide = b.broadcastTo(b.reshape(x, [rowsOfPixels, width, 1, channels]), [rowsOfPixels, width, columns, channels]);
    const line = multiplyDims(multiplyDims(width, columns), channels);
    const tall = b.broadcastTo(b.reshape(wide, [rowsOfPixels, 1, line]), [rowsOfPixels, rows, line]);
    return { y: b.reshape(tall, [batch, multiplyDims(height, rows), multiplyDims(width, columns), channels]) };
  },
  // TensorFlow.js interpolates between the corners, Keras and PyTorch between the centres of the pixels.
  keras: (p, _inputs, { dataFormat }) => ({
    className: 'UpSampling2D',
    config: { size: p.size, interpolation: p.interpolation, data_format: kerasDataFormat(dataFormat) },
    ...(p.interpolation === 'nearest'
      ? {}
      : { notInTfjs: 'TensorFlow.js enlarges bilinearly in another way than Keras. Use interpolation “nearest”.' }),
  }),
  torch: (p) => ({ init: `nn.Upsample(scale_factor=(${p.size.join(', ')}), mode='${p.interpolation}')` }),
  examples: [
    { params: { size: [2, 3] }, inputs: { x: ['batch', 2, 3, 4] }, outputs: { y: ['batch', 4, 9, 4] } },
    { inputs: { x: ['batch', 4, 2, 3] }, outputs: { y: ['batch', 4, 4, 6] }, dataFormat: 'channelsFirst' },
    { params: { interpolation: 'bilinear' }, inputs: { x: ['batch', 3, 4, 2] }, outputs: { y: ['batch', 6, 8, 2] } },
  ],
});
