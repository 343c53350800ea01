import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { imageAxes, type TensorType } from '../../graph/tensor';
import { expectImage } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import { defineLayer, X, Y } from '../define';

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
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  infer({ x }, _p, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    const [batch, channels] = [x.shape[0], x.shape[imageAxes(dataFormat).channels]] as [
      TensorType['shape'][number],
      TensorType['shape'][number],
    ];
    return ok({ y: { dtype: 'float32', shape: [batch, channels] } });
  },
  lower: (b, { x }) => ({ y: b.reduceMean(x, [1, 2]) }),
  keras: (_p, _inputs, { dataFormat }) => ({ className: 'GlobalAveragePooling2D', config: { data_format: kerasDataFormat(dataFormat) } }),
  torch: () => ({ forward: 'x.mean(dim=(2, 3))' }),
  examples: [
    { inputs: { x: ['batch', 7, 7, 512] }, outputs: { y: ['batch', 512] } },
    { inputs: { x: ['batch', 16, 5, 3] }, outputs: { y: ['batch', 16] }, dataFormat: 'channelsFirst' },
  ],
});
