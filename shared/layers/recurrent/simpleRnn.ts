import * as z from 'zod';
import { joinSummary } from '../_params';
import { defineLayer, X, Y } from '../define';
import { cellWeights } from './_cells';
import { activationParam, commonParams, directionParams, dropoutParams, recurrentParams, weightParams } from './_params';
import { inferRecurrent, kerasRecurrent, longSequence, lowerRecurrent, recurrentMacs, torchRecurrent } from './_recurrent';

export const simpleRnn = defineLayer({
  type: 'simpleRnn',
  version: 1,
  title: 'SimpleRNN',
  category: 'attention',
  icon: 'repeat',
  keywords: ['recurrent', 'rnn', 'elman', 'sequence'],
  docs: {
    summary: 'Reads a sequence step by step; each output is computed from the step and the output before it.',
    details:
      'Unrolled: each step becomes operations of its own, so the number of steps is fixed. At a masked step the state stays as it is. LSTM and GRU remember longer.',
    formula: 'y = tanh(x · kernel + y · recurrentKernel + bias)',
    url: 'https://keras.io/api/layers/recurrent_layers/simple_rnn/',
    torchName: 'nn.RNN',
    torchCalls: [
      "nn.RNN(input_size, hidden_size, num_layers=1, nonlinearity='tanh', bias=True, batch_first=False, dropout=0.0, bidirectional=False)",
    ],
  },
  params: z.strictObject({ ...commonParams, activation: activationParam, ...dropoutParams, ...directionParams, ...weightParams }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, p) => inferRecurrent('simpleRnn', x, p.units, recurrentParams(p)),
  warnings: ({ x }, p) => longSequence('simpleRnn', x, recurrentParams(p)),
  weights: ({ x }, p) => cellWeights('simpleRnn', x.shape[2] as number, recurrentParams(p)),
  macs: ({ x }, _outputs, p) => recurrentMacs('simpleRnn', x, recurrentParams(p)),
  reach: () => 'global',
  summary: (p) => joinSummary(p.units, p.returnSequences ? 'every step' : '', p.goBackwards ? 'backwards' : ''),
  masks: (p) => (p.returnSequences ? 'readsAndKeeps' : 'reads'),
  lower: (b, { x }, weights, p, { training, masks }) => ({
    y: lowerRecurrent(b, 'simpleRnn', { x, training, mask: masks['x'] }, weights, recurrentParams(p)),
  }),
  keras: (p) => kerasRecurrent('simpleRnn', recurrentParams(p)),
  torch: (p, { x }) => torchRecurrent('simpleRnn', x, recurrentParams(p)),
  examples: [
    { params: { units: 3 }, inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 3] } },
    {
      params: { units: 3, returnSequences: true, goBackwards: true },
      inputs: { x: ['batch', 5, 4] },
      outputs: { y: ['batch', 5, 3] },
    },
    { params: { units: 2, activation: 'relu', useBias: false }, inputs: { x: ['batch', 3, 2] }, outputs: { y: ['batch', 2] } },
  ],
});
