import type { Graph, GraphEdge, GraphNode } from './graph';

const lists = new WeakMap<object, readonly unknown[]>();

/** The values of a table in their order, made once for each table. */
function listOf<T>(table: Readonly<Record<string, T>>): readonly T[] {
  const known = lists.get(table) as readonly T[] | undefined;
  if (known) return known;
  const list = Object.values(table);
  lists.set(table, list);
  return list;
}

/** Takes note of the list of a table for one who has made both; does nothing where the list is not known or the table is the same. */
export function noteList<T>(
  table: Readonly<Record<string, T>>,
  before: Readonly<Record<string, T>>,
  listAfter: (list: readonly T[]) => readonly T[],
): void {
  const list = lists.get(before) as readonly T[] | undefined;
  if (list && table !== before) lists.set(table, listAfter(list));
}

/** The nodes of a graph in their order; one list as long as its table of them. */
export function nodesOf({ nodes }: Pick<Graph, 'nodes'>): readonly GraphNode[] {
  return listOf(nodes);
}

/** The wires of a graph in their order; one list as long as its table of them. */
export function edgesOf({ edges }: Pick<Graph, 'edges'>): readonly GraphEdge[] {
  return listOf(edges);
}
