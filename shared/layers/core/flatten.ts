import * as z from 'zod';
import { ok } from '../../graph/result';
import { sampleSize, type Shape, type TensorType } from '../../graph/tensor';
import { kerasDataFormat } from '../conv/_conv';
import { defineLayer, X, Y } from '../define';

export const flatten = defineLayer({
  type: 'flatten',
  version: 1,
  title: 'Flatten',
  category: 'core',
  icon: 'align-justify',
  keywords: ['reshape', 'vector'],
  docs: {
    summary: 'Writes all of a sample into one row.',
    details:
      'Images are read with the channels last whatever the network’s data format, as Keras does, so that both formats give the same row.',
    formula: 'y = [height · width · channels]',
    url: 'https://keras.io/api/layers/reshaping_layers/flatten/',
    torchName: 'nn.Flatten',
    torchCalls: ['nn.Flatten(start_dim=1, end_dim=-1)'],
    kerasCalls: ['Flatten(data_format=None)'],
  },
  params: z.strictObject({}),
  takes: 'any',
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer: ({ x }) => ok({ y: { dtype: x.dtype, shape: flat(x) } }),
  reach: () => 'global',
  lower: (b, { x }) => ({ y: b.reshape(x, flat(x.type)) }),
  // A row is flat already; TensorFlow.js's Flatten refuses it where Keras's gives it back.
  keras: (_p, { x }, { dataFormat }) =>
    x.shape.length === 2
      ? { className: 'Activation', config: { activation: 'linear' } }
      : { className: 'Flatten', config: { data_format: kerasDataFormat(dataFormat) } },
  torch: (_p, { x }) => (x.shape.length >= 4 ? { forward: 'x.movedim(1, -1).flatten(1)' } : { init: 'nn.Flatten()' }),
  examples: [
    { inputs: { x: ['batch', 7, 7, 16] }, outputs: { y: ['batch', 784] } },
    { inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 12] } },
    { inputs: { x: ['batch', 5] }, outputs: { y: ['batch', 5] } },
  ],
});

function flat(x: TensorType): Shape {
  return [x.shape[0] ?? 1, sampleSize(x.shape)];
}
