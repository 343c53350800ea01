import * as z from 'zod';
import { joinSummary } from '../_params';
import { defineLayer, X, Y } from '../define';
import { cellWeights } from './_cells';
import { commonParams, directionParams, dropoutParams, gruParams, recurrentParams, weightParams } from './_params';
import { inferRecurrent, kerasRecurrent, longSequence, lowerRecurrent, recurrentMacs, torchRecurrent } from './_recurrent';

export const gru = defineLayer({
  type: 'gru',
  version: 1,
  title: 'GRU',
  category: 'attention',
  icon: 'repeat',
  keywords: ['recurrent', 'rnn', 'gated recurrent unit', 'sequence'],
  docs: {
    summary: 'Reads a sequence step by step; two gates learn how much of its state to keep and to look at.',
    details:
      'Unrolled: each step becomes operations of its own, so the number of steps is fixed. At a masked step the state stays as it is.',
    formula: 'y = update · y + (1 − update) · tanh(x · kernel + reset · (y · recurrentKernel))',
    url: 'https://keras.io/api/layers/recurrent_layers/gru/',
    torchName: 'nn.GRU',
    torchCalls: ['nn.GRU(input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False)'],
  },
  params: z.strictObject({ ...commonParams, ...gruParams, ...dropoutParams, ...directionParams, ...weightParams }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, p) => inferRecurrent('gru', x, p.units, recurrentParams(p)),
  warnings: ({ x }, p) => longSequence('gru', x, recurrentParams(p)),
  weights: ({ x }, p) => cellWeights('gru', x.shape[2] as number, recurrentParams(p)),
  macs: ({ x }, _outputs, p) => recurrentMacs('gru', x, recurrentParams(p)),
  reach: () => 'global',
  summary: (p) => joinSummary(p.units, p.returnSequences ? 'every step' : '', p.goBackwards ? 'backwards' : ''),
  masks: (p) => (p.returnSequences ? 'readsAndKeeps' : 'reads'),
  lower: (b, { x }, weights, p, { training, masks }) => ({
    y: lowerRecurrent(b, 'gru', { x, training, mask: masks['x'] }, weights, recurrentParams(p)),
  }),
  keras: (p) => kerasRecurrent('gru', recurrentParams(p)),
  torch: (p, { x }) => torchRecurrent('gru', x, recurrentParams(p)),
  examples: [
    { params: { units: 3 }, inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 3] } },
    {
      params: { units: 3, returnSequences: true, goBackwards: true },
      inputs: { x: ['batch', 5, 4] },
      outputs: { y: ['batch', 5, 3] },
    },
    { params: { units: 3, resetAfter: false }, inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 3] } },
    { params: { units: 2, dropout: 0.2 }, inputs: { x: ['batch', 3, 4] }, outputs: { y: ['batch', 2] } },
    { params: { units: 2, useBias: false }, inputs: { x: ['batch', 3, 2] }, outputs: { y: ['batch', 2] } },
  ],
});
