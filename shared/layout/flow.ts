import { parsePort, type GraphEdge, type NodeId } from '../graph/graph';
import { topologicalOrder } from '../graph/order';
import { grouped } from '../graph/grouped';

/** A connected part of a graph as the layout sees it: who feeds whom, and how far each layer is from the beginning. */
export interface Flow {
  /** Each comes after what feeds it; layers of a cycle at the end. */
  readonly order: readonly NodeId[];
  /** Wires by the layer that they enter, in the order of its ports. */
  readonly incoming: ReadonlyMap<NodeId, readonly GraphEdge[]>;
  readonly outgoing: ReadonlyMap<NodeId, readonly GraphEdge[]>;
  readonly column: ReadonlyMap<NodeId, number>;
}

/** Columns by the longest way from the beginning; what begins late stands right before what it feeds. Linear. */
export function flowOf(nodes: readonly NodeId[], edges: readonly GraphEdge[]): Flow {
  const incoming = grouped(edges, ({ to }) => to.node);
  const outgoing = grouped(edges, ({ from }) => from.node);
  for (const [id, list] of incoming)
    incoming.set(
      id,
      list.toSorted((a, b) => rankOf(a) - rankOf(b)),
    );
  const { order, cyclic } = topologicalOrder(
    nodes,
    (id) => incoming.get(id)?.length ?? 0,
    (id) => outgoing.get(id) ?? [],
    ({ to }) => to.node,
  );
  const all = [...order, ...cyclic];
  const column = new Map<NodeId, number>();
  // On a cycle only what has its column already counts.
  for (const id of all) column.set(id, 1 + Math.max(-1, ...(incoming.get(id) ?? []).map(({ from }) => column.get(from.node) ?? -1)));
  for (const id of order) {
    const targets = (outgoing.get(id) ?? []).map(({ to }) => column.get(to.node) ?? 0);
    if (!incoming.has(id) && targets.length > 0) column.set(id, Math.max(0, Math.min(...targets) - 1));
  }
  return { order: all, incoming, outgoing, column };
}

/** Places of a variadic port by their number, others as they are listed: sorting is stable. */
function rankOf({ to }: GraphEdge): number {
  return parsePort(to.port).index ?? 0;
}

/** Layers between which there are wires, and these. */
export interface Connected {
  readonly ids: readonly NodeId[];
  readonly wires: readonly GraphEdge[];
}

/** The parts of a graph between which there is no wire, each in the order of the lists; linear. Wires begin and end at these layers. */
export function partsOf(nodes: readonly NodeId[], edges: readonly GraphEdge[]): readonly Connected[] {
  const next = new Map<NodeId, NodeId[]>(nodes.map((id) => [id, []]));
  for (const { from, to } of edges) {
    next.get(from.node)?.push(to.node);
    next.get(to.node)?.push(from.node);
  }
  const part = new Map<NodeId, number>();
  let count = 0;
  for (const start of nodes) {
    if (part.has(start)) continue;
    const queue = [start];
    part.set(start, count);
    for (const id of queue) {
      for (const other of next.get(id) ?? []) {
        if (part.has(other)) continue;
        part.set(other, count);
        queue.push(other);
      }
    }
    count += 1;
  }
  const parts = Array.from({ length: count }, () => ({ ids: [] as NodeId[], wires: [] as GraphEdge[] }));
  for (const id of nodes) parts[part.get(id) ?? 0]?.ids.push(id);
  for (const edge of edges) parts[part.get(edge.from.node) ?? 0]?.wires.push(edge);
  return parts;
}
