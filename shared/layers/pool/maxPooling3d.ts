import { windowReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { inferPool, lowerPool, poolMigrations, poolParams, poolSummary, poolWindow } from './_pool';
import { kerasPool, torchPool } from './_poolElsewhere';
import { poolExamples } from './_poolExamples';

export const maxPooling3d = defineLayer({
  type: 'maxPooling3d',
  version: 2,
  title: 'MaxPooling3D',
  category: 'pooling',
  icon: 'shrink',
  keywords: ['max pool', 'downsample', 'volume', 'video'],
  docs: {
    summary: 'Keeps the largest value of each window of a volume; the border never wins.',
    formula: 'y = max over the window',
    url: 'https://keras.io/api/layers/pooling_layers/max_pooling3d/',
    torchName: 'nn.MaxPool3d',
  },
  params: poolParams[3],
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferPool(x, p, dataFormat),
  reach: ({ x }, p, { dataFormat }) => windowReach(x, poolWindow(p), dataFormat),
  summary: poolSummary,
  lower: (b, { x }, _weights, p) => ({ y: lowerPool(b, x, 'max', p) }),
  keras: (p, { x }, { dataFormat }) => kerasPool('max', x, p, dataFormat),
  torch: (p, { x }, { dataFormat }) => torchPool('max', x, p, dataFormat),
  migrations: poolMigrations,
  examples: poolExamples[3],
});
