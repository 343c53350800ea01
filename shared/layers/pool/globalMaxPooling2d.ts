import * as z from 'zod';
import { defineLayer, X, Y } from '../define';
import { globalExamples, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

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
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferGlobalPool(x, 2, dataFormat),
  reach: () => 'global',
  lower: (b, { x }) => ({ y: lowerGlobalPool(b, x, 'max') }),
  keras: (_p, _inputs, { dataFormat }) => kerasGlobalPool('max', 2, dataFormat),
  torch: () => torchGlobalPool('max', 2),
  examples: globalExamples[2],
});
