import * as z from 'zod';
import { multiplyDims } from '../../graph/dim';
import type { Builder, Value } from '../../program/builder';
import { joinSummary } from '../_params';
import { defineLayer, unsupported, X, Y } from '../define';
import { cellWeights, type CellKind } from './_cells';
import { commonParams, dropoutParams, gruParams, kerasRecurrentConfig, lstmParams, recurrentParams, weightParams } from './_params';
import {
  inferRecurrent,
  KERAS_CLASSES,
  kerasRecurrent,
  longSequence,
  notInTorch,
  recurrentMacs,
  torchModule,
  torchWeights,
} from './_recurrent';
import { readSequence } from './_sequence';

const params = z.strictObject({
  layer: z.enum(['lstm', 'gru', 'simpleRnn']).default('lstm').describe('What reads the sequence in each direction.'),
  ...commonParams,
  mergeMode: z
    .enum(['concat', 'sum', 'mul', 'ave'])
    .default('concat')
    .describe('How both outputs become one.')
    .meta({ torchNote: 'PyTorch always puts them side by side.' }),
  ...lstmParams,
  ...gruParams,
  ...dropoutParams,
  ...weightParams,
});
type Params = z.output<typeof params>;

const widthOf = (p: Params) => (p.mergeMode === 'concat' ? 2 * p.units : p.units);

type Direction = 'forward' | 'backward';

function ours(direction: Direction): (name: string) => string {
  return (name) => `${direction}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Keras names both inner layers by their direction. */
function kerasNames(layer: CellKind): Readonly<Record<string, string>> {
  const names = { kernel: 'kernel', recurrentKernel: 'recurrent_kernel', bias: 'bias' };
  return Object.fromEntries(
    (['forward', 'backward'] as const).flatMap((direction) =>
      Object.entries(names).map(([name, keras]) => [ours(direction)(name), `${direction}_${layer}/${keras}`]),
    ),
  );
}

/** The weights of one direction, under a cell's own names. */
function weightsOf(weights: Readonly<Record<string, Value>>, direction: Direction): Readonly<Record<string, Value>> {
  const names = ['kernel', 'recurrentKernel', 'bias'].map((name) => [name, weights[ours(direction)(name)]] as const);
  return Object.fromEntries(names.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined));
}

function merged(b: Builder, forward: Value, backward: Value, mode: Params['mergeMode']): Value {
  switch (mode) {
    case 'concat':
      return b.concat([forward, backward], forward.type.shape.length - 1);
    case 'sum':
      return b.add(forward, backward);
    case 'mul':
      return b.mul(forward, backward);
    case 'ave':
      return b.mul(b.add(forward, backward), b.scalar(0.5));
  }
}

export const bidirectional = defineLayer({
  type: 'bidirectional',
  version: 1,
  title: 'Bidirectional',
  category: 'attention',
  icon: 'arrow-left-right',
  keywords: ['recurrent', 'rnn', 'bilstm', 'bigru', 'both directions'],
  docs: {
    summary: 'Two recurrent layers over one sequence: one reads it from the front, one from the back.',
    details:
      'Without the output of every step, each gives the output of the step that it reads last. recurrentActivation is of LSTM and GRU, ' +
      'unitForgetBias of the LSTM, resetAfter of the GRU only.',
    formula: 'y = [forward(x), backward(x)]',
    url: 'https://keras.io/api/layers/recurrent_layers/bidirectional/',
    kerasOthers: {
      backward_layer: 'The same kind of layer reads backwards, with weights of its own.',
    },
    torchName: 'nn.LSTM(bidirectional=True)',
  },
  params,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p) => inferRecurrent(p.layer, x, widthOf(p), recurrentParams(p)),
  warnings: ({ x }, { layer, ...p }) => longSequence(layer, x, recurrentParams(p)),
  weights: ({ x }, { layer, ...p }) =>
    (['forward', 'backward'] as const).flatMap((direction) =>
      cellWeights(layer, x.shape[2] as number, recurrentParams(p)).map((spec) => ({ ...spec, name: ours(direction)(spec.name) })),
    ),
  macs: ({ x }, _outputs, { layer, ...p }) => multiplyDims(recurrentMacs(layer, x, recurrentParams(p)), 2),
  reach: () => 'global',
  summary: (p) => joinSummary(p.layer, p.units, p.returnSequences ? 'every step' : ''),
  masks: (p) => (p.returnSequences ? 'readsAndKeeps' : 'reads'),
  lower(b, { x }, weights, { layer, mergeMode, ...p }, { training, masks }) {
    const run = (direction: Direction) =>
      readSequence(
        b,
        layer,
        { x, training, mask: masks['x'] },
        weightsOf(weights, direction),
        recurrentParams({ ...p, goBackwards: direction === 'backward' }),
      );
    const [forward, backward] = [run('forward'), run('backward')];
    if (!p.returnSequences) return { y: merged(b, forward.last(), backward.last(), mergeMode) };
    const y = merged(b, forward.every('asGiven'), backward.every('asGiven'), mergeMode);
    const mask = masks['x'];
    // As in Keras, which gives zeros at masked steps here, and in a single direction the output before.
    return { y: mask ? b.mul(y, b.reshape(mask, [...mask.type.shape, 1])) : y };
  },
  keras({ layer, mergeMode, ...own }) {
    const p = recurrentParams(own);
    const inner = { class_name: KERAS_CLASSES[layer], config: { name: layer, ...kerasRecurrentConfig(layer, p) } };
    const single = kerasRecurrent(layer, p);
    return {
      className: 'Bidirectional',
      config: { layer: inner, merge_mode: mergeMode },
      weightNames: kerasNames(layer),
      ...('notInTfjs' in single ? { notInTfjs: single.notInTfjs } : {}),
    };
  },
  torch({ layer, mergeMode, ...own }, { x }) {
    const p = recurrentParams(own);
    const reason =
      mergeMode === 'concat' ? notInTorch(layer, p) : 'PyTorch puts both directions side by side only. Set mergeMode to concat.';
    if (reason !== undefined) return unsupported(reason);
    if (p.dropout > 0) return unsupported('PyTorch’s two directions read the same dropped input. Put a spatialDropout1d before it.');
    const last = `torch.cat([y[:, -1, :${p.units}], y[:, 0, ${p.units}:]], -1)`;
    return {
      init: torchModule(layer, x, p, ', bidirectional=True'),
      forward: p.returnSequences ? 'self.layer(x)[0]' : `(lambda y: ${last})(self.layer(x)[0])`,
      weights: { ...torchWeights(layer, p, ours('forward'), 'l0'), ...torchWeights(layer, p, ours('backward'), 'l0_reverse') },
    };
  },
  examples: [
    { params: { units: 3 }, inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 6] } },
    { params: { units: 3, returnSequences: true }, inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 5, 6] } },
    {
      params: { layer: 'gru', units: 3, returnSequences: true },
      inputs: { x: ['batch', 4, 2] },
      outputs: { y: ['batch', 4, 6] },
    },
    {
      params: { layer: 'simpleRnn', units: 3, mergeMode: 'ave', returnSequences: true },
      inputs: { x: ['batch', 4, 2] },
      outputs: { y: ['batch', 4, 3] },
    },
    {
      params: { layer: 'gru', units: 2, mergeMode: 'sum', resetAfter: false, activation: 'relu' },
      inputs: { x: ['batch', 4, 2] },
      outputs: { y: ['batch', 2] },
    },
    {
      params: {
        layer: 'lstm',
        units: 2,
        mergeMode: 'mul',
        recurrentActivation: 'tanh',
        unitForgetBias: false,
        dropout: 0.2,
        recurrentDropout: 0.1,
      },
      inputs: { x: ['batch', 3, 2] },
      outputs: { y: ['batch', 2] },
    },
  ],
});
