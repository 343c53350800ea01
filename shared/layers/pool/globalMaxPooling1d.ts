import * as z from 'zod';
import { defineLayer, X, Y } from '../define';
import { globalExamples, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

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
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferGlobalPool(x, 1, dataFormat),
  reach: () => 'global',
  lower: (b, { x }) => ({ y: lowerGlobalPool(b, x, 'max') }),
  keras: (_p, _inputs, { dataFormat }) => kerasGlobalPool('max', 1, dataFormat),
  torch: () => torchGlobalPool('max', 1),
  examples: globalExamples[1],
});
