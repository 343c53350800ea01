import type { EdgeId, Graph, GraphEdge, NodeId } from './graph';
import { grouped } from './grouped';
import { topologicalOrder } from './order';
import { alongOneWay, wiresOf, type Wires } from './skip';

/** Wires one after another, with nothing that joins or leaves between them. */
interface Way {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly edges: readonly GraphEdge[];
}

/**
 * The residual streams of a graph: the wires that run along each of them, by its number in the order of the flow. A stream
 * is a chain of skips, of which each begins where the one before it ended or a few plain layers behind (He et al. 2016,
 * "Identity mappings"): identities, and projections into a merge of two wires. Wires on a cycle belong to none. Linear in the
 * graph, and in what lies between the ends of each skip.
 */
export function streamsOf(graph: Graph): ReadonlyMap<EdgeId, number> {
  const wires = wiresOf(graph);
  const ways = allWays(wires);
  const depths = depthsOf(graph, wires);
  const skips = ways.filter((way) => isSkip(way, wires, depths)).toSorted((a, b) => depthIn(depths, a.from) - depthIn(depths, b.from));
  return numbered(skips, linksBetween(skips, ways));
}

function allWays(wires: Wires): readonly Way[] {
  const seen = new Set<GraphEdge>();
  const ways: Way[] = [];
  for (const edge of [...wires.outOf.values()].flat()) {
    if (seen.has(edge)) continue;
    const edges = alongOneWay(wires, edge);
    for (const each of edges) seen.add(each);
    ways.push({ from: edges[0]?.from.node ?? edge.from.node, to: edges.at(-1)?.to.node ?? edge.to.node, edges });
  }
  return ways;
}

/** How many wires the longest way to a node has; of those on or below a cycle nothing is known. */
function depthsOf(graph: Graph, { into, outOf }: Wires): ReadonlyMap<NodeId, number> {
  const { order } = topologicalOrder(
    Object.keys(graph.nodes),
    (id) => into.get(id)?.length ?? 0,
    (id) => outOf.get(id) ?? [],
    ({ to }) => to.node,
  );
  const depths = new Map<NodeId, number>();
  for (const id of order) depths.set(id, Math.max(0, ...(into.get(id) ?? []).map(({ from }) => depthIn(depths, from.node) + 1)));
  return depths;
}

function depthIn(depths: ReadonlyMap<NodeId, number>, id: NodeId): number {
  return depths.get(id) ?? Infinity;
}

function isSkip({ from, to, edges }: Way, { into, outOf }: Wires, depths: ReadonlyMap<NodeId, number>): boolean {
  const [forks, merges] = [outOf.get(from)?.length ?? 0, into.get(to)?.length ?? 0];
  const depth = depthIn(depths, from);
  if (forks < 2 || merges < 2 || !depths.has(to)) return false;
  // Of many branches that are joined, the shortest goes around nothing.
  if (edges.length > 1 && merges > 2) return false;
  return aroundMoreThan(edges.length - 1, { into, own: new Set(edges), from, to, isAfter: (id) => depthIn(depths, id) > depth });
}

interface Between {
  readonly into: Wires['into'];
  readonly own: ReadonlySet<GraphEdge>;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly isAfter: (id: NodeId) => boolean;
}

/** Whether another way between the same ends has more layers than the given number: followed backwards, no farther than it began. */
function aroundMoreThan(count: number, { into, own, from, to, isAfter }: Between): boolean {
  // Of each node the layers on the way from it to the end, at least.
  const layers = new Map<NodeId, number>([[to, 0]]);
  for (const [id, passed] of layers) {
    for (const edge of into.get(id) ?? []) {
      if (own.has(edge)) continue;
      if (edge.from.node === from && passed > count) return true;
      if (isAfter(edge.from.node) && !layers.has(edge.from.node)) layers.set(edge.from.node, passed + 1);
    }
  }
  return false;
}

/** The plain ways from where a skip ends to where another one begins. */
function linksBetween(skips: readonly Way[], ways: readonly Way[]): readonly Way[] {
  const [ends, starts] = [new Set(skips.map(({ to }) => to)), new Set(skips.map(({ from }) => from))];
  const isSkipping = new Set(skips);
  return ways.filter((way) => !isSkipping.has(way) && ends.has(way.from) && starts.has(way.to) && way.edges.length <= LONGEST_LINK);
}

/** Normalization, activation and what else stands between two blocks; a longer way is a path of its own. */
export const LONGEST_LINK = 4;

function numbered(skips: readonly Way[], links: readonly Way[]): ReadonlyMap<EdgeId, number> {
  const byStart = grouped([...skips, ...links], ({ from }) => from);
  const numbers = new Map<EdgeId, number>();
  const seen = new Set<Way>();
  let count = 0;
  for (const skip of skips) {
    if (seen.has(skip)) continue;
    const stream = new Set([skip]);
    for (const way of stream) for (const next of byStart.get(way.to) ?? []) if (!seen.has(next)) stream.add(next);
    for (const way of stream) {
      seen.add(way);
      for (const { id } of way.edges) numbers.set(id, count);
    }
    count += 1;
  }
  return numbers;
}
