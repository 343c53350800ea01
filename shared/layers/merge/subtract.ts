import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { defineLayer, Y } from '../define';
import { mergedType, mismatchOf } from './_merge';

export const subtract = defineLayer({
  type: 'subtract',
  version: 1,
  title: 'Subtract',
  category: 'merge',
  icon: 'minus',
  keywords: ['difference', 'minus', 'merge'],
  docs: {
    summary: 'Takes its second input from its first, element by element. Both have the same shape.',
    formula: 'y = a − b',
    url: 'https://keras.io/api/layers/merging_layers/subtract/',
    torchName: 'torch.sub',
  },
  params: z.strictObject({}),
  inputs: [{ name: 'a' }, { name: 'b' }],
  outputs: Y,
  saves: 'nothing',
  infer({ a, b }, _p, { dataFormat }) {
    const problem = mismatchOf('subtract', [a, b], dataFormat, undefined, ['a', 'b']);
    return problem && problem.severity !== 'warning' ? err(problem) : ok({ y: mergedType([a, b]) });
  },
  warnings({ a, b }, _p, { dataFormat }) {
    const problem = mismatchOf('subtract', [a, b], dataFormat, undefined, ['a', 'b']);
    return problem ? [problem] : [];
  },
  masks: () => 'joins',
  lower: (builder, { a, b }) => ({ y: builder.sub(a, b) }),
  keras: () => ({
    className: 'Subtract',
    config: {},
    notInTfjs: 'TensorFlow.js has no layer that subtracts. Scale by −1 and add.',
  }),
  torch: () => ({ forward: 'a - b' }),
  examples: [{ inputs: { a: ['batch', 4, 3], b: ['batch', 4, 3] }, outputs: { y: ['batch', 4, 3] } }],
});
