import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { channelAxis, type TensorType } from '../../graph/tensor';
import { calledChannelsSecond, within } from '../_torch';
import { knownChannels } from '../_window';
import { defineLayer, X, Y } from '../define';
import { batchNormShape, batchNormTensors, batchNormWeights, lowerBatchNorm, torchBatchNorm } from '../norm/_batchNorm';
import { preActivationParts } from './_residual';

export const preActivation = defineLayer({
  type: 'preActivation',
  version: 1,
  title: 'Pre-activation',
  category: 'residual',
  icon: 'activity',
  keywords: ['bn relu', 'batch norm', 'activation'],
  docs: {
    summary: 'Batch normalisation, then ReLU: what stands before each convolution of a pre-activation residual block.',
    details:
      'He et al. 2016, “Identity Mappings in Deep Residual Networks”: with the activation before the weights, the shortcut stays a clean identity from block to block.',
    formula: 'y = max(γ · (x − mean) / √(variance + ε) + β, 0)',
    url: 'https://arxiv.org/abs/1603.05027',
    torchName: 'nn.BatchNorm2d + nn.ReLU',
  },
  params: z.strictObject(batchNormShape),
  inputs: X,
  outputs: Y,
  saves: 'all',
  infer({ x }, _p, { dataFormat }) {
    const channels = knownChannels(x, channelAxis(x.shape.length, dataFormat));
    return typeof channels === 'number' ? ok({ y: x }) : err(channels);
  },
  weights: ({ x }, _p, { dataFormat }) => batchNormWeights(x.shape[channelAxis(x.shape.length, dataFormat)] as number),
  summary: () => 'BN + ReLU',
  masks: () => 'readsAndKeeps',
  lower: (b, { x }, weights, p, context) => ({ y: b.relu(lowerBatchNorm(b, x, weights, p, context)) }),
  keras: (p, { x }, { dataFormat }) => ({ parts: preActivationParts(x, p, dataFormat), outputs: { y: 'relu' } }),
  torch: (p, { x }: { x: TensorType }, { dataFormat }) => ({
    init: `nn.Sequential(${torchBatchNorm(x, x.shape[channelAxis(x.shape.length, dataFormat)] as number, p)}, nn.ReLU())`,
    ...calledChannelsSecond(x.shape.length),
    weights: within('0', batchNormTensors),
  }),
  examples: [
    { inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 4, 3] } },
    { inputs: { x: ['batch', 8, 8, 16] }, outputs: { y: ['batch', 8, 8, 16] } },
    { inputs: { x: ['batch', 16, 8, 8] }, outputs: { y: ['batch', 16, 8, 8] }, dataFormat: 'channelsFirst' },
  ],
});
