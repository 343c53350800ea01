import { defineLayer, X, Y } from '../define';
import { globalExamples, globalParams, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

export const globalMaxPooling2d = defineLayer({
  type: 'globalMaxPooling2d',
  version: 1,
  title: 'GlobalMaxPooling2D',
  category: 'pooling',
  icon: 'chevrons-up',
  keywords: ['global pool', 'max'],
  docs: {
    summary: 'The largest value of each channel over the whole image: from an image to a vector.',
    formula: 'y[c] = max over height and width of x[·, ·, c]',
    url: 'https://keras.io/api/layers/pooling_layers/global_max_pooling2d/',
    torchName: 'nn.AdaptiveMaxPool2d(1)',
    kerasCalls: ['GlobalMaxPooling2D(data_format=None, keepdims=False)', 'GlobalMaxPool2D(data_format=None, keepdims=False)'],
  },
  params: globalParams,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferGlobalPool(x, 2, p, dataFormat),
  reach: () => 'global',
  lower: (b, { x }, _weights, p) => ({ y: lowerGlobalPool(b, x, 'max', p) }),
  keras: (p, _inputs, { dataFormat }) => kerasGlobalPool('max', 2, p, dataFormat),
  torch: (p) => torchGlobalPool('max', 2, p),
  examples: globalExamples[2],
});
