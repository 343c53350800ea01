import * as z from 'zod';
import { channelAxis } from '../../graph/tensor';
import { defineLayer, X, Y } from '../define';
import { affine, elementwiseAffineParams, affineWeights, kerasAffine, torchAffine } from './_affine';
import { channelsOf, epsilonOf, inferNormalized, normalized } from './_normalize';

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
  params: z.strictObject({ epsilon: epsilonOf(0.001), ...elementwiseAffineParams }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferNormalized(x, dataFormat),
  weights: ({ x }, p, { dataFormat }) => affineWeights(channelsOf(x, dataFormat), p),
  masks: () => 'keeps',
  lower(b, { x }, weights, p) {
    return { y: affine(b, normalized(b, x, [x.type.shape.length - 1], p.epsilon), weights) };
  },
  keras: (p, { x }, { dataFormat }) => ({
    className: 'LayerNormalization',
    config: { axis: channelAxis(x.shape.length, dataFormat), epsilon: p.epsilon, ...kerasAffine(p) },
  }),
  torch(p, { x }, { dataFormat }) {
    const [rank, channels] = [x.shape.length, channelsOf(x, dataFormat)];
    const norm = {
      module: (isAffine: boolean) => `nn.LayerNorm(${channels}, eps=${p.epsilon}${isAffine ? '' : ', elementwise_affine=False'})`,
      call: (module: string) => (rank >= 4 ? `${module}(x.movedim(1, -1)).movedim(-1, 1)` : `${module}(x)`),
    };
    return torchAffine(norm, channels, rank, p);
  },
  examples: [
    { inputs: { x: ['batch', 5, 6] }, outputs: { y: ['batch', 5, 6] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
    { inputs: { x: ['batch', 6, 3, 4] }, outputs: { y: ['batch', 6, 3, 4] }, dataFormat: 'channelsFirst' },
    { params: { center: false }, inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
    { params: { scale: false }, inputs: { x: ['batch', 5, 6] }, outputs: { y: ['batch', 5, 6] } },
  ],
});
