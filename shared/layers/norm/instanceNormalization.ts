import * as z from 'zod';
import { err } from '../../graph/result';
import { expectImage } from '../_window';
import { channelAxis } from '../../graph/tensor';
import { defineLayer, X, Y } from '../define';
import { channelsSecond } from '../_torch';
import { affine, affineParams, affineWeights, kerasAffine, torchAffine } from './_affine';
import { channelsOf, epsilonOf, inferNormalized, innerAxes, normalized } from './_normalize';

export const instanceNormalization = defineLayer({
  type: 'instanceNormalization',
  version: 1,
  title: 'InstanceNormalization',
  category: 'normalization',
  icon: 'chart-column',
  keywords: ['instance norm', 'style'],
  docs: {
    summary: 'Gives each channel of each sample mean 0 and variance 1 over its positions, then a learned scale and offset.',
    formula: 'y = γ · (x − mean) / √(variance + ε) + β',
    url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.InstanceNorm2d.html',
    torchName: 'nn.InstanceNorm2d',
    torchCalls: [
      'nn.InstanceNorm2d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)',
      'nn.InstanceNorm1d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False)',
    ],
  },
  params: z.strictObject({ epsilon: epsilonOf(0.001), ...affineParams }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => {
    const problem = expectImage(x);
    return problem ? err(problem) : inferNormalized(x, dataFormat);
  },
  weights: ({ x }, p, { dataFormat }) => affineWeights(channelsOf(x, dataFormat), p),
  lower(b, { x }, weights, p) {
    return { y: affine(b, normalized(b, x, innerAxes(x), p.epsilon), weights) };
  },
  keras: (p, { x }, { dataFormat }) => ({
    className: 'GroupNormalization',
    config: { groups: channelsOf(x, dataFormat), axis: channelAxis(x.shape.length, dataFormat), epsilon: p.epsilon, ...kerasAffine(p) },
    notInTfjs: 'TensorFlow.js has no instance normalisation.',
  }),
  torch(p, { x }, { dataFormat }) {
    const [rank, channels] = [x.shape.length, channelsOf(x, dataFormat)];
    const module = (isAffine: boolean) => `nn.InstanceNorm2d(${channels}, eps=${p.epsilon}${isAffine ? ', affine=True' : ''})`;
    return torchAffine({ module, call: channelsSecond(rank) }, channels, rank, p);
  },
  examples: [
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
    { inputs: { x: ['batch', 6, 3, 4] }, outputs: { y: ['batch', 6, 3, 4] }, dataFormat: 'channelsFirst' },
    { params: { scale: false }, inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
  ],
});
