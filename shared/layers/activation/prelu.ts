import * as z from 'zod';
import { channelAxis, type DataFormat, type TensorType } from '../../graph/tensor';
import { err, ok } from '../../graph/result';
import { knownChannels } from '../_window';
import { calledChannelsSecond } from '../_torch';
import { constraintOf, kerasConstraint } from '../_constraints';
import { kerasRegularizer, regularizer, torchDecay, weight } from '../_weights';
import { defineLayer, X, Y } from '../define';
import { leaky } from './_functions';

/** One slope per channel, in Keras's shape: 1 along the axes that share it. */
function alphaShape({ shape }: TensorType, dataFormat: DataFormat): readonly number[] {
  const channels = channelAxis(shape.length, dataFormat);
  return shape.slice(1).map((size, index) => (index + 1 === channels ? (size as number) : 1));
}

export const prelu = defineLayer({
  type: 'prelu',
  version: 1,
  title: 'PReLU',
  category: 'activation',
  icon: 'trending-up',
  keywords: ['activation', 'parametric relu', 'learned slope'],
  docs: {
    summary: 'A leaky ReLU that learns its slope, one for each channel.',
    formula: 'y = x for x > 0, else alpha[c] · x',
    url: 'https://keras.io/api/layers/activation_layers/prelu/',
    kerasOthers: {
      shared_axes: 'All but the channels: a slope for each of these.',
    },
    kerasDefaults: { alphaInitializer: 'The slope itself, the same for all channels: 0 is Keras’s `zeros`.' },
    torchName: 'nn.PReLU',
  },
  params: z.strictObject({
    alphaInitializer: z
      .number()
      .min(-10)
      .max(10)
      .default(0)
      .describe('The slope at the start; PyTorch starts at 0.25.')
      .meta({ torch: 'init' }),
    alphaRegularizer: regularizer.describe('What large slopes add to the loss.').meta({ advanced: true, ...torchDecay }),
    alphaConstraint: constraintOf('the slopes'),
  }),
  inputs: X,
  outputs: Y,
  infer({ x }, _p, { dataFormat }) {
    const channels = knownChannels(x, channelAxis(x.shape.length, dataFormat));
    return typeof channels === 'number' ? ok({ y: x }) : err(channels);
  },
  weights: ({ x }, p, { dataFormat }) => [
    weight('alpha', alphaShape(x, dataFormat), { kind: 'constant', value: p.alphaInitializer }, p.alphaRegularizer, p.alphaConstraint),
  ],
  masks: () => 'keeps',
  lower(b, { x }, { alpha }) {
    const slope = alpha as NonNullable<typeof alpha>;
    return { y: leaky(b, x, b.reshape(slope, [x.type.shape.at(-1) as number])) };
  },
  keras(p, { x }, { dataFormat }) {
    const shared = alphaShape(x, dataFormat).flatMap((_, index) =>
      index + 1 === channelAxis(x.shape.length, dataFormat) ? [] : [index + 1],
    );
    const initializer = { class_name: 'Constant', config: { value: p.alphaInitializer } };
    return {
      className: 'PReLU',
      config: {
        shared_axes: shared,
        alpha_initializer: initializer,
        alpha_regularizer: kerasRegularizer(p.alphaRegularizer),
        alpha_constraint: kerasConstraint(p.alphaConstraint),
      },
    };
  },
  torch: (p, { x }, { dataFormat }) => ({
    init: `nn.PReLU(${x.shape[channelAxis(x.shape.length, dataFormat)] as number}, init=${p.alphaInitializer})`,
    ...calledChannelsSecond(x.shape.length),
    weights: { weight: { from: 'alpha', shape: [x.shape[channelAxis(x.shape.length, dataFormat)] as number] } },
  }),
  examples: [
    { inputs: { x: ['batch', 4, 5, 3] }, outputs: { y: ['batch', 4, 5, 3] } },
    {
      params: { alphaInitializer: 0.25 },
      inputs: { x: ['batch', 3, 4, 5] },
      outputs: { y: ['batch', 3, 4, 5] },
      dataFormat: 'channelsFirst',
    },
  ],
});
