import * as z from 'zod';
import { BATCH, unknown, type Dim } from '../../graph/dim';
import { ok } from '../../graph/result';
import { defineLayer, Y } from '../define';

const size = z.union([z.int().min(1).max(1_000_000), z.string().regex(/^[A-Z][A-Za-z0-9]{0,7}$/, 'a capital letter, such as H')]);
const params = z.strictObject({
  shape: z
    .array(size)
    .max(6)
    .default([28, 28, 1])
    .describe('Sizes of one sample in the network’s data format, without the batch; a letter such as H for a size that is not fixed.'),
  dtype: z.enum(['float32', 'int32', 'bool']).default('float32').describe('Type of the elements.').meta({ torch: 'dtype' }),
});

export const input = defineLayer({
  type: 'input',
  version: 1,
  title: 'Input',
  category: 'inputOutput',
  icon: 'log-in',
  keywords: ['data', 'image', 'start'],
  docs: {
    summary: 'Where data enters the network.',
    url: 'https://keras.io/api/layers/core_layers/input/',
    torchName: 'argument of forward',
  },
  params,
  inputs: [],
  outputs: Y,
  infer: (_inputs, p) => ok({ y: { dtype: p.dtype, shape: [BATCH, ...p.shape.map(toDim)] } }),
  summary: (p) => (p.shape.length === 0 ? 'scalar' : p.shape.join('×')),
  // The compiler gives a network's inputs their values; nothing is computed here.
  lower() {
    throw new Error('An input is lowered by the compiler.');
  },
  keras: (p) => ({
    className: 'InputLayer',
    config: { batch_input_shape: [null, ...p.shape.map((dim) => (typeof dim === 'number' ? dim : null))], dtype: p.dtype, sparse: false },
  }),
  torch: () => ({ forward: 'x' }),
  examples: [
    { params: { shape: [32, 32, 3] }, inputs: {}, outputs: { y: ['batch', 32, 32, 3] } },
    { params: { shape: [128], dtype: 'int32' }, inputs: {}, outputs: { y: ['batch', 128] } },
  ],
});

function toDim(dim: number | string): Dim {
  return typeof dim === 'number' ? dim : unknown(dim);
}
