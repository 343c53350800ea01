import * as z from 'zod';
import type { Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { toInside, toOutside } from '../../program/dataFormat';
import { inNetworkOrder, inTorchOrder } from '../_torch';
import { defineLayer, X, Y } from '../define';

const params = z.strictObject({
  dims: z.array(z.int().min(1).max(6)).min(1).max(6).default([2, 1]).describe('Which axis of the input comes where, the first being 1.'),
});

export const permute = defineLayer({
  type: 'permute',
  version: 1,
  title: 'Permute',
  category: 'core',
  icon: 'shuffle',
  keywords: ['transpose', 'axes', 'swap'],
  docs: {
    summary: 'Puts the axes of a sample into another order.',
    formula: 'axis i of y = axis dims[i] of x',
    url: 'https://keras.io/api/layers/reshaping_layers/permute/',
    torchName: 'torch.permute',
  },
  params,
  takes: 'any',
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer({ x }, { dims }) {
    const rank = x.shape.length - 1;
    if (dims.length !== rank || new Set(dims).size !== rank || Math.max(...dims) > rank) {
      const message = `[${dims.join(', ')}] is not an order of the ${rank} axes of a sample. Use each of 1 to ${rank} once.`;
      return err({ code: 'param/dims', param: 'dims', message });
    }
    return ok({ y: { dtype: x.dtype, shape: [x.shape[0] as Dim, ...dims.map((axis) => x.shape[axis] as Dim)] } });
  },
  reach: () => 'unknown',
  summary: (p) => p.dims.join(', '),
  lower: (b, { x }, _weights, { dims }, { dataFormat }) => ({
    y: toInside(b, b.transpose(toOutside(b, x, dataFormat), [0, ...dims]), dataFormat),
  }),
  keras: (p) => ({ className: 'Permute', config: { dims: p.dims } }),
  torch(p, { x }, { dataFormat }) {
    const read = inNetworkOrder('x', x.shape.length, dataFormat);
    return { forward: inTorchOrder(`${read}.permute(0, ${p.dims.join(', ')})`, x.shape.length, dataFormat) };
  },
  examples: [
    { inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 3, 4] } },
    { params: { dims: [3, 1, 2] }, inputs: { x: ['batch', 4, 3, 2] }, outputs: { y: ['batch', 2, 4, 3] } },
    { params: { dims: [3, 1, 2] }, inputs: { x: ['batch', 4, 3, 2] }, outputs: { y: ['batch', 2, 4, 3] }, dataFormat: 'channelsFirst' },
  ],
});
