import type { Builder, Value } from '../../program/builder';
import { defineLayer, X, Y } from '../define';
import { globalExamples, globalParams, inferGlobalPool, kerasGlobalPool, lowerGlobalPool, torchGlobalPool } from './_globalPool';

/** Over the steps that count. */
function meanOfSteps(b: Builder, x: Value, mask: Value, keepdims: boolean): Value {
  const counts = b.reshape(mask, [...mask.type.shape, 1]);
  const number = b.maximum(b.reduceSum(counts, [1], keepdims), b.scalar(1));
  return b.div(b.reduceSum(b.mul(x, counts), [1], keepdims), number);
}

export const globalAveragePooling1d = defineLayer({
  type: 'globalAveragePooling1d',
  version: 1,
  title: 'GlobalAveragePooling1D',
  category: 'pooling',
  icon: 'sigma',
  keywords: ['gap', 'mean', 'global pool'],
  docs: {
    summary: 'The mean of each channel over the whole sequence: from a sequence to a vector.',
    details: 'Steps that are masked are left out. Of a sample of which all are, it is 0; Keras divides by zero there.',
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
  masks: () => 'reads',
  lower: (b, { x }, _weights, p, { masks }) => ({
    y: masks['x'] ? meanOfSteps(b, x, masks['x'], p.keepdims) : lowerGlobalPool(b, x, 'average', p),
  }),
  keras: (p, _inputs, { dataFormat }) => kerasGlobalPool('average', 1, p, dataFormat),
  torch: (p) => torchGlobalPool('average', 1, p),
  examples: globalExamples[1],
});
