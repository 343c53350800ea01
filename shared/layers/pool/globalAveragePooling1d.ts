import { defineLayer, X, Y } from '../define';
import { globalExamples, globalParams, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

export const globalAveragePooling1d = defineLayer({
  type: 'globalAveragePooling1d',
  version: 1,
  title: 'GlobalAveragePooling1D',
  category: 'pooling',
  icon: 'sigma',
  keywords: ['gap', 'mean', 'global pool'],
  docs: {
    summary: 'The mean of each channel over the whole sequence: from a sequence to a vector.',
    formula: 'y[c] = mean over the steps of x[·, c]',
    url: 'https://keras.io/api/layers/pooling_layers/global_average_pooling1d/',
    torchName: 'nn.AdaptiveAvgPool1d(1)',
  },
  params: globalParams,
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }, p, { dataFormat }) => inferGlobalPool(x, 1, p, dataFormat),
  reach: () => 'global',
  lower: (b, { x }, _weights, p) => ({ y: lowerGlobalPool(b, x, 'average', p) }),
  keras: (p, _inputs, { dataFormat }) => kerasGlobalPool('average', 1, p, dataFormat),
  torch: (p) => torchGlobalPool('average', 1, p),
  examples: globalExamples[1],
});
