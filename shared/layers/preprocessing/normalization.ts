import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { channelAxis } from '../../graph/tensor';
import { knownChannels } from '../_window';
import { defineLayer, X, Y } from '../define';

/** Keras divides by at least this. */
const LEAST_DEVIATION = 1e-7;

export const normalization = defineLayer({
  type: 'normalization',
  version: 1,
  title: 'Normalization',
  category: 'preprocessing',
  icon: 'chart-column',
  keywords: ['standardise', 'standardisation', 'mean', 'variance', 'adapt', 'z-score'],
  docs: {
    summary: 'Gives each channel mean 0 and variance 1 over the whole data set.',
    details:
      'Mean and variance are taken from the training data before the first step and then stay as they are. Until then they are 0 and 1.',
    formula: 'y = (x − mean) / √variance',
    url: 'https://keras.io/api/layers/preprocessing_layers/numerical/normalization/',
    kerasOthers: {
      mean: 'Taken from the training data.',
      variance: 'Taken from the training data.',
      invert: 'A scale and a shift turn it round.',
    },
    torchName: 'torchvision.transforms.Normalize',
  },
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  infer({ x }, _p, { dataFormat }) {
    const channels = knownChannels(x, channelAxis(x.shape.length, dataFormat));
    return typeof channels === 'number' ? ok({ y: x }) : err(channels);
  },
  weights({ x }, _p, { dataFormat }) {
    const shape = [x.shape[channelAxis(x.shape.length, dataFormat)] as number];
    return [
      { name: 'mean', shape, initializer: { kind: 'zeros' }, trainable: false },
      { name: 'variance', shape, initializer: { kind: 'ones' }, trainable: false },
    ];
  },
  adapts: { mean: 'mean', variance: 'variance' },
  masks: () => 'keeps',
  lower(b, { x }, { mean, variance }) {
    const deviation = b.maximum(b.sqrt(variance as NonNullable<typeof variance>), b.scalar(LEAST_DEVIATION));
    return { y: b.div(b.sub(x, mean as NonNullable<typeof mean>), deviation) };
  },
  // Keras's Normalization also keeps a count that nothing reads; a batch norm that does not learn is the same.
  keras: (_p, { x }, { dataFormat }) => ({
    className: 'BatchNormalization',
    config: {
      axis: channelAxis(x.shape.length, dataFormat) === x.shape.length - 1 ? -1 : 1,
      epsilon: LEAST_DEVIATION ** 2,
      center: false,
      scale: false,
      trainable: false,
    },
    weights: ['mean', 'variance'],
    weightNames: { mean: 'moving_mean', variance: 'moving_variance' },
  }),
  torch(_p, { x }, { dataFormat }) {
    const channels = x.shape[channelAxis(x.shape.length, dataFormat)] as number;
    const call = (value: string) => `F.batch_norm(${value}, self.layer.running_mean, self.layer.running_var, eps=${LEAST_DEVIATION ** 2})`;
    return {
      init: `nn.BatchNorm1d(${channels}, affine=False)`,
      forward: x.shape.length === 3 ? `${call('x.transpose(1, 2)')}.transpose(1, 2)` : call('x'),
      weights: { running_mean: { from: 'mean' }, running_var: { from: 'variance' } },
    };
  },
  examples: [
    { inputs: { x: ['batch', 5] }, outputs: { y: ['batch', 5] } },
    { inputs: { x: ['batch', 4, 4, 3] }, outputs: { y: ['batch', 4, 4, 3] } },
    { inputs: { x: ['batch', 3, 4, 4] }, outputs: { y: ['batch', 3, 4, 4] }, dataFormat: 'channelsFirst' },
  ],
});
