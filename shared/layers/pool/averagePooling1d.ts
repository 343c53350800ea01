import { windowReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { inferPool, lowerPool, poolMigrations, poolParams, poolSummary, poolWindow } from './_pool';
import { kerasPool, torchPool } from './_poolElsewhere';
import { poolExamples } from './_poolExamples';

export const averagePooling1d = defineLayer({
  type: 'averagePooling1d',
  version: 2,
  title: 'AveragePooling1D',
  category: 'pooling',
  icon: 'shrink',
  keywords: ['average pool', 'mean', 'downsample', 'sequence'],
  docs: {
    summary: 'The mean of each window of a sequence; what lies beyond the border is not counted.',
    formula: 'y = mean over the part of the window that lies in the sequence',
    url: 'https://keras.io/api/layers/pooling_layers/average_pooling1d/',
    torchName: 'nn.AvgPool1d',
    torchCalls: ['nn.AvgPool1d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True)'],
    kerasCalls: [
      "AveragePooling1D(pool_size=2, strides=None, padding='valid', data_format=None)",
      "AvgPool1D(pool_size=2, strides=None, padding='valid', data_format=None)",
    ],
  },
  params: poolParams[1],
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }, p, { dataFormat }) => inferPool(x, p, dataFormat),
  reach: ({ x }, p, { dataFormat }) => windowReach(x, poolWindow(p), dataFormat),
  summary: poolSummary,
  lower: (b, { x }, _weights, p) => ({ y: lowerPool(b, x, 'average', p) }),
  keras: (p, { x }, { dataFormat }) => kerasPool('average', x, p, dataFormat),
  torch: (p, { x }, { dataFormat }) => torchPool('average', x, p, dataFormat),
  migrations: poolMigrations,
  examples: poolExamples[1],
});
