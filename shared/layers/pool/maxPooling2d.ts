import { windowReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { inferPool, lowerPool, poolMigrations, poolParams, poolSummary, poolWindow } from './_pool';
import { kerasPool, torchPool } from './_poolElsewhere';
import { poolExamples } from './_poolExamples';

export const maxPooling2d = defineLayer({
  type: 'maxPooling2d',
  version: 2,
  title: 'MaxPooling2D',
  category: 'pooling',
  icon: 'shrink',
  keywords: ['max pool', 'downsample'],
  docs: {
    summary: 'Keeps the largest value of each window of an image; the border never wins.',
    formula: 'y = max over the window',
    url: 'https://keras.io/api/layers/pooling_layers/max_pooling2d/',
    torchName: 'nn.MaxPool2d',
    torchCalls: ['nn.MaxPool2d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)'],
    kerasCalls: [
      "MaxPooling2D(pool_size=2, strides=None, padding='valid', data_format=None)",
      "MaxPool2D(pool_size=2, strides=None, padding='valid', data_format=None)",
    ],
  },
  params: poolParams[2],
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferPool(x, p, dataFormat),
  reach: ({ x }, p, { dataFormat }) => windowReach(x, poolWindow(p), dataFormat),
  summary: poolSummary,
  lower: (b, { x }, _weights, p) => ({ y: lowerPool(b, x, 'max', p) }),
  keras: (p, { x }, { dataFormat }) => kerasPool('max', x, p, dataFormat),
  torch: (p, { x }, { dataFormat }) => torchPool('max', x, p, dataFormat),
  migrations: poolMigrations,
  examples: poolExamples[2],
});
