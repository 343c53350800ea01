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

/** The nodes of a graph in their order; one list as long as its table of them. */
export function nodesOf({ nodes }: Pick<Graph, 'nodes'>): readonly GraphNode[] {
  return listOf(nodes);
}

/** The wires of a graph in their order; one list as long as its table of them. */
export function edgesOf({ edges }: Pick<Graph, 'edges'>): readonly GraphEdge[] {
  return listOf(edges);
}
