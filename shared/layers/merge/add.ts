import * as z from 'zod';
import { err, ok } from '../../graph/result';
import type { Value } from '../../program/builder';
import { defineLayer, Y } from '../define';
import { INPUTS, mergedType, mismatchOf } from './_merge';

export const add = defineLayer({
  type: 'add',
  version: 1,
  title: 'Add',
  category: 'merge',
  icon: 'plus',
  keywords: ['sum', 'residual', 'merge', 'skip'],
  docs: {
    summary: 'Adds its inputs, element by element. All of them have the same shape.',
    details: 'Closes a residual block: the main path learns F(x) = H(x) − x, and the shortcut brings x back.',
    formula: 'y = x₁ + x₂ + …',
    url: 'https://keras.io/api/layers/merging_layers/add/',
    torchName: 'x1 + x2',
  },
  params: z.strictObject({}),
  inputs: INPUTS,
  outputs: Y,
  saves: 'nothing',
  infer({ inputs }, _p, { dataFormat }) {
    const problem = mismatchOf('add', inputs, dataFormat);
    return problem && problem.severity !== 'warning' ? err(problem) : ok({ y: mergedType(inputs) });
  },
  warnings({ inputs }, _p, { dataFormat }) {
    const problem = mismatchOf('add', inputs, dataFormat);
    return problem ? [problem] : [];
  },
  masks: () => 'joins',
  lower: (b, { inputs }) => ({ y: inputs.slice(1).reduce<Value>((sum, x) => b.add(sum, x), inputs[0] as Value) }),
  keras: () => ({ className: 'Add', config: {} }),
  torch: () => ({ forward: 'sum(inputs)' }),
  examples: [
    {
      inputs: {
        inputs: [
          ['batch', 8, 8, 16],
          ['batch', 8, 8, 16],
        ],
      },
      outputs: { y: ['batch', 8, 8, 16] },
    },
    {
      inputs: {
        inputs: [
          ['batch', 5],
          ['batch', 5],
          ['batch', 5],
        ],
      },
      outputs: { y: ['batch', 5] },
    },
  ],
});
