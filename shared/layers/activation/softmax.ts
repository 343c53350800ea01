import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { channelAxis } from '../../graph/tensor';
import { torchChannelAxis } from '../_torch';
import { kerasActivation } from './_functions';
import { defineLayer, X, Y } from '../define';

export const softmax = defineLayer({
  type: 'softmax',
  version: 1,
  title: 'Softmax',
  category: 'activation',
  icon: 'percent',
  keywords: ['probabilities', 'classes'],
  docs: {
    summary: 'Turns scores of classes into probabilities that add up to 1.',
    details:
      'The classes are the channels: of an image each pixel has probabilities of its own, of a sequence each step. Before an output that is trained with cross-entropy the two are computed together, from the scores, which is exact for large scores too.',
    formula: 'y[i] = exp(x[i]) / Σ exp(x[j])',
    url: 'https://keras.io/api/layers/activation_layers/softmax/',
    torchName: 'nn.Softmax',
    torchCalls: ['nn.Softmax(dim=None)'],
    kerasCalls: ['Softmax(axis=-1)'],
  },
  params: z.strictObject({}),
  inputs: X,
  outputs: Y,
  saves: 'outputs',
  infer({ x }) {
    if (x.shape.length >= 2) return ok({ y: x });
    return err({ code: 'shape/rank', port: 'x', message: 'expects scores of classes, received one number per sample.' });
  },
  masks: () => 'keeps',
  lower: (b, { x }) => ({ y: b.softmax(x) }),
  keras: (_p, { x }, { dataFormat }) => {
    const axis = channelAxis(x.shape.length, dataFormat);
    // Keras's own layer would take the mask of a sequence's steps for one of the classes.
    if (x.shape.length === 3) return kerasActivation('softmax');
    if (axis === x.shape.length - 1) return { className: 'Softmax', config: { axis: -1 } };
    return {
      className: 'Softmax',
      config: { axis },
      notInTfjs: 'TensorFlow.js has a softmax over the last axis only. Make the network channels-last.',
    };
  },
  torch: (_p, { x }) => ({ init: `nn.Softmax(dim=${x.shape.length >= 4 ? torchChannelAxis(x.shape.length) : -1})` }),
  examples: [
    { inputs: { x: ['batch', 10] }, outputs: { y: ['batch', 10] } },
    { inputs: { x: ['batch', 4, 5] }, outputs: { y: ['batch', 4, 5] } },
    { inputs: { x: ['batch', 3, 4, 5] }, outputs: { y: ['batch', 3, 4, 5] } },
    { inputs: { x: ['batch', 5, 3, 4] }, outputs: { y: ['batch', 5, 3, 4] }, dataFormat: 'channelsFirst' },
  ],
});
