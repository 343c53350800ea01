import type { Graph, NodeId } from './graph';

/** These nodes and the wires among them, without frames and notes. */
export function partOf({ nodes, edges, direction }: Graph, ids: ReadonlySet<NodeId>): Graph {
  return {
    ...(direction ? { direction } : {}),
    nodes: Object.fromEntries(Object.entries(nodes).filter(([id]) => ids.has(id))),
    edges: Object.fromEntries(Object.entries(edges).filter(([, { from, to }]) => ids.has(from.node) && ids.has(to.node))),
  };
}
