import { isKnown } from '../../graph/dim';
import { imageAxes } from '../../graph/tensor';
import type { FlatNode, NodePath } from '../../infer/analysis';
import { groupInputs } from '../../infer/groupInputs';
import { positionsOf } from '../../infer/positions';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import type { LayerReach } from '../../layers/define';
import { before, LOOKING, pairOf, wholeOf, type Network, type Rule } from './look';

/** Convolutions see less than the image, and a global pooling mixes what they saw without looking again. */
export const smallField: Rule = {
  code: 'practice/small-receptive-field',
  types: ['globalAveragePooling2d', 'globalMaxPooling2d'],
  sees: 'before',
  look(network, node) {
    if (!wholeOf(network).isGrown) return undefined;
    const last = lastConvolution(network, node.path);
    const seen = last && seenBy(network, node.path);
    if (!seen || (seen.field[0] >= seen.image[0] && seen.field[1] >= seen.image[1])) return undefined;
    return {
      code: this.code,
      message: `what it pools saw ${seen.field.join('×')} of ${seen.image.join('×')} pixels: ${last.name} is the last convolution, and no feature depends on the whole image. Use more layers, strides or dilation before it, or a smaller input.`,
    };
  },
};

/** The convolution nearest before a layer, along first inputs. */
export function lastConvolution(network: Network, path: NodePath): FlatNode | undefined {
  let at = before(network, path);
  while (at && !(LOOKING.has(at.type) && Math.max(...pairOf(at.params['kernelSize'] ?? 3)) > 1)) at = before(network, at.path);
  return at;
}

interface Seen {
  readonly field: readonly [number, number];
  readonly image: readonly [number, number];
}

/**
 * Receptive field of one position of what a layer reads, going back from it once: a window of k with strides s that is needed n wide
 * needs (n − 1)·s + k of its input. Undefined where that cannot be said, or where something on the way sees the whole image.
 */
function seenBy(network: Network, path: NodePath): Seen | undefined {
  const needed = new Map<NodePath, readonly [number, number]>();
  const ask = (of: NodePath, sides: readonly [number, number]) => {
    for (const { from } of network.flat.incoming.get(of) ?? []) {
      const old = needed.get(from.node) ?? [1, 1];
      needed.set(from.node, [Math.max(old[0], sides[0]), Math.max(old[1], sides[1])]);
    }
  };
  ask(path, [1, 1]);
  const start = positionsOf(network.order).get(path) ?? 0;
  for (let index = start - 1; index >= 0; index -= 1) {
    const at = network.order[index] as NodePath;
    const sides = needed.get(at);
    const node = network.flat.nodes.get(at);
    if (!sides || !node) continue;
    if (node.type === 'input') {
      const image = imageSize(network, at);
      return image && { field: [Math.min(sides[0], image[0]), Math.min(sides[1], image[1])], image };
    }
    const before = through(reachOf(network, node), sides);
    if (!before) return undefined;
    ask(at, before);
  }
  return undefined;
}

function through(reach: LayerReach | undefined, sides: readonly [number, number]): readonly [number, number] | undefined {
  if (reach === 'pointwise') return sides;
  if (reach === undefined || typeof reach === 'string' || reach.size.length !== 2 || reach.enlarge?.some((factor) => factor !== 1))
    return undefined;
  const side = (axis: 0 | 1) => (sides[axis] - 1) * (reach.strides[axis] as number) + (reach.size[axis] as number);
  return [side(0), side(1)];
}

function reachOf({ flat, nodes }: Network, node: FlatNode): LayerReach | undefined {
  const layer = findLayer(node.type);
  const params = layer && parseParams(layer, node.params);
  const known = nodes.get(node.path);
  const port = layer?.outputs[0]?.name;
  if (!layer || !params?.ok || !known || port === undefined) return undefined;
  return layer.reach(groupInputs(layer, known.inputs) as never, params.value, { dataFormat: flat.dataFormat }, port);
}

function imageSize({ flat, nodes }: Network, path: NodePath): readonly [number, number] | undefined {
  const shape = nodes.get(path)?.outputs['y']?.shape;
  const axes = imageAxes(flat.dataFormat);
  const [height, width] = [shape?.[axes.height], shape?.[axes.width]];
  return shape?.length === 4 && height !== undefined && width !== undefined && isKnown(height) && isKnown(width)
    ? [height, width]
    : undefined;
}
