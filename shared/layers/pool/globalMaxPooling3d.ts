import * as z from 'zod';
import { defineLayer, X, Y } from '../define';
import { globalExamples, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

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
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferGlobalPool(x, 3, dataFormat),
  reach: () => 'global',
  lower: (b, { x }) => ({ y: lowerGlobalPool(b, x, 'max') }),
  keras: (_p, _inputs, { dataFormat }) => kerasGlobalPool('max', 3, dataFormat),
  torch: () => torchGlobalPool('max', 3),
  examples: globalExamples[3],
});
