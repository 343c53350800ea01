import { directionOf, turned } from './direction';
import type { Graph, GraphNode, NodeId } from './graph';

const known = new WeakMap<Graph, readonly NodeId[]>();

/**
 * The nodes of a graph as one reads them aloud: each after all that feeds it, a branch to its end before the next one
 * begins, what stands left and above first (in a graph that runs down, above and left). Nodes of a cycle, which a damaged file may have, come last as they stand.
 * Linear in nodes and wires but for sorting; remembered by the graph's identity.
 */
export function readingOrder(graph: Graph): readonly NodeId[] {
  const before = known.get(graph);
  if (before) return before;
  const order = walk(graph);
  known.set(graph, order);
  return order;
}

function walk(graph: Graph): readonly NodeId[] {
  const { waiting, next } = wiring(graph);
  const byPlace = byPlaceIn(graph);
  const placed = Object.values(graph.nodes).toSorted(byPlace);
  const order: NodeId[] = [];
  // A stack, the next to be read on top: what a node sets free is read at once, before what was free already.
  const free = placed.filter(({ id }) => (waiting.get(id) ?? 0) === 0).reverse();
  for (let node = free.pop(); node; node = free.pop()) {
    order.push(node.id);
    const freed = (next.get(node.id) ?? []).filter((id) => {
      const left = (waiting.get(id) ?? 0) - 1;
      waiting.set(id, left);
      return left === 0;
    });
    free.push(
      ...freed
        .map((id) => graph.nodes[id] as GraphNode)
        .sort(byPlace)
        .reverse(),
    );
  }
  const read = new Set(order);
  return [...order, ...placed.filter(({ id }) => !read.has(id)).map(({ id }) => id)];
}

/** How many wires each node waits for, and whom each feeds; a wire to a node that is gone counts for nothing. */
function wiring({ nodes, edges }: Graph) {
  const waiting = new Map<NodeId, number>();
  const next = new Map<NodeId, NodeId[]>();
  for (const { from, to } of Object.values(edges)) {
    if (!Object.hasOwn(nodes, from.node) || !Object.hasOwn(nodes, to.node)) continue;
    waiting.set(to.node, (waiting.get(to.node) ?? 0) + 1);
    const targets = next.get(from.node);
    if (targets) targets.push(to.node);
    else next.set(from.node, [to.node]);
  }
  return { waiting, next };
}

/** Along the flow, then across it. */
export function byPlaceIn(graph: Graph): (a: GraphNode, b: GraphNode) => number {
  const direction = directionOf(graph);
  return (one, other) => {
    const [a, b] = [turned(one.position, direction), turned(other.position, direction)];
    return a.x - b.x || a.y - b.y;
  };
}
