import * as z from 'zod';
import { channelAxis } from '../../graph/tensor';
import { torchChannelAxis } from '../_torch';
import { defineLayer, X, Y } from '../define';
import { inferNormalized } from './_normalize';

export const unitNormalization = defineLayer({
  type: 'unitNormalization',
  version: 1,
  title: 'UnitNormalization',
  category: 'normalization',
  icon: 'chart-column',
  keywords: ['l2', 'norm', 'cosine'],
  docs: {
    summary: 'Gives each position of each sample length 1 over its channels.',
    formula: 'y = x / √(max(Σ x², 10⁻¹²))',
    url: 'https://keras.io/api/layers/normalization_layers/unit_normalization/',
    torchName: 'F.normalize',
  },
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferNormalized(x, dataFormat),

  masks: () => 'keeps',
  lower(b, { x }) {
    const square = b.reduceSum(b.mul(x, x), [x.type.shape.length - 1], true);
    return { y: b.div(x, b.sqrt(b.maximum(square, b.scalar(1e-12)))) };
  },
  keras: (_p, { x }, { dataFormat }) => ({
    className: 'UnitNormalization',
    config: { axis: channelAxis(x.shape.length, dataFormat) },
    notInTfjs: 'TensorFlow.js has no unit normalisation.',
  }),
  torch: (_p, { x }) => ({ forward: `F.normalize(x, dim=${torchChannelAxis(x.shape.length)}, eps=1e-6)` }),
  examples: [
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
    { inputs: { x: ['batch', 6, 3, 4] }, outputs: { y: ['batch', 6, 3, 4] }, dataFormat: 'channelsFirst' },
  ],
});
