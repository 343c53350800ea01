import { defineLayer, X, Y } from '../define';
import { inferPool, kerasPool, loweredWindow, poolExamples, poolParams, poolSummary, torchPool } from './_pool';

export const maxPooling2d = defineLayer({
  type: 'maxPooling2d',
  version: 1,
  title: 'MaxPooling2D',
  category: 'pooling',
  icon: 'shrink',
  keywords: ['max pool', 'downsample'],
  docs: {
    summary: 'Keeps the largest value of each window; the border never wins.',
    formula: 'y = max over the window',
    url: 'https://keras.io/api/layers/pooling_layers/max_pooling2d/',
    torchName: 'nn.MaxPool2d',
    torchCalls: ['nn.MaxPool2d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)'],
    kerasCalls: [
      "MaxPooling2D(pool_size=2, strides=None, padding='valid', data_format=None)",
      "MaxPool2D(pool_size=2, strides=None, padding='valid', data_format=None)",
    ],
  },
  params: poolParams,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferPool(x, p, dataFormat),
  summary: poolSummary,
  lower: (b, { x }, _weights, p) => ({ y: b.maxPool(x, loweredWindow(x.type, p)) }),
  keras: (p, _inputs, { dataFormat }) => kerasPool('MaxPooling2D', p, dataFormat),
  torch: (p) => ({ init: torchPool('MaxPool2d', p) }),
  examples: poolExamples,
});
