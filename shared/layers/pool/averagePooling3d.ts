import { windowReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { inferPool, lowerPool, poolMigrations, poolParams, poolSummary, poolWindow } from './_pool';
import { kerasPool, torchPool } from './_poolElsewhere';
import { poolExamples } from './_poolExamples';

export const averagePooling3d = defineLayer({
  type: 'averagePooling3d',
  version: 2,
  title: 'AveragePooling3D',
  category: 'pooling',
  icon: 'shrink',
  keywords: ['average pool', 'mean', 'downsample', 'volume', 'video'],
  docs: {
    summary: 'The mean of each window of a volume; what lies beyond the border is not counted.',
    formula: 'y = mean over the part of the window that lies in the volume',
    url: 'https://keras.io/api/layers/pooling_layers/average_pooling3d/',
    torchName: 'nn.AvgPool3d',
  },
  params: poolParams[3],
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
  examples: poolExamples[3],
});
