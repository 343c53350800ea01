import type { EdgeId, Graph, GraphEdge, NodeId } from './graph';
import { grouped } from './grouped';

/** A way around some layers, from where it parts from them to where it meets them again. */
export interface Skip {
  readonly fork: NodeId;
  readonly merge: NodeId;
  /** Layers and wires of the way around: an identity has no layers, a projection has. */
  readonly around: { readonly nodes: readonly NodeId[]; readonly edges: readonly EdgeId[] };
  /** Those of the ways that it goes around. */
  readonly main: { readonly nodes: readonly NodeId[]; readonly edges: readonly EdgeId[] };
}

/**
 * The skip that a wire is part of; undefined where it is none, as a wire of a chain or of the longer way. The way around is
 * followed as long as it has one wire in and one out; what it goes around is all that lies between its ends. Linear in the
 * size of the graph.
 */
export function skipOf(graph: Graph, id: EdgeId): Skip | undefined {
  const start = graph.edges[id];
  if (!start) return undefined;
  const wires = wiresOf(graph);
  const around = alongOneWay(wires, start);
  const [first, last] = [around[0], around.at(-1)];
  if (!first || !last) return undefined;
  const [fork, merge] = [first.from.node, last.to.node];
  const own = new Set(around);
  const main = between(wires, fork, merge, own);
  const nodes = around.slice(1).map(({ from }) => from.node);
  // Of two ways of the same length neither goes around the other.
  if (fork === merge || main.nodes.length <= nodes.length) return undefined;
  return { fork, merge, around: { nodes, edges: around.map((edge) => edge.id) }, main };
}

/** The wires of a graph whose ends are there, by the node that they enter and by the node that they leave. */
export interface Wires {
  readonly into: ReadonlyMap<NodeId, readonly GraphEdge[]>;
  readonly outOf: ReadonlyMap<NodeId, readonly GraphEdge[]>;
}

/** All wires by their ends. Linear. */
export function wiresOf(graph: Graph): Wires {
  const edges = Object.values(graph.edges).filter(({ from, to }) => graph.nodes[from.node] && graph.nodes[to.node]);
  return { into: grouped(edges, ({ to }) => to.node), outOf: grouped(edges, ({ from }) => from.node) };
}

/** The wire and those before and behind it, up to where something else joins or leaves. */
export function alongOneWay({ into, outOf }: Wires, start: GraphEdge): readonly GraphEdge[] {
  const way = [start];
  const seen = new Set(way);
  const isPlain = (node: NodeId) => into.get(node)?.length === 1 && outOf.get(node)?.length === 1;
  for (let edge: GraphEdge | undefined = start; edge && isPlain(edge.from.node);) {
    edge = into.get(edge.from.node)?.[0];
    if (!edge || seen.has(edge)) break;
    seen.add(edge);
    way.unshift(edge);
  }
  for (let edge: GraphEdge | undefined = start; edge && isPlain(edge.to.node);) {
    edge = outOf.get(edge.to.node)?.[0];
    if (!edge || seen.has(edge)) break;
    seen.add(edge);
    way.push(edge);
  }
  return way;
}

/** What lies on any other way from one node to another. */
function between(wires: Wires, from: NodeId, to: NodeId, without: ReadonlySet<GraphEdge>): Skip['main'] {
  const after = reached(from, (node) => (wires.outOf.get(node) ?? []).filter((edge) => !without.has(edge)).map((edge) => edge.to.node));
  const before = reached(to, (node) => (wires.into.get(node) ?? []).filter((edge) => !without.has(edge)).map((edge) => edge.from.node));
  const isBetween = (node: NodeId) => after.has(node) && before.has(node);
  const edges = [...wires.outOf.values()]
    .flat()
    .filter((edge) => !without.has(edge) && isBetween(edge.from.node) && isBetween(edge.to.node));
  return {
    nodes: [...after].filter((node) => isBetween(node) && node !== from && node !== to),
    edges: edges.map((edge) => edge.id),
  };
}

function reached(start: NodeId, next: (node: NodeId) => readonly NodeId[]): ReadonlySet<NodeId> {
  const found = new Set([start]);
  for (const node of found) for (const other of next(node)) found.add(other);
  return found;
}
