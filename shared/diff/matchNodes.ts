import { grouped } from '../graph/grouped';
import type { Graph, GraphNode, NodeId } from '../graph/graph';
import { topologicalOrder } from '../graph/order';

/** Which layers of two graphs are the same one. Each layer of either graph is in one of the three lists. */
export interface Matched {
  readonly pairs: readonly (readonly [before: GraphNode, after: GraphNode])[];
  readonly removed: readonly GraphNode[];
  readonly added: readonly GraphNode[];
}

/**
 * Matches layers by id where both graphs are of one document, then by name, then by what they are and what feeds them (a
 * layer that was named anew in another document). Linear in layers and wires.
 */
export function matchNodes(before: Graph, after: Graph, isOneDocument: boolean): Matched {
  const old = new Map<NodeId, GraphNode>(Object.entries(before.nodes));
  const now = new Map<NodeId, GraphNode>(Object.entries(after.nodes));
  const partner = new Map<NodeId, GraphNode>();
  const pair = (was: GraphNode, is: GraphNode) => {
    partner.set(is.id, was);
    old.delete(was.id);
    now.delete(is.id);
  };
  if (isOneDocument) for (const is of [...now.values()]) pairById(old.get(is.id), is, pair);
  const byName = new Map([...old.values()].map((node) => [node.name, node]));
  for (const is of [...now.values()]) {
    const was = byName.get(is.name);
    if (was) pair(was, is);
  }
  pairByFeeds(before, after, { old, now, partner, pair });
  return {
    pairs: Object.values(after.nodes).flatMap((is) => {
      const was = partner.get(is.id);
      return was ? [[was, is] as const] : [];
    }),
    removed: [...old.values()],
    added: [...now.values()],
  };
}

type Pair = (was: GraphNode, is: GraphNode) => void;

/** An id may be given anew after its layer is gone: then nothing else is alike. */
function pairById(was: GraphNode | undefined, is: GraphNode, pair: Pair): void {
  if (was && (was.name === is.name || (was.type === is.type && was.block === is.block))) pair(was, is);
}

interface Left {
  readonly old: ReadonlyMap<NodeId, GraphNode>;
  readonly now: ReadonlyMap<NodeId, GraphNode>;
  readonly partner: ReadonlyMap<NodeId, GraphNode>;
  readonly pair: Pair;
}

/** In the order of the flow, so that a chain of renamed layers is found from its beginning on. */
function pairByFeeds(before: Graph, after: Graph, { old, now, partner, pair }: Left): void {
  if (old.size === 0 || now.size === 0) return;
  const feedsBefore = feedsOf(before);
  const bySign = new Map<string, GraphNode>();
  for (const node of old.values())
    bySign.set(
      signOf(node, feedsBefore.get(node.id) ?? [], (id) => id),
      node,
    );
  const feeds = feedsOf(after);
  const out = grouped(Object.values(after.edges), ({ from }) => from.node);
  const { order } = topologicalOrder(
    Object.keys(after.nodes),
    (id) => feeds.get(id)?.length ?? 0,
    (id) => out.get(id) ?? [],
    ({ to }) => to.node,
  );
  for (const id of order) {
    const is = now.get(id);
    const fed = feeds.get(id) ?? [];
    if (!is || fed.length === 0 || fed.some(({ from }) => !partner.has(from))) continue;
    const was = bySign.get(signOf(is, fed, (from) => partner.get(from)?.id ?? ''));
    if (was && old.has(was.id)) pair(was, is);
  }
}

interface Feed {
  readonly port: string;
  readonly from: NodeId;
  readonly output: string;
}

function feedsOf({ edges }: Graph): ReadonlyMap<NodeId, readonly Feed[]> {
  const feeds = grouped(Object.values(edges), ({ to }) => to.node);
  return new Map(
    [...feeds].map(([id, wires]) => [id, wires.map(({ from, to }) => ({ port: to.port, from: from.node, output: from.port }))]),
  );
}

function signOf({ type, block }: GraphNode, feeds: readonly Feed[], nameOf: (id: NodeId) => string): string {
  const ends = feeds.map(({ port, from, output }) => JSON.stringify([port, nameOf(from), output])).sort();
  return JSON.stringify([type, block ?? null, ends]);
}
