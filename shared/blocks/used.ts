import type { BlockDefinition, SkipDocument } from '../document/document';
import type { BlockId, Graph, GraphNode } from '../graph/graph';

/** The definitions of these nodes, and those that they use in turn. */
export function usedBlocks(blocks: SkipDocument['blocks'], nodes: readonly Pick<GraphNode, 'block'>[]): Record<BlockId, BlockDefinition> {
  const used: Record<BlockId, BlockDefinition> = {};
  const waiting = [...nodes];
  for (const { block: id } of waiting) {
    const block = id === undefined || Object.hasOwn(used, id) || !Object.hasOwn(blocks, id) ? undefined : blocks[id];
    if (!block) continue;
    used[block.id] = block;
    waiting.push(...Object.values(block.graph.nodes));
  }
  return used;
}

/** A graph whose instances are of definitions that have other ids now. */
export function withBlocks(graph: Graph, renamed: ReadonlyMap<BlockId, BlockId>): Graph {
  const nodes = Object.entries(graph.nodes).map(([id, node]) => [
    id,
    node.block === undefined ? node : { ...node, block: renamed.get(node.block) ?? node.block },
  ]);
  return { ...graph, nodes: Object.fromEntries(nodes) as Graph['nodes'] };
}
