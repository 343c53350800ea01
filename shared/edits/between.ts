import type { Graph, NodeId } from '../graph/graph';

/** All nodes on the ways from one node to another, both included, whichever comes first; only the two where no way leads. */
export function nodesBetween(graph: Graph, a: NodeId, b: NodeId): ReadonlySet<NodeId> {
  const forwards = onWays(graph, a, b);
  return forwards.size > 0 ? forwards : new Set([a, b, ...onWays(graph, b, a)]);
}

function onWays(graph: Graph, from: NodeId, to: NodeId): ReadonlySet<NodeId> {
  const after = reached(graph, from, 'forwards');
  if (!after.has(to)) return new Set();
  const before = reached(graph, to, 'backwards');
  return new Set([...after].filter((id) => before.has(id)));
}

/** Everything that a walk along (or against) the wires meets, the start included. */
export function reached(graph: Graph, start: NodeId, direction: 'forwards' | 'backwards'): ReadonlySet<NodeId> {
  const next = new Map<NodeId, NodeId[]>();
  for (const { from, to } of Object.values(graph.edges)) {
    const [here, there] = direction === 'forwards' ? [from.node, to.node] : [to.node, from.node];
    next.set(here, [...(next.get(here) ?? []), there]);
  }
  const seen = new Set([start]);
  for (const id of seen) for (const target of next.get(id) ?? []) seen.add(target);
  return seen;
}
