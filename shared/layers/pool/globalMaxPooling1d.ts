import * as z from 'zod';
import type { Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { expectSequence } from '../_sequence';
import { defineLayer, X, Y } from '../define';

export const globalMaxPooling1d = defineLayer({
  type: 'globalMaxPooling1d',
  version: 1,
  title: 'GlobalMaxPooling1D',
  category: 'pooling',
  icon: 'sigma',
  keywords: ['global pool', 'sequence'],
  docs: {
    summary: 'The largest value of each channel over a whole sequence.',
    formula: 'y[c] = max over the steps of x[·, c]',
    url: 'https://keras.io/api/layers/pooling_layers/global_max_pooling1d/',
    torchName: 'x.amax(dim=1)',
  },
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  infer({ x }) {
    const problem = expectSequence(x);
    return problem ? err(problem) : ok({ y: { dtype: 'float32', shape: [x.shape[0] as Dim, x.shape[2] as Dim] } });
  },
  lower: (b, { x }) => ({ y: b.reduceMax(x, [1]) }),
  keras: () => ({ className: 'GlobalMaxPooling1D', config: {} }),
  torch: () => ({ forward: 'x.amax(dim=1)' }),
  examples: [{ inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 4] } }],
});
