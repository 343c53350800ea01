import * as z from 'zod';
import { defineLayer, X, Y } from '../define';
import { globalExamples, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

export const globalAveragePooling3d = defineLayer({
  type: 'globalAveragePooling3d',
  version: 1,
  title: 'GlobalAveragePooling3D',
  category: 'pooling',
  icon: 'sigma',
  keywords: ['gap', 'mean', 'global pool'],
  docs: {
    summary: 'The mean of each channel over the whole volume: from a volume to a vector.',
    formula: 'y[c] = mean over depth, height and width of x[·, ·, ·, c]',
    url: 'https://keras.io/api/layers/pooling_layers/global_average_pooling3d/',
    torchName: 'nn.AdaptiveAvgPool3d(1)',
  },
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }, _p, { dataFormat }) => inferGlobalPool(x, 3, dataFormat),
  reach: () => 'global',
  lower: (b, { x }) => ({ y: lowerGlobalPool(b, x, 'average') }),
  keras: (_p, _inputs, { dataFormat }) => kerasGlobalPool('average', 3, dataFormat),
  torch: () => torchGlobalPool('average', 3),
  examples: globalExamples[3],
});
