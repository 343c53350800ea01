import * as z from 'zod';
import type { Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { imageAxes } from '../../graph/tensor';
import { expectImage } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import { defineLayer, X, Y } from '../define';

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
  infer({ x }, _p, { dataFormat }) {
    const problem = expectImage(x);
    return problem
      ? err(problem)
      : ok({ y: { dtype: 'float32', shape: [x.shape[0] as Dim, x.shape[imageAxes(dataFormat).channels] as Dim] } });
  },
  lower: (b, { x }) => ({ y: b.reduceMax(x, [1, 2]) }),
  keras: (_p, _inputs, { dataFormat }) => ({ className: 'GlobalMaxPooling2D', config: { data_format: kerasDataFormat(dataFormat) } }),
  torch: () => ({ forward: 'x.amax(dim=(2, 3))' }),
  examples: [
    { inputs: { x: ['batch', 5, 4, 6] }, outputs: { y: ['batch', 6] } },
    { inputs: { x: ['batch', 6, 5, 3] }, outputs: { y: ['batch', 6] }, dataFormat: 'channelsFirst' },
  ],
});
