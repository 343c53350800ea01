import { defineLayer, X, Y } from '../define';
import { globalExamples, globalParams, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

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
  params: globalParams,
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }, p, { dataFormat }) => inferGlobalPool(x, 3, p, dataFormat),
  reach: () => 'global',
  lower: (b, { x }, _weights, p) => ({ y: lowerGlobalPool(b, x, 'average', p) }),
  keras: (p, _inputs, { dataFormat }) => kerasGlobalPool('average', 3, p, dataFormat),
  torch: (p) => torchGlobalPool('average', 3, p),
  examples: globalExamples[3],
});
