import * as z from 'zod';
import { isKnown } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { imageAxes } from '../../graph/tensor';
import { expectImage, imageShape, spatialSizes } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import { adaptiveMean, resampled, adaptiveReach } from '../conv/_resample';
import { defineLayer, X, Y } from '../define';

const size = z.int().min(1).max(4096);

export const adaptiveAveragePooling2d = defineLayer({
  type: 'adaptiveAveragePooling2d',
  version: 1,
  title: 'AdaptiveAveragePooling2D',
  category: 'pooling',
  icon: 'shrink',
  keywords: ['adaptive pool', 'mean', 'resize'],
  docs: {
    summary: 'The means of windows that cover an image evenly: a chosen size whatever the input’s.',
    formula: 'window i: ⌊i·n/size⌋ to ⌈(i + 1)·n/size⌉',
    url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html',
    kerasOthers: {
      output_size: 'height and width.',
    },
    torchName: 'nn.AdaptiveAvgPool2d',
    torchCalls: ['nn.AdaptiveAvgPool2d(output_size)'],
  },
  params: z.strictObject({
    height: size.default(1).describe('Height of the output.'),
    width: size.default(1).describe('Width of the output.'),
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
  reach: ({ x }, p, { dataFormat }) => adaptiveReach(spatialSizes(x, dataFormat), [p.height, p.width]),
  summary: (p) => `${p.height}×${p.width}`,
  lower: (b, { x }, _weights, p) => ({ y: resampled(b, x, [p.height, p.width], adaptiveMean) }),
  keras: (p, _inputs, { dataFormat }) => ({
    className: 'AdaptiveAveragePooling2D',
    config: { output_size: [p.height, p.width], data_format: kerasDataFormat(dataFormat) },
    notInTfjs: 'TensorFlow.js has no adaptive pooling. Use an averagePooling2d.',
  }),
  torch: (p) => ({ init: `nn.AdaptiveAvgPool2d((${p.height}, ${p.width}))` }),
  examples: [{ params: { height: 3, width: 2 }, inputs: { x: ['batch', 7, 5, 2] }, outputs: { y: ['batch', 3, 2, 2] } }],
});
