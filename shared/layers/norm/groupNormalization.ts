import * as z from 'zod';
import { multiplyDims, type Dim } from '../../graph/dim';
import { err } from '../../graph/result';
import { channelAxis } from '../../graph/tensor';
import { defineLayer, X, Y } from '../define';
import { channelsSecond } from '../_torch';
import { affine, affineParams, affineWeights, kerasAffine, torchAffine } from './_affine';
import { channelsOf, epsilonOf, inferNormalized, normalized } from './_normalize';

export const groupNormalization = defineLayer({
  type: 'groupNormalization',
  version: 1,
  title: 'GroupNormalization',
  category: 'normalization',
  icon: 'chart-column',
  keywords: ['group norm', 'gn'],
  docs: {
    summary: 'Gives each group of channels of each sample mean 0 and variance 1, then a learned scale and offset per channel.',
    formula: 'y = γ · (x − mean) / √(variance + ε) + β',
    url: 'https://keras.io/api/layers/normalization_layers/group_normalization/',
    torchName: 'nn.GroupNorm',
    torchCalls: ['nn.GroupNorm(num_groups, num_channels, eps=1e-05, affine=True)'],
    kerasCalls: ['GroupNormalization(groups=32, axis=-1, epsilon=0.001, center=True, scale=True)'],
  },
  params: z.strictObject({
    groups: z.int().min(1).max(65_536).default(32).describe('Number of groups.').meta({ torch: 'num_groups' }),
    epsilon: epsilonOf(0.001),
    ...affineParams,
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, { groups }, { dataFormat }) => {
    const channels = channelsOf(x, dataFormat);
    if (typeof channels !== 'number' || channels % groups === 0) return inferNormalized(x, dataFormat);
    return err({
      code: 'param/groups',
      param: 'groups',
      message: `${groups} groups do not divide ${channels} channels. Use a divisor of ${channels}.`,
    });
  },
  weights: ({ x }, p, { dataFormat }) => affineWeights(channelsOf(x, dataFormat), p),
  masks: () => 'keeps',
  lower(b, { x }, weights, { groups, epsilon }) {
    const shape = x.type.shape;
    const channels = shape.at(-1) as number;
    const positions = shape.slice(1, -1).reduce<Dim>(multiplyDims, 1);
    const grouped = b.reshape(x, [shape[0] as Dim, positions, groups, channels / groups]);
    return { y: affine(b, b.reshape(normalized(b, grouped, [1, 3], epsilon), shape), weights) };
  },
  keras: (p, { x }, { dataFormat }) => ({
    className: 'GroupNormalization',
    config: { groups: p.groups, axis: channelAxis(x.shape.length, dataFormat), epsilon: p.epsilon, ...kerasAffine(p) },
    notInTfjs: 'TensorFlow.js has no group normalisation.',
  }),
  torch(p, { x }, { dataFormat }) {
    const [rank, channels] = [x.shape.length, channelsOf(x, dataFormat)];
    const module = (isAffine: boolean) => `nn.GroupNorm(${p.groups}, ${channels}, eps=${p.epsilon}${isAffine ? '' : ', affine=False'})`;
    return torchAffine({ module, call: channelsSecond(rank) }, channels, rank, p);
  },
  examples: [
    { params: { groups: 2 }, inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
    { params: { groups: 3 }, inputs: { x: ['batch', 6, 3, 4] }, outputs: { y: ['batch', 6, 3, 4] }, dataFormat: 'channelsFirst' },
    { params: { groups: 2, scale: false }, inputs: { x: ['batch', 5, 6] }, outputs: { y: ['batch', 5, 6] } },
    { params: { groups: 2, center: false, scale: false }, inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
  ],
});
