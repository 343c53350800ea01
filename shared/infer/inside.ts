import type { NetworkAnalysis, NodePath } from './analysis';

/** The layers inside a block instance, all its copies, in the order of computation. Cost: one walk over the layers. */
export function layersOf({ order }: Pick<NetworkAnalysis, 'order'>, block: NodePath): readonly NodePath[] {
  return order.filter((path) => isInside(path, block));
}

/** The layer that gives a block's result: the last one that a wire leaves for the outside, or the last of all. */
export function lastInside({ order, flat }: NetworkAnalysis, block: NodePath): NodePath | undefined {
  const leaves = (path: NodePath) => (flat.outgoing.get(path) ?? []).some(({ to }) => !isInside(to.node, block));
  let last: NodePath | undefined;
  for (const path of order.toReversed()) {
    if (!isInside(path, block)) continue;
    if (leaves(path)) return path;
    last ??= path;
  }
  return last;
}

function isInside(path: NodePath, block: NodePath): boolean {
  return path.startsWith(block) && (path[block.length] === '/' || path[block.length] === '[');
}

/** The block instances around a layer, the innermost first; a copy of a repeated block stands for the whole. */
export function blocksAround(path: NodePath): readonly NodePath[] {
  const blocks: NodePath[] = [];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const copy = path.slice(0, end);
    blocks.push(copy.endsWith(']') ? copy.slice(0, copy.lastIndexOf('[')) : copy);
  }
  return blocks;
}
