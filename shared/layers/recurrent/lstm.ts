import * as z from 'zod';
import { joinSummary } from '../_params';
import { defineLayer, X, Y } from '../define';
import { cellWeights } from './_cells';
import { commonParams, directionParams, dropoutParams, lstmParams, recurrentParams, weightParams } from './_params';
import { inferRecurrent, kerasRecurrent, longSequence, lowerRecurrent, recurrentMacs, torchRecurrent } from './_recurrent';

export const lstm = defineLayer({
  type: 'lstm',
  version: 1,
  title: 'LSTM',
  category: 'attention',
  icon: 'repeat',
  keywords: ['recurrent', 'rnn', 'long short-term memory', 'sequence', 'memory'],
  docs: {
    summary: 'Reads a sequence step by step and keeps a memory, with gates that learn what to keep, forget and give.',
    details:
      'The number of steps is fixed. Up to 256 are unrolled: each becomes operations of its own. More, up to 10,000, are one operation, ' +
      'where activations are tanh and sigmoid, recurrentDropout is 0 and no step is masked; else there are at most 512. ' +
      'At a masked step the state stays as it is.',
    formula: 'c = forget · c + input · tanh(cell);  y = output · tanh(c)',
    url: 'https://keras.io/api/layers/recurrent_layers/lstm/',
    torchName: 'nn.LSTM',
    torchCalls: ['nn.LSTM(input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False)'],
  },
  params: z.strictObject({ ...commonParams, ...lstmParams, ...dropoutParams, ...directionParams, ...weightParams }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, p) => inferRecurrent('lstm', x, p.units, recurrentParams(p)),
  warnings: ({ x }, p) => longSequence('lstm', x, recurrentParams(p)),
  weights: ({ x }, p) => cellWeights('lstm', x.shape[2] as number, recurrentParams(p)),
  macs: ({ x }, _outputs, p) => recurrentMacs('lstm', x, recurrentParams(p)),
  reach: () => 'global',
  summary: (p) => joinSummary(p.units, p.returnSequences ? 'every step' : '', p.goBackwards ? 'backwards' : ''),
  masks: (p) => (p.returnSequences ? 'readsAndKeeps' : 'reads'),
  lower: (b, { x }, weights, p, { training, masks }) => ({
    y: lowerRecurrent(b, 'lstm', { x, training, mask: masks['x'] }, weights, recurrentParams(p)),
  }),
  keras: (p) => kerasRecurrent('lstm', recurrentParams(p)),
  torch: (p, { x }) => torchRecurrent('lstm', x, recurrentParams(p)),
  examples: [
    { params: { units: 3 }, inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 3] } },
    {
      params: { units: 3, returnSequences: true, goBackwards: true },
      inputs: { x: ['batch', 5, 4] },
      outputs: { y: ['batch', 5, 3] },
    },
    { params: { units: 2, dropout: 0.2, recurrentDropout: 0.1 }, inputs: { x: ['batch', 3, 4] }, outputs: { y: ['batch', 2] } },
    { params: { units: 2, useBias: false, returnSequences: true }, inputs: { x: ['batch', 1, 4] }, outputs: { y: ['batch', 1, 2] } },
  ],
});
