import type { Graph, GraphEdge, NodeId } from './graph';
import { grouped, regrouped } from './grouped';
import { edgesOf } from './lists';

/** The wires of a graph by the nodes where they begin and where they end, in their order. */
export interface WiresAt {
  readonly from: ReadonlyMap<NodeId, readonly GraphEdge[]>;
  readonly to: ReadonlyMap<NodeId, readonly GraphEdge[]>;
}

type Edges = Graph['edges'];

const known = new WeakMap<Edges, WiresAt>();

/**
 * The wires at each node, kept as long as their table. With an earlier table of wires, nodes whose wires are as they were keep their
 * lists. Cost: a walk over the wires, the first time.
 */
export function wiresAt(edges: Edges, earlier?: Edges): WiresAt {
  const own = known.get(edges);
  if (own) return own;
  const before = earlier && known.get(earlier);
  const wires = before ? wiresAfter(edgesOf({ edges }), edgesOf({ edges: earlier }), before) : allWires(edgesOf({ edges }));
  known.set(edges, wires);
  return wires;
}

/** The same where it was asked for before; undefined where to find out would cost a walk. */
export function knownWiresAt(edges: Edges): WiresAt | undefined {
  return known.get(edges);
}

const start = ({ from }: GraphEdge) => from.node;
const end = ({ to }: GraphEdge) => to.node;

function allWires(list: readonly GraphEdge[]): WiresAt {
  return { from: grouped(list, start), to: grouped(list, end) };
}

function wiresAfter(now: readonly GraphEdge[], list: readonly GraphEdge[], { from, to }: WiresAt): WiresAt {
  return { from: regrouped(now, start, { list, groups: from }), to: regrouped(now, end, { list, groups: to }) };
}
