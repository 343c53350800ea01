import { defineLayer, X, Y } from '../define';
import { globalExamples, globalParams, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

export const globalMaxPooling1d = defineLayer({
  type: 'globalMaxPooling1d',
  version: 1,
  title: 'GlobalMaxPooling1D',
  category: 'pooling',
  icon: 'chevrons-up',
  keywords: ['global pool', 'max'],
  docs: {
    summary: 'The largest value of each channel over the whole sequence: from a sequence to a vector.',
    formula: 'y[c] = max over the steps of x[·, c]',
    url: 'https://keras.io/api/layers/pooling_layers/global_max_pooling1d/',
    torchName: 'nn.AdaptiveMaxPool1d(1)',
  },
  params: globalParams,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferGlobalPool(x, 1, p, dataFormat),
  reach: () => 'global',
  lower: (b, { x }, _weights, p) => ({ y: lowerGlobalPool(b, x, 'max', p) }),
  keras: (p, _inputs, { dataFormat }) => kerasGlobalPool('max', 1, p, dataFormat),
  torch: (p) => torchGlobalPool('max', 1, p),
  examples: globalExamples[1],
});
