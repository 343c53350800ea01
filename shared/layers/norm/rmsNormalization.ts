import * as z from 'zod';
import { channelAxis } from '../../graph/tensor';
import { torchChannelAxis } from '../_torch';
import { defineLayer, X, Y } from '../define';
import { affine, affineWeights, usualAffine } from './_affine';
import { channelsOf, epsilonOf, inferNormalized } from './_normalize';

export const rmsNormalization = defineLayer({
  type: 'rmsNormalization',
  version: 1,
  title: 'RMSNormalization',
  category: 'normalization',
  icon: 'chart-column',
  keywords: ['rms norm', 'llama', 'transformer'],
  docs: {
    summary: 'Divides each position of each sample by the root of the mean square of its channels, then a learned scale.',
    formula: 'y = γ · x / √(mean(x²) + ε)',
    url: 'https://keras.io/api/layers/normalization_layers/rms_normalization/',
    torchName: 'nn.RMSNorm',
    torchCalls: ['nn.RMSNorm(normalized_shape, eps=None, elementwise_affine=True)'],
  },
  params: z.strictObject({ epsilon: epsilonOf(1e-6) }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferNormalized(x, dataFormat),
  weights: ({ x }, _p, { dataFormat }) => affineWeights(channelsOf(x, dataFormat), { ...usualAffine, center: false }),
  masks: () => 'keeps',
  lower(b, { x }, weights, p) {
    const square = b.reduceMean(b.mul(x, x), [x.type.shape.length - 1], true);
    return { y: affine(b, b.div(x, b.sqrt(b.add(square, b.scalar(p.epsilon)))), weights) };
  },
  // Keras 3 stops at channels that are not the last axis.
  keras(p, { x }, { dataFormat }) {
    const rank = x.shape.length;
    const layer = {
      className: 'RMSNormalization',
      config: { axis: -1, epsilon: p.epsilon },
      notInTfjs: 'TensorFlow.js has no RMS normalisation.',
    };
    if (channelAxis(rank, dataFormat) === rank - 1) return layer;
    const inner = Array.from({ length: rank - 2 }, (_, axis) => axis + 1);
    return {
      parts: [
        { name: 'channels_last', className: 'Permute', config: { dims: [...inner.map((axis) => axis + 1), 1] }, inputs: ['x'] },
        { name: 'normalized', ...layer, inputs: ['channels_last'], weights: ['gamma'] },
        { name: 'channels_first', className: 'Permute', config: { dims: [rank - 1, ...inner] }, inputs: ['normalized'] },
      ],
      outputs: { y: 'channels_first' },
    };
  },
  // nn.RMSNorm came with PyTorch 2.4; this is what it does.
  torch(p, { x }, { dataFormat }) {
    const rank = x.shape.length;
    const axis = torchChannelAxis(rank);
    const gamma = `self.layer['gamma']${rank >= 4 ? `.reshape(-1${', 1'.repeat(rank - 2)})` : ''}`;
    return {
      init: `nn.ParameterDict({'gamma': nn.Parameter(torch.ones(${channelsOf(x, dataFormat)}))})`,
      forward: `${gamma} * x * torch.rsqrt(x.square().mean(dim=${axis}, keepdim=True) + ${p.epsilon})`,
      weights: { gamma: { from: 'gamma' } },
    };
  },
  examples: [
    { inputs: { x: ['batch', 5, 6] }, outputs: { y: ['batch', 5, 6] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
    { inputs: { x: ['batch', 6, 3, 4] }, outputs: { y: ['batch', 6, 3, 4] }, dataFormat: 'channelsFirst' },
  ],
});
