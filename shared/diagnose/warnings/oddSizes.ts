import { isKnown, unknown, type Dim } from '../../graph/dim';
import { equalWhen, holds, setInWords, type SizeSet } from '../../graph/solve';
import { compareShapes, imageAxes, type Shape, type TensorType } from '../../graph/tensor';
import type { FlatGraph, FlatNode, NodePath } from '../../infer/analysis';
import { groupInputs } from '../../infer/groupInputs';
import { positionsOf } from '../../infer/positions';
import { paddingFor, transposedAxes, type TransposedAxis, type TransposedParams } from '../../layers/conv/_transposed';
import { allLayers, findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import { pairOf, type Network, type Rule } from './look';

/** Layers looked at around one finding; blocks are smaller. */
const NEAR = 200;

/** A transposed convolution chose another of the sizes that its convolution could have come from. */
export const transposedSize: Rule = {
  code: 'practice/transposed-size',
  types: ['conv2dTranspose'],
  sees: 'before',
  look(network, node, known) {
    const layer = findLayer(node.type);
    const params = layer && parseParams(layer, node.params);
    const [from, to] = [spatial(network, known.inputs['x']?.shape), spatial(network, known.outputs['y']?.shape)];
    if (!params?.ok || !from || !to) return undefined;
    const axes = transposedAxes(params.value as unknown as TransposedParams);
    const origin = originOf(network, node.path, from, axes);
    if (!origin || origin.size.every((side, axis) => side === to[axis])) return undefined;
    const padding = paddingFor(origin.size, from, axes);
    if (padding === undefined) return undefined;
    return {
      code: this.code,
      param: 'outputPadding',
      message: `it makes ${to.join('×')} of ${from.join('×')}, which ${origin.name} made of ${origin.size.join('×')}: with strides ${axes[0]?.stride ?? 1} both sizes come down to the same. Set outputPadding to ${padding.join('×')} to come back to ${origin.size.join('×')}.`,
    };
  },
};

/** The nearest layer before that came down to this size by the same strides, and from which size. */
function originOf(network: Network, path: NodePath, size: readonly number[], axes: readonly TransposedAxis[]) {
  const queue = [path];
  const seen = new Set(queue);
  for (const at of queue) {
    for (const { from } of network.flat.incoming.get(at) ?? []) {
      const node = network.flat.nodes.get(from.node);
      const known = network.nodes.get(from.node);
      if (!node || seen.has(from.node) || !same(spatial(network, known?.outputs[from.port]?.shape), size)) continue;
      const before = spatial(network, known?.inputs['x']?.shape);
      const strides = stridesOf(node);
      if (before && strides && axes.every(({ stride }, axis) => stride === strides[axis]) && !same(before, size))
        return { name: node.name, size: before };
      seen.add(from.node);
      if (seen.size < NEAR) queue.push(from.node);
    }
  }
  return undefined;
}

/** Two paths that come together only because a size is odd: at the next even one they part. */
export const oddSize: Rule = {
  code: 'practice/odd-size',
  types: allLayers.filter(({ category }) => category === 'merge').map(({ type }) => type),
  sees: 'before',
  look(network, node) {
    if (!someRounding(network)) return undefined;
    const fork = forkOf(network, node.path);
    const size = fork && spatial(network, Object.values(network.nodes.get(fork)?.outputs ?? {})[0]?.shape);
    const shapes = fork && size && shapesFrom(network, fork, node.path);
    const when = shapes && onlyWhen(network, shapes);
    if (!when || !isOdd(when)) return undefined;
    const name = network.flat.nodes.get(fork)?.name ?? fork;
    const side = when.unknown === 'H' ? 'height' : 'width';
    const own = size[when.unknown === 'H' ? 0 : 1];
    let other = own + 1;
    while (holds(when, other)) other += 1;
    return {
      code: this.code,
      message: `its inputs agree only because the ${side} of ${name} is ${own}: they do where ${setInWords(when).replaceAll(when.unknown, 'it')}, but not at ${other}. Let both paths round alike: the same padding for both, or a size that halves without a rest.`,
    };
  },
};

/** No multiple of the strides works, the sizes that people use. */
function isOdd(set: SizeSet): boolean {
  return set.kind === 'finite' || !set.remainders.includes(0);
}

function onlyWhen({ flat }: Network, shapes: readonly Shape[]): SizeSet | undefined {
  const axes = imageAxes(flat.dataFormat);
  const [first, ...others] = shapes;
  // Paths that were flattened or pooled on their way have no height and width to agree in.
  if (shapes.some(({ length }) => length !== 4)) return undefined;
  for (const axis of [axes.height, axes.width])
    for (const other of others) {
      const when = equalWhen(first?.[axis] as Dim, other[axis] as Dim);
      if (typeof when === 'object') return when;
    }
  return undefined;
}

const rounding = new WeakMap<object, boolean>();

/** Whether any window with strides leaves a rest: else no size was rounded, and nothing is to be looked for. */
function someRounding(network: Network): boolean {
  const known = rounding.get(network.nodes);
  if (known !== undefined) return known;
  const found = stridedIn(network.flat.nodes).some((path) => rounds(network, path));
  rounding.set(network.nodes, found);
  return found;
}

const strided = new WeakMap<FlatGraph['nodes'], readonly NodePath[]>();

/** The layers whose window has strides. */
function stridedIn(nodes: FlatGraph['nodes']): readonly NodePath[] {
  const known = strided.get(nodes);
  if (known) return known;
  const found: NodePath[] = [];
  for (const node of nodes.values()) if (stridesOf(node)?.some((stride) => stride > 1)) found.push(node.path);
  strided.set(nodes, found);
  return found;
}

/** Whether a layer's window with strides leaves a rest of its input. */
function rounds(network: Network, path: NodePath): boolean {
  const node = network.flat.nodes.get(path);
  const strides = node && stridesOf(node);
  const size = strides && spatial(network, network.nodes.get(path)?.inputs['x']?.shape);
  return size?.some((side, axis) => side % (strides?.[axis] ?? 1) !== 0) ?? false;
}

/** The nearest layer that everything between it and the merge comes from; undefined where there is none near. */
function forkOf(network: Network, merge: NodePath): NodePath | undefined {
  const position = positionsOf(network.order);
  const open = new Set<NodePath>();
  const ask = (path: NodePath) => {
    for (const { from } of network.flat.incoming.get(path) ?? []) open.add(from.node);
  };
  ask(merge);
  for (let looked = 0; (open.size > 1 || halves(network, [...open][0])) && looked < NEAR; looked += 1) {
    const last = [...open].reduce((a, b) => ((position.get(a) ?? 0) > (position.get(b) ?? 0) ? a : b));
    open.delete(last);
    if ((network.flat.incoming.get(last) ?? []).length === 0) return undefined;
    ask(last);
  }
  const [fork] = open;
  return open.size === 1 && !halves(network, fork) ? fork : undefined;
}

/** A layer that gives several results of different sizes makes a part of the difference itself. */
function halves({ nodes }: Network, path: NodePath | undefined): boolean {
  const [first, ...others] = Object.values(nodes.get(path ?? '')?.outputs ?? {});
  return first !== undefined && others.some(({ shape }) => compareShapes(shape, first.shape) !== 'equal');
}

/** Who pads, cuts or resizes on one of the paths, or says which size a transposed convolution comes back to, knows of the size. */
function isByHand({ type, params }: FlatNode): boolean {
  return BY_HAND.has(type) || (params['outputPadding'] ?? null) !== null;
}

const BY_HAND: ReadonlySet<string> = new Set(['pad', 'cropping2d', 'resize']);

/** Shapes that arrive at the merge where the fork gives an image of any height and width; undefined where some layer refuses. */
function shapesFrom(network: Network, fork: NodePath, merge: NodePath): readonly Shape[] | undefined {
  const types = new Map<NodePath, Readonly<Record<string, TensorType>>>([[fork, opened(network, fork)]]);
  const position = positionsOf(network.order);
  const between = network.order.slice((position.get(fork) ?? 0) + 1, position.get(merge));
  // Where nothing is rounded on the way, the two paths agree at every size or at none.
  if (!between.some((path) => rounds(network, path))) return undefined;
  for (const path of between) {
    const outputs = inferred(network, path, types);
    if (!outputs) continue;
    const node = network.flat.nodes.get(path);
    if (node && isByHand(node)) return undefined;
    types.set(path, outputs);
  }
  const arriving = (network.flat.incoming.get(merge) ?? []).map(({ from }) => types.get(from.node)?.[from.port]?.shape);
  return arriving.includes(undefined) ? undefined : (arriving as readonly Shape[]);
}

function opened({ flat, nodes }: Network, fork: NodePath): Readonly<Record<string, TensorType>> {
  const axes = imageAxes(flat.dataFormat);
  return Object.fromEntries(
    Object.entries(nodes.get(fork)?.outputs ?? {}).map(([port, type]) => [
      port,
      type.shape.length !== 4
        ? type
        : {
            ...type,
            shape: type.shape.map((dim, axis) => (axis === axes.height ? unknown('H') : axis === axes.width ? unknown('W') : dim)),
          },
    ]),
  );
}

function inferred(network: Network, path: NodePath, types: ReadonlyMap<NodePath, Readonly<Record<string, TensorType>>>) {
  const node = network.flat.nodes.get(path);
  const layer = node && findLayer(node.type);
  const params = layer && parseParams(layer, node.params);
  const inputs = (network.flat.incoming.get(path) ?? []).map(({ from, to }) => [to.port, types.get(from.node)?.[from.port]] as const);
  if (!layer || !params?.ok || inputs.length === 0 || inputs.some(([, type]) => type === undefined)) return undefined;
  const result = layer.infer(groupInputs(layer, Object.fromEntries(inputs) as Record<string, TensorType>) as never, params.value, {
    dataFormat: network.flat.dataFormat,
  });
  return result.ok ? (result.value as Readonly<Record<string, TensorType>>) : undefined;
}

/** Strides of a window over an image; undefined of other layers. */
function stridesOf({ type, params }: FlatNode): readonly [number, number] | undefined {
  if (type === 'conv2d' || type === 'depthwiseConv2d' || type === 'separableConv2d') return pairOf(params['strides'] ?? 1);
  if (type !== 'maxPooling2d' && type !== 'averagePooling2d') return undefined;
  return pairOf(params['strides'] ?? params['poolSize'] ?? 2);
}

/** Height and width, where they are known. */
function spatial({ flat }: Network, shape: Shape | undefined): readonly [number, number] | undefined {
  const axes = imageAxes(flat.dataFormat);
  const [height, width] = [shape?.[axes.height], shape?.[axes.width]];
  if (shape?.length !== 4 || height === undefined || width === undefined) return undefined;
  return isKnown(height) && isKnown(width) ? [height, width] : undefined;
}

function same(a: readonly number[] | undefined, b: readonly number[]): boolean {
  return a !== undefined && a.length === b.length && a.every((side, axis) => side === b[axis]);
}
