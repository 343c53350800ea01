import type { Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import type { Initializer } from '../../program/initializer';
import type { WeightSpec } from '../define';
import { initializerOf } from '../_initializers';
import { weight } from '../_weights';
import { dropMask } from '../regularization/_noise';
import type { RecurrentParams } from './_params';

/** What one kind of recurrent layer does at each step. */
export interface Cell {
  /** Blocks of `units` columns in its kernels. */
  readonly gates: number;
  /** Rows of its bias: one, or one for the input and one for the state. */
  readonly biases: (p: RecurrentParams) => 1 | 2;
  /** How many gates' products with the state are computed together. */
  readonly apart: (p: RecurrentParams) => readonly number[];
  /** `x` is the input's part of all gates, `[batch, gates · units]`; a state that is undefined is 0. */
  step(b: Builder, x: Value, state: State | undefined, weights: CellWeights, p: RecurrentParams): State;
}

/** `[batch, units]` each; only the LSTM has a memory beside its output. */
interface State {
  readonly output: Value;
  readonly memory?: Value;
}

interface CellWeights {
  /** Columns of the kernel over the state, and the first gate that they are of. */
  readonly blocks: readonly { readonly kernel: Value; readonly gate: number }[];
  /** Of the state's part, where it has one of its own. */
  readonly recurrentBias?: Value | undefined;
  /** What of the state each gate sees in training, `[batch, units]` each; all of it where left out. */
  readonly seen?: readonly Value[] | undefined;
}

/** The state's part of the gates `from` to below `to`. */
function ofState(b: Builder, state: Value, { blocks, seen }: CellWeights, from: number, to: number): Value {
  const products = blocks
    .filter(({ gate }) => gate >= from && gate < to)
    .map(({ kernel, gate }) => b.matMul(seen ? b.mul(state, seen[gate] as Value) : state, kernel));
  return b.concat(products, 1);
}

const ACTIVATIONS = {
  linear: (_b: Builder, x: Value) => x,
  tanh: (b: Builder, x: Value) => b.tanh(x),
  sigmoid: (b: Builder, x: Value) => b.sigmoid(x),
  relu: (b: Builder, x: Value) => b.relu(x),
} as const;

const simpleRnn: Cell = {
  gates: 1,
  biases: () => 1,
  apart: () => [1],
  step(b, x, state, weights, p) {
    const sum = state ? b.add(x, ofState(b, state.output, weights, 0, 1)) : x;
    return { output: ACTIVATIONS[p.activation](b, sum) };
  },
};

/** Hochreiter & Schmidhuber 1997, with a forget gate (Gers et al. 2000). Gates in Keras's order: input, forget, cell, output. */
const lstm: Cell = {
  gates: 4,
  biases: () => 1,
  apart: () => [4],
  step(b, x, state, weights, p) {
    const { units } = p;
    const gate = ACTIVATIONS[p.recurrentActivation];
    const activation = ACTIVATIONS[p.activation];
    const sum = state ? b.add(x, ofState(b, state.output, weights, 0, 4)) : x;
    const [input, forget, cell, output] = b.split(sum, 1, [units, units, units, units]) as [Value, Value, Value, Value];
    const added = b.mul(gate(b, input), activation(b, cell));
    const memory = state?.memory ? b.add(b.mul(gate(b, forget), state.memory), added) : added;
    return { output: b.mul(gate(b, output), activation(b, memory)), memory };
  },
};

/**
 * Cho et al. 2014; the reset gate is applied after the product with the state, as cuDNN, Keras and PyTorch do, or before
 * it. Gates in Keras's order: update, reset, candidate.
 */
const gru: Cell = {
  gates: 3,
  biases: ({ resetAfter }) => (resetAfter ? 2 : 1),
  apart: ({ resetAfter }) => (resetAfter ? [3] : [2, 1]),
  step(b, x, state, weights, p) {
    const { units } = p;
    const gate = ACTIVATIONS[p.recurrentActivation];
    const [xUpdate, xReset, xCandidate] = b.split(x, 1, [units, units, units]) as [Value, Value, Value];
    const { update, candidate } = p.resetAfter ? resetAfter() : resetBefore();
    const next = b.mul(b.sub(b.scalar(1), update), ACTIVATIONS[p.activation](b, candidate));
    return { output: state ? b.add(b.mul(update, state.output), next) : next };

    function resetAfter() {
      const own = fromState(b, x.type.shape[0] as Dim, state, weights, units);
      if (!own) return { update: gate(b, xUpdate), candidate: xCandidate };
      const [update, reset, candidate] = b.split(own, 1, [units, units, units]) as [Value, Value, Value];
      return {
        update: gate(b, b.add(xUpdate, update)),
        candidate: b.add(xCandidate, b.mul(gate(b, b.add(xReset, reset)), candidate)),
      };
    }

    function resetBefore() {
      if (!state) return { update: gate(b, xUpdate), candidate: xCandidate };
      const [update, reset] = b.split(ofState(b, state.output, weights, 0, 2), 1, [units, units]) as [Value, Value];
      const left = b.mul(gate(b, b.add(xReset, reset)), state.output);
      return { update: gate(b, b.add(xUpdate, update)), candidate: b.add(xCandidate, ofState(b, left, weights, 2, 3)) };
    }
  },
};

/** The state's part of all gates; undefined where it is 0. */
function fromState(b: Builder, batch: Dim, state: State | undefined, weights: CellWeights, units: number): Value | undefined {
  const { recurrentBias } = weights;
  if (!state) return recurrentBias && b.broadcastTo(recurrentBias, [batch, 3 * units]);
  const product = ofState(b, state.output, weights, 0, 3);
  return recurrentBias ? b.add(product, recurrentBias) : product;
}

/** The kinds of recurrent layers, by their layers' types. */
export const cells = { lstm, gru, simpleRnn } as const;
export type CellKind = keyof typeof cells;

/** A cell's weights in Keras's shapes and order. */
export function cellWeights(kind: CellKind, channels: number, p: RecurrentParams): readonly WeightSpec[] {
  const cell = cells[kind];
  const width = cell.gates * p.units;
  const kernels = [
    weight('kernel', [channels, width], p.kernelInitializer, p.kernelRegularizer, p.kernelConstraint),
    weight('recurrentKernel', [p.units, width], p.recurrentInitializer, p.recurrentRegularizer, p.recurrentConstraint),
  ];
  if (!p.useBias) return kernels;
  const shape = cell.biases(p) === 2 ? [2, width] : [width];
  const bias = weight('bias', shape, p.biasInitializer, p.biasRegularizer, p.biasConstraint);
  return [...kernels, kind === 'lstm' && p.unitForgetBias ? { ...bias, initializer: forgetGateOpen(p) } : bias];
}

/** The forget gate's bias starts at 1, so that what is remembered is kept at first (Jozefowicz et al. 2015). */
function forgetGateOpen({ units, biasInitializer }: RecurrentParams): Initializer {
  const part = (size: number) => ({ size, initializer: initializerOf(biasInitializer, [size]) });
  return { kind: 'parts', parts: [part(units), { size: units, initializer: { kind: 'ones' } }, part(2 * units)] };
}

/** What a cell reads: a sequence `[batch, steps, channels]`, and whether that is to train. */
export interface Read {
  readonly x: Value;
  readonly training: boolean;
  /** Which steps count, `[batch, steps]`; all where left out. At the others the state stays as it is. */
  readonly mask: Value | undefined;
}

/**
 * A cell over all steps of a sequence, unrolled: a block of operations a step. Gives the output of each step, in the order in
 * which they were computed.
 */
export function unrolled(
  b: Builder,
  kind: CellKind,
  { x, training, mask }: Read,
  weights: Readonly<Record<string, Value>>,
  p: RecurrentParams,
): readonly Value[] {
  const cell = cells[kind];
  const [batch, steps] = x.type.shape as [Dim, number, Dim];
  const width = cell.gates * p.units;
  const [bias, recurrentBias] = biasRows(b, weights['bias'], cell.biases(p), width);
  const own = training ? p : { ...p, dropout: 0, recurrentDropout: 0 };
  const projected = projection(b, cell, x, weights['kernel'] as Value, own);
  const parts = b.split(bias ? b.add(projected, bias) : projected, 0, ones(steps));
  const inputs = parts.map((part) => b.reshape(part, [batch, width]));
  const seen = own.recurrentDropout > 0 ? dropMasks(b, cell.gates, own.recurrentDropout, [batch, p.units]) : undefined;
  const blocks = kernelBlocks(b, weights['recurrentKernel'] as Value, seen ? ones(cell.gates) : cell.apart(p), p);
  const cellWeightValues = { blocks, recurrentBias, seen };
  // Of a single step the state has no part, but its weights are the layer's and are exported with it.
  let state: State | undefined = steps === 1 ? zeroState(b, batch, p) : undefined;
  const counts = mask ? b.split(mask, 1, ones(steps)) : [];
  const inOrder = <T>(list: readonly T[]) => (p.goBackwards ? list.toReversed() : list);
  const countsInOrder = inOrder(counts);
  return inOrder(inputs).map((input, index) => {
    state = where(b, countsInOrder[index], cell.step(b, input, state, cellWeightValues, p), state);
    return state.output;
  });
}

/** The next state where the step counts, else the one before; at first that is 0. */
function where(b: Builder, counts: Value | undefined, next: State, before: State | undefined): State {
  if (!counts) return next;
  const chosen = (value: Value, old: Value | undefined) => {
    const change = b.mul(counts, old ? b.sub(value, old) : value);
    return old ? b.add(old, change) : change;
  };
  const output = chosen(next.output, before?.output);
  return next.memory ? { output, memory: chosen(next.memory, before?.memory) } : { output };
}

function ones(count: number): readonly number[] {
  return new Array<number>(count).fill(1);
}

/** A kernel parted once for all steps: so many gates together. */
function kernelBlocks(b: Builder, kernel: Value, together: readonly number[], { units }: RecurrentParams): CellWeights['blocks'] {
  if (together.length === 1) return [{ kernel, gate: 0 }];
  const parts = b.split(
    kernel,
    1,
    together.map((gates) => gates * units),
  );
  return parts.map((part, index) => ({ kernel: part, gate: together.slice(0, index).reduce((sum, gates) => sum + gates, 0) }));
}

/**
 * The input's part of all gates, `[steps, batch, gates · units]`, so that each step's lies together: one product. As in Keras it is one a
 * gate, each with a dropout of its own, where the state has a dropout too.
 */
function projection(b: Builder, { gates }: Cell, x: Value, kernel: Value, p: RecurrentParams): Value {
  const stepsFirst = b.transpose(x, [1, 0, 2]);
  if (p.dropout === 0) return b.matMul(stepsFirst, kernel);
  const [batch, , channels] = x.type.shape as [Dim, Dim, Dim];
  const blocks = kernelBlocks(b, kernel, p.recurrentDropout > 0 ? ones(gates) : [gates], p);
  const masks = dropMasks(b, blocks.length, p.dropout, [1, batch, channels]);
  const products = blocks.map((block, index) => b.matMul(b.mul(stepsFirst, masks[index] as Value), block.kernel));
  return b.concat(products, 2);
}

function dropMasks(b: Builder, count: number, rate: number, shape: Shape): readonly Value[] {
  return Array.from({ length: count }, () => dropMask(b, rate, shape));
}

function zeroState(b: Builder, batch: Dim, { units }: RecurrentParams): State {
  const zeros = b.broadcastTo(b.scalar(0), [batch, units]);
  return { output: zeros, memory: zeros };
}

function biasRows(b: Builder, bias: Value | undefined, rows: 1 | 2, width: number): readonly (Value | undefined)[] {
  if (!bias || rows === 1) return [bias];
  return b.split(bias, 0, [1, 1]).map((row) => b.reshape(row, [width]));
}

/** The steps' outputs as one sequence. */
export function sequenceOf(b: Builder, outputs: readonly Value[]): Value {
  const rows = outputs.map((output) => {
    const [batch, units] = output.type.shape as [Dim, Dim];
    return b.reshape(output, [1, batch, units]);
  });
  return b.transpose(b.concat(rows, 0), [1, 0, 2]);
}
