import { defineLayer, X, Y } from '../define';
import { inferPool, kerasPool, loweredWindow, poolExamples, poolParams, poolSummary, torchPool } from './_pool';

export const averagePooling2d = defineLayer({
  type: 'averagePooling2d',
  version: 1,
  title: 'AveragePooling2D',
  category: 'pooling',
  icon: 'shrink',
  keywords: ['average pool', 'mean', 'downsample'],
  docs: {
    summary: 'The mean of each window; elements of the border are not counted.',
    formula: 'y = mean over the part of the window that lies in the image',
    url: 'https://keras.io/api/layers/pooling_layers/average_pooling2d/',
    torchName: 'nn.AvgPool2d',
    torchCalls: ['nn.AvgPool2d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True)'],
    kerasCalls: [
      "AveragePooling2D(pool_size=2, strides=None, padding='valid', data_format=None)",
      "AvgPool2D(pool_size=2, strides=None, padding='valid', data_format=None)",
    ],
  },
  params: poolParams,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferPool(x, p, dataFormat),
  summary: poolSummary,
  lower: (b, { x }, _weights, p) => ({ y: b.avgPool(x, loweredWindow(x.type, p)) }),
  keras: (p, _inputs, { dataFormat }) => kerasPool('AveragePooling2D', p, dataFormat),
  torch: (p) => ({ init: torchPool('AvgPool2d', p, ', count_include_pad=False') }),
  examples: poolExamples,
});
