import { isKnown, multiplyDims } from '../graph/dim';
import { sampleSize, type TensorType } from '../graph/tensor';
import { findLayer } from '../layers/index';
import type { NetworkAnalysis, NodePath } from './analysis';
import { layersOf } from './inside';

/**
 * Bytes that the results of layers take for one sample, each result in its own place. Weights, what layers hold inside themselves
 * (attention's scores, an LSTM's gates), gradients and the engine's own needs are not among them.
 */
export interface ActivationMemory {
  /** Inference: the most that is held at once, when each result goes after its last reader, in the order of computation. */
  readonly peak: number;
  /** While this layer computes, that much is held. */
  readonly peakAt: NodePath | undefined;
  /** Training: the results that gradients need, all held when the forward step ends. */
  readonly training: number;
  /** Held while a layer computes in inference. */
  readonly held: ReadonlyMap<NodePath, number>;
  /** What each layer's own results add in training. */
  readonly kept: ReadonlyMap<NodePath, number>;
}

/** Multiply-accumulates are two operations. */
const OPERATIONS = 2;
const WEIGHT_BYTES = 4;

const known = new WeakMap<NetworkAnalysis, ActivationMemory | undefined>();

/** Undefined where a size is not known. Made when first asked for, in one walk, and kept as long as the analysis. */
export function activationMemory(analysis: NetworkAnalysis): ActivationMemory | undefined {
  if (!known.has(analysis)) known.set(analysis, measured(analysis));
  return known.get(analysis);
}

function measured(analysis: NetworkAnalysis): ActivationMemory | undefined {
  const sizes = new Map<NodePath, number>();
  for (const path of analysis.order) {
    const bytes = resultOf(analysis, path);
    if (bytes === undefined) return undefined;
    sizes.set(path, bytes);
  }
  const held = heldBy(analysis, sizes);
  const kept = keptOf(analysis, sizes);
  const peak = Math.max(0, ...held.values());
  return {
    peak,
    peakAt: analysis.order.find((path) => held.get(path) === peak),
    training: total(kept.values()),
    held,
    kept,
  };
}

function heldBy({ order, flat }: NetworkAnalysis, sizes: ReadonlyMap<NodePath, number>): ReadonlyMap<NodePath, number> {
  const readers = new Map<NodePath, number>();
  const held = new Map<NodePath, number>();
  let live = 0;
  for (const path of order) {
    const sources = new Set((flat.incoming.get(path) ?? []).map(({ from }) => from.node));
    live += sizes.get(path) ?? 0;
    held.set(path, live);
    readers.set(path, new Set((flat.outgoing.get(path) ?? []).map(({ to }) => to.node)).size);
    for (const source of [...sources, path]) {
      const left = (readers.get(source) ?? 0) - (source === path ? 0 : 1);
      readers.set(source, left);
      if (left === 0) live -= sizes.get(source) ?? 0;
    }
  }
  return held;
}

function keptOf({ order, flat }: NetworkAnalysis, sizes: ReadonlyMap<NodePath, number>): ReadonlyMap<NodePath, number> {
  const saves = (path: NodePath) => findLayer(flat.nodes.get(path)?.type ?? '')?.saves ?? 'all';
  const isKept = (path: NodePath) =>
    ['outputs', 'all'].includes(saves(path)) ||
    (flat.outgoing.get(path) ?? []).some(({ to }) => ['inputs', 'all'].includes(saves(to.node)));
  return new Map(order.map((path) => [path, isKept(path) ? (sizes.get(path) ?? 0) : 0]));
}

/** What one layer or block adds to the memory. */
export interface MemoryOf {
  /** Of its result. */
  readonly result: number;
  /** The most that the network holds while it computes, in inference; undefined where some layer's size is not known. */
  readonly held: number | undefined;
  /** What its results add in training; undefined likewise. */
  readonly kept: number | undefined;
}

/** The memory of a layer, or of all layers inside a block; undefined where the size of its own result is not known. */
export function memoryOf(analysis: NetworkAnalysis, path: NodePath): MemoryOf | undefined {
  const result = resultOf(analysis, path);
  if (result === undefined) return undefined;
  const memory = activationMemory(analysis);
  if (!memory) return { result, held: undefined, kept: undefined };
  const layers = leavesOf(analysis, path);
  return {
    result,
    held: Math.max(0, ...layers.map((layer) => memory.held.get(layer) ?? 0)),
    kept: total(layers.map((layer) => memory.kept.get(layer) ?? 0)),
  };
}

/**
 * Arithmetic intensity of one sample: operations (two a multiply-accumulate) for each byte of inputs, outputs and weights of each
 * layer. Below about 10 a layer waits for memory, not for arithmetic. 0 where nothing is multiplied; undefined where a size is not known.
 *
 * @see Williams, Waterman & Patterson 2009, Roofline, https://doi.org/10.1145/1498765.1498785
 */
export function intensityOf(analysis: NetworkAnalysis, path: NodePath): number | undefined {
  const layers = leavesOf(analysis, path);
  const moved = layers.map((layer) => bytesMoved(analysis, layer));
  if (moved.includes(undefined)) return undefined;
  return intensity(analysis.nodes.get(path)?.macs, total(moved as readonly number[]));
}

/** Operations for each byte moved; undefined where nothing is moved or one of both is not known. */
export function intensity(macs: number | undefined, moved: number | undefined): number | undefined {
  return macs === undefined || moved === undefined || moved === 0 ? undefined : (OPERATIONS * macs) / moved;
}

/** Bytes of inputs, outputs and weights of one layer for one sample; undefined where a size is not known. */
export function bytesMoved({ nodes }: NetworkAnalysis, layer: NodePath): number | undefined {
  const node = nodes.get(layer);
  const [read, written] = [bytesOf(node?.inputs ?? {}), bytesOf(node?.outputs ?? {})];
  if (node?.parameters === undefined || node.macs === undefined || read === undefined || written === undefined) return undefined;
  return read + written + WEIGHT_BYTES * node.parameters;
}

function leavesOf(analysis: NetworkAnalysis, path: NodePath): readonly NodePath[] {
  return analysis.flat.nodes.has(path) ? [path] : layersOf(analysis, path);
}

/** Bytes of all that a layer or block gives. Nothing is known of its results where nothing is known of its weights. */
function resultOf({ nodes }: NetworkAnalysis, path: NodePath): number | undefined {
  const node = nodes.get(path);
  return node?.parameters === undefined ? undefined : bytesOf(node.outputs);
}

/** Bytes of values for one sample; undefined where a size is not known. */
export function bytesOf(types: Readonly<Record<string, TensorType>>): number | undefined {
  const sizes = Object.values(types).map(({ shape, dtype }) => multiplyDims(sampleSize(shape), dtype === 'bool' ? 1 : 4));
  return sizes.every(isKnown) ? total(sizes) : undefined;
}

function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
