import type { NetworkAnalysis, NodePath } from './analysis';

/** The layers inside a block instance, all its copies, in the order of computation. Cost: one walk over the layers. */
export function layersOf({ order }: Pick<NetworkAnalysis, 'order'>, block: NodePath): readonly NodePath[] {
  return order.filter((path) => isInside(path, block));
}

/**
 * Of each block the layer that gives its result: the last one that a wire leaves for the outside, or the last of all. Cost: one
 * walk over the layers, the first time for an analysis.
 */
export function lastInside(analysis: Pick<NetworkAnalysis, 'order' | 'flat'>, block: NodePath): NodePath | undefined {
  const found = known.get(analysis) ?? lastOfEach(analysis);
  known.set(analysis, found);
  return found.get(block);
}

const known = new WeakMap<object, ReadonlyMap<NodePath, NodePath>>();

function lastOfEach({ order, flat }: Pick<NetworkAnalysis, 'order' | 'flat'>): ReadonlyMap<NodePath, NodePath> {
  const last = new Map<NodePath, NodePath>();
  const leaving = new Map<NodePath, NodePath>();
  for (const path of order) {
    for (const block of blocksAround(path)) {
      last.set(block, path);
      if ((flat.outgoing.get(path) ?? []).some(({ to }) => !isInside(to.node, block))) leaving.set(block, path);
    }
  }
  return new Map([...last, ...leaving]);
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
