import { topologicalOrder } from '../graph/order';
import type { FlatEdge, FlatGraph, NodePath } from './analysis';
import { blocksAround } from './inside';
import { positionsOf } from './positions';

/** What follows from the wires alone: kept as long as they are the same. */
export interface Flow {
  readonly order: readonly NodePath[];
  readonly cyclic: readonly NodePath[];
  readonly position: ReadonlyMap<NodePath, number>;
  /** The layers below each block instance. */
  readonly inside: ReadonlyMap<NodePath, readonly NodePath[]>;
  /** Layers into one port of which two wires go. */
  readonly doublyWired: readonly NodePath[];
}

/** The flow of a network; that of an earlier one where no wire and no layer came or went. */
export function flowOf(flat: FlatGraph, before: { readonly flat: FlatGraph; readonly flow: Flow } | undefined): Flow {
  if (before && isWiredAlike(flat, before.flat)) return before.flow;
  const { order, cyclic } = topologicalOrder(
    flat.nodes.keys(),
    (path) => flat.incoming.get(path)?.length ?? 0,
    (path) => flat.outgoing.get(path) ?? none,
    ({ to }) => to.node,
  );
  return { order, cyclic, position: positionsOf(order), inside: layersInside(order), doublyWired: doublyWired(flat) };
}

function isWiredAlike(now: FlatGraph, then: FlatGraph): boolean {
  if (now.incoming !== then.incoming || now.outgoing !== then.outgoing) return false;
  return now.nodes === then.nodes || sameKeys(now.nodes, then.nodes);
}

function sameKeys(a: ReadonlyMap<NodePath, unknown>, b: ReadonlyMap<NodePath, unknown>): boolean {
  if (a.size !== b.size) return false;
  const others = b.keys();
  for (const key of a.keys()) if (key !== others.next().value) return false;
  return true;
}

const none: readonly FlatEdge[] = [];

function layersInside(order: readonly NodePath[]): Map<NodePath, NodePath[]> {
  const inside = new Map<NodePath, NodePath[]>();
  for (const path of order) {
    for (const block of blocksAround(path)) {
      const list = inside.get(block);
      if (list) list.push(path);
      else inside.set(block, [path]);
    }
  }
  return inside;
}

function doublyWired({ nodes, incoming }: FlatGraph): readonly NodePath[] {
  const found = new Set<NodePath>();
  for (const [path, edges] of incoming) if (edges.length > 1 && areIntoOne(edges)) found.add(path);
  return found.size < 2 ? [...found] : [...nodes.keys()].filter((path) => found.has(path));
}

/** Whether two of the wires into a layer go into the same port. */
function areIntoOne(edges: readonly FlatEdge[]): boolean {
  const [first, second, ...more] = edges;
  if (more.length === 0) return first?.to.port === second?.to.port;
  return new Set(edges.map(({ to }) => to.port)).size < edges.length;
}
