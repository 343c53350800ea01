import * as z from 'zod';
import { channelAxis } from '../../graph/tensor';
import { defineLayer, X, Y } from '../define';
import { affine, affineTensors, affineWeights, channelsOf, epsilonOf, inferNormalized, normalized } from './_normalize';

export const layerNormalization = defineLayer({
  type: 'layerNormalization',
  version: 1,
  title: 'LayerNormalization',
  category: 'normalization',
  icon: 'chart-column',
  keywords: ['layer norm', 'ln', 'transformer'],
  docs: {
    summary: 'Gives each position of each sample mean 0 and variance 1 over its channels, then a learned scale and offset.',
    formula: 'y = γ · (x − mean) / √(variance + ε) + β',
    url: 'https://keras.io/api/layers/normalization_layers/layer_normalization/',
    torchName: 'nn.LayerNorm',
    torchCalls: ['nn.LayerNorm(normalized_shape, eps=1e-05, elementwise_affine=True, bias=True)'],
    kerasCalls: ['LayerNormalization(axis=-1, epsilon=0.001, center=True, scale=True)'],
  },
  params: z.strictObject({ epsilon: epsilonOf(0.001) }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferNormalized(x, dataFormat),
  weights: ({ x }, _p, { dataFormat }) => affineWeights(channelsOf(x, dataFormat)),
  lower(b, { x }, weights, p) {
    return { y: affine(b, normalized(b, x, [x.type.shape.length - 1], p.epsilon), weights) };
  },
  keras: (p, { x }, { dataFormat }) => ({
    className: 'LayerNormalization',
    config: { axis: channelAxis(x.shape.length, dataFormat), epsilon: p.epsilon, center: true, scale: true },
  }),
  torch: (p, { x }, { dataFormat }) => ({
    init: `nn.LayerNorm(${channelsOf(x, dataFormat)}, eps=${p.epsilon})`,
    ...(x.shape.length >= 4 ? { forward: 'self.layer(x.movedim(1, -1)).movedim(-1, 1)' } : {}),
    weights: affineTensors,
  }),
  examples: [
    { inputs: { x: ['batch', 5, 6] }, outputs: { y: ['batch', 5, 6] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
    { inputs: { x: ['batch', 6, 3, 4] }, outputs: { y: ['batch', 6, 3, 4] }, dataFormat: 'channelsFirst' },
  ],
});
