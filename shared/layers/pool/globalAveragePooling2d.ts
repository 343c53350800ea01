import { defineLayer, X, Y } from '../define';
import { globalExamples, globalParams, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

export const globalAveragePooling2d = defineLayer({
  type: 'globalAveragePooling2d',
  version: 1,
  title: 'GlobalAveragePooling2D',
  category: 'pooling',
  icon: 'sigma',
  keywords: ['gap', 'mean', 'global pool'],
  docs: {
    summary: 'The mean of each channel over the whole image: from an image to a vector.',
    formula: 'y[c] = mean over height and width of x[·, ·, c]',
    url: 'https://keras.io/api/layers/pooling_layers/global_average_pooling2d/',
    torchName: 'nn.AdaptiveAvgPool2d(1)',
    kerasCalls: ['GlobalAveragePooling2D(data_format=None, keepdims=False)', 'GlobalAvgPool2D(data_format=None, keepdims=False)'],
  },
  params: globalParams,
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }, p, { dataFormat }) => inferGlobalPool(x, 2, p, dataFormat),
  reach: () => 'global',
  lower: (b, { x }, _weights, p) => ({ y: lowerGlobalPool(b, x, 'average', p) }),
  keras: (p, _inputs, { dataFormat }) => kerasGlobalPool('average', 2, p, dataFormat),
  torch: (p) => torchGlobalPool('average', 2, p),
  examples: globalExamples[2],
});
