import { defineLayer, X, Y } from '../define';
import { globalExamples, globalParams, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

export const globalMaxPooling3d = defineLayer({
  type: 'globalMaxPooling3d',
  version: 1,
  title: 'GlobalMaxPooling3D',
  category: 'pooling',
  icon: 'chevrons-up',
  keywords: ['global pool', 'max'],
  docs: {
    summary: 'The largest value of each channel over the whole volume: from a volume to a vector.',
    formula: 'y[c] = max over depth, height and width of x[·, ·, ·, c]',
    url: 'https://keras.io/api/layers/pooling_layers/global_max_pooling3d/',
    torchName: 'nn.AdaptiveMaxPool3d(1)',
  },
  params: globalParams,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferGlobalPool(x, 3, p, dataFormat),
  reach: () => 'global',
  lower: (b, { x }, _weights, p) => ({ y: lowerGlobalPool(b, x, 'max', p) }),
  keras: (p, _inputs, { dataFormat }) => kerasGlobalPool('max', 3, p, dataFormat),
  torch: (p) => torchGlobalPool('max', 3, p),
  examples: globalExamples[3],
});
