import { channelAxis, type TensorType } from '../graph/tensor';
import { findLayer } from '../layers/index';
import { parseParams } from '../layers/parse';
import type { LayerReach } from '../layers/define';
import type { FlatEdge, FlatNode, NetworkAnalysis, NodePath } from './analysis';
import { axisAtInput, seenThrough, sizeOf, strideOf, union, type AxisReach } from './axisReach';
import { groupInputs } from './groupInputs';
import { lastInside } from './inside';

/**
 * The part of the input on which one position of a value depends: along each axis between batch and channels; or all of it.
 * Undefined where that cannot be said: after a reshape, or where two strides meet.
 */
export type ValueReach = 'whole' | readonly AxisReach[] | undefined;

/** The receptive field of a layer's result, in elements of the input. */
export type ReceptiveField =
  | 'whole'
  | {
      /** The largest over all positions: padding counts as if it were input, as is usual. */
      readonly size: readonly number[];
      /** From one position to the next; below 1 where the result is larger than the input. */
      readonly strides: readonly number[];
      /** Of what the first position sees; the first element's own centre is 0. Undefined where that depends on a size that is not known. */
      readonly centre: readonly number[] | undefined;
    };

const known = new WeakMap<NetworkAnalysis, ReadonlyMap<NodePath, Readonly<Record<string, ValueReach>>>>();

/**
 * What each layer's outputs depend on, in one walk along the network: a layer's window moves the ends of what its input saw, and
 * where paths meet the two are joined. Made when it is first asked for, and kept as long as the analysis.
 *
 * @see Araujo, Norris & Sim 2019, Computing Receptive Fields of Convolutional Neural Networks, https://distill.pub/2019/computing-receptive-fields
 */
function reaches(analysis: NetworkAnalysis): ReadonlyMap<NodePath, Readonly<Record<string, ValueReach>>> {
  const before = known.get(analysis);
  if (before) return before;
  const all = new Map<NodePath, Readonly<Record<string, ValueReach>>>();
  for (const path of analysis.order) {
    const node = analysis.flat.nodes.get(path);
    if (node) all.set(path, reachOfLayer(node, analysis, all));
  }
  known.set(analysis, all);
  return all;
}

/** The receptive field of a layer's first output, or of a block's; undefined where it cannot be said. */
export function receptiveField(analysis: NetworkAnalysis, path: NodePath): ReceptiveField | undefined {
  const layer = analysis.flat.nodes.has(path) ? path : lastInside(analysis, path);
  const reach = layer === undefined ? undefined : Object.values(reaches(analysis).get(layer) ?? {})[0];
  if (reach === undefined || reach === 'whole') return reach;
  const centre = reach.some(({ floats }) => floats) ? undefined : reach.map(({ phases: [first] }) => middle(first));
  return { size: reach.map(sizeOf), strides: reach.map(strideOf), centre };
}

function middle(first: AxisReach['phases'][number] | undefined): number {
  return first ? (first.low + first.high) / 2 : 0;
}

/** The last layer, in the order of computation, whose receptive field is still a part of the input: what the network's is said to be. */
export function lastLocal(
  analysis: NetworkAnalysis,
): { readonly path: NodePath; readonly field: Exclude<ReceptiveField, 'whole'> } | undefined {
  for (const path of analysis.order.toReversed()) {
    const field = receptiveField(analysis, path);
    if (field !== undefined && field !== 'whole') return { path, field };
  }
  return undefined;
}

function reachOfLayer(
  node: FlatNode,
  analysis: NetworkAnalysis,
  all: ReadonlyMap<NodePath, Readonly<Record<string, ValueReach>>>,
): Readonly<Record<string, ValueReach>> {
  const layer = findLayer(node.type);
  const { inputs, outputs } = analysis.nodes.get(node.path) ?? { inputs: {}, outputs: {} };
  const params = layer && parseParams(layer, node.params);
  if (!layer || !params?.ok) return {};
  const wires = analysis.flat.incoming.get(node.path) ?? [];
  const merged = joined(wires, all);
  const grouped = groupInputs(layer, inputs) as never;
  const { dataFormat } = analysis.flat;
  return Object.fromEntries(
    Object.entries(outputs).map(([port, type]) => {
      const axes = positionAxes(type, channelAxis(type.shape.length, dataFormat));
      if (layer.inputs.length === 0) return [port, axes === 0 ? 'whole' : Array.from({ length: axes }, () => axisAtInput)];
      return [port, fitting(through(merged, layer.reach(grouped, params.value, { dataFormat }, port)), axes)];
    }),
  );
}

/** Axes along which a value has positions; a row of tokens has one, a row of features none. */
function positionAxes({ shape, dtype }: TensorType, channels: number): number {
  if (shape.length === 2 && dtype === 'int32') return 1;
  return shape.filter((_, axis) => axis !== 0 && axis !== channels).length;
}

function joined(wires: readonly FlatEdge[], all: ReadonlyMap<NodePath, Readonly<Record<string, ValueReach>>>): ValueReach {
  const values = wires.map(({ from }) => all.get(from.node)?.[from.port]);
  if (values.includes('whole')) return 'whole';
  return values.length === 0 ? undefined : values.reduce((a, b) => bothOf(a, b));
}

function bothOf(a: ValueReach, b: ValueReach): ValueReach {
  if (a === undefined || b === undefined || a === 'whole' || b === 'whole' || a.length !== b.length) return undefined;
  const axes = a.map((axis, index) => union(axis, b[index] as AxisReach));
  return axes.includes(undefined) ? undefined : (axes as readonly AxisReach[]);
}

function through(value: ValueReach, reach: LayerReach): ValueReach {
  if (reach === 'global' || value === 'whole') return 'whole';
  if (reach === 'pointwise') return value;
  if (reach === 'unknown' || value?.length !== reach.size.length) return undefined;
  const axes = value.map((axis, index) =>
    seenThrough(axis, {
      size: reach.size[index] as number,
      stride: reach.strides[index] as number,
      before: reach.before[index] as number,
      enlarge: reach.enlarge?.[index] ?? 1,
      ...(reach.floats ? { floats: true } : {}),
    }),
  );
  return axes.includes(undefined) ? undefined : (axes as readonly AxisReach[]);
}

/** A value without positions has seen what all of them saw together. */
function fitting(value: ValueReach, axes: number): ValueReach {
  if (axes === 0) return 'whole';
  return value === 'whole' || value?.length === axes ? value : undefined;
}
