import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { channelAxis } from '../../graph/tensor';
import { knownChannels } from '../_window';
import { defineLayer, X, Y } from '../define';
import { affineParams } from './_affine';
import { batchNormShape, batchNormWeights, kerasBatchNorm, lowerBatchNorm, torchBatchNormLayer } from './_batchNorm';

export const batchNormalization = defineLayer({
  type: 'batchNormalization',
  version: 1,
  title: 'BatchNormalization',
  category: 'normalization',
  icon: 'chart-column',
  keywords: ['batch norm', 'bn', 'normalise'],
  docs: {
    summary: 'Gives each channel mean 0 and variance 1 over the batch, then a learned scale and offset.',
    details: 'In training by the statistics of the batch, in inference by their moving averages.',
    formula: 'y = γ · (x − mean) / √(variance + ε) + β',
    url: 'https://keras.io/api/layers/normalization_layers/batch_normalization/',
    kerasOthers: {
      moving_mean_initializer: 'It starts at 0, as in Keras by default.',
      moving_variance_initializer: 'It starts at 1, as in Keras by default.',
      renorm: 'Batch renormalisation is not there; a groupNormalization does not depend on the batch.',
      renorm_clipping: 'Of renorm.',
      renorm_momentum: 'Of renorm.',
      synchronized: 'A network is trained by one process.',
    },
    torchName: 'nn.BatchNorm2d',
    torchCalls: [
      'nn.BatchNorm2d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)',
      'nn.BatchNorm1d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)',
    ],
    kerasCalls: ['BatchNormalization(axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True)'],
  },
  params: z.strictObject({ ...batchNormShape, ...affineParams }),
  inputs: X,
  outputs: Y,
  infer({ x }, _p, { dataFormat }) {
    const channels = knownChannels(x, channelAxis(x.shape.length, dataFormat));
    return typeof channels === 'number' ? ok({ y: x }) : err(channels);
  },
  weights: ({ x }, p, { dataFormat }) => batchNormWeights(x.shape[channelAxis(x.shape.length, dataFormat)] as number, p),
  masks: () => 'readsAndKeeps',
  lower: (b, { x }, weights, p, context) => ({ y: lowerBatchNorm(b, x, weights, p, context) }),
  keras: (p, { x }, { dataFormat }) => kerasBatchNorm(x, p, dataFormat),
  torch: (p, { x }, { dataFormat }) => torchBatchNormLayer(x, x.shape[channelAxis(x.shape.length, dataFormat)] as number, p),
  examples: [
    { inputs: { x: ['batch', 8, 8, 16] }, outputs: { y: ['batch', 8, 8, 16] } },
    { inputs: { x: ['batch', 32] }, outputs: { y: ['batch', 32] } },
    { inputs: { x: ['batch', 16, 8, 8] }, outputs: { y: ['batch', 16, 8, 8] }, dataFormat: 'channelsFirst' },
    { params: { scale: false }, inputs: { x: ['batch', 4, 5, 3] }, outputs: { y: ['batch', 4, 5, 3] } },
    { params: { center: false }, inputs: { x: ['batch', 3, 4, 5] }, outputs: { y: ['batch', 3, 4, 5] }, dataFormat: 'channelsFirst' },
    { params: { center: false, scale: false }, inputs: { x: ['batch', 5, 3] }, outputs: { y: ['batch', 5, 3] } },
  ],
});
