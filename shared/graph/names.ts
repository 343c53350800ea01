import type { Graph, NodeId } from './graph';
import { edgesOf, nodesOf } from './lists';

/** A name that no node of the graph has: `conv2d`, then `conv2d_2`, `conv2d_3`, … */
export function uniqueName(graph: Graph, wanted: string): string {
  const taken = new Set(nodesOf(graph).map((node) => node.name));
  const base = wanted.replace(/_\d+$/, '');
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${base}_${count}`;
  return name;
}

/** An id that no node or wire of the graph has, short so that files stay readable: `n12`, `e7`. */
export function newId(graph: Graph, prefix: 'n' | 'e'): string {
  const table: object = prefix === 'n' ? graph.nodes : graph.edges;
  for (let count = sizeOf(graph, prefix) + 1; ; count += 1) {
    const id = `${prefix}${count}`;
    if (!Object.hasOwn(table, id)) return id;
  }
}

function sizeOf(graph: Graph, prefix: 'n' | 'e'): number {
  return (prefix === 'n' ? nodesOf(graph) : edgesOf(graph)).length;
}

/** Names for several new nodes at once, none taken twice; a walk over the graph, not one for each. */
export function uniqueNames(graph: Graph, wanted: readonly string[]): readonly string[] {
  const taken = new Set(nodesOf(graph).map((node) => node.name));
  const counts = new Map<string, number>();
  return wanted.map((name) => {
    const base = name.replace(/_\d+$/, '');
    let free = name;
    for (let count = counts.get(base) ?? 2; taken.has(free); count += 1) {
      free = `${base}_${count}`;
      counts.set(base, count);
    }
    taken.add(free);
    return free;
  });
}

/** Ids for several new nodes or wires at once. */
export function freshIds(graph: Graph, prefix: 'n' | 'e', count: number): readonly string[] {
  const table: object = prefix === 'n' ? graph.nodes : graph.edges;
  const ids: string[] = [];
  for (let number = sizeOf(graph, prefix) + 1; ids.length < count; number += 1)
    if (!Object.hasOwn(table, `${prefix}${number}`)) ids.push(`${prefix}${number}`);
  return ids;
}

/** Why a node cannot have this name, in words; undefined where it can. Names are unique in a graph and the parts of paths. */
export function nameProblem(graph: Graph, id: NodeId, name: string): string | undefined {
  if (name.trim() === '') return 'A name is needed.';
  if (name.includes('/')) return 'A name has no “/”: it stands between the parts of a path.';
  if (name.length > 100) return 'A name has at most 100 characters.';
  const other = nodesOf(graph).some((node) => node.id !== id && node.name === name);
  return other ? `Another layer is called “${name}”.` : undefined;
}
