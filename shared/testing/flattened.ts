import { expand } from '../blocks/expand';
import type { SkipDocument } from '../document/document';
import type { GraphEdge, GraphNode } from '../graph/graph';
import { arranged, placedAt } from '../layout/arrange';

/** A network with all its blocks taken apart, arranged as the program does it. Names have spaces for the slashes of paths. */
export function flattened(document: SkipDocument): SkipDocument {
  const { nodes, incoming } = expand(document).flat;
  const ids = new Map([...nodes.keys()].map((path, index) => [path, `n${index}`]));
  const idOf = (path: string) => ids.get(path) ?? path;
  const position = { x: 0, y: 0 };
  const layers = [...nodes.values()].map(({ path, name, type, params }): GraphNode => {
    return { id: idOf(path), type, name: name.replaceAll('/', ' '), params, position };
  });
  const wires = [...incoming.values()].flat().map(({ from, to }, index): GraphEdge => ({
    id: `e${index}`,
    from: { node: idOf(from.node), port: from.port },
    to: { node: idOf(to.node), port: to.port },
  }));
  const graph = { nodes: byId(layers), edges: byId(wires) };
  return { ...document, id: 'flattened', graph: placedAt(graph, arranged(graph, {})), blocks: {} };
}

function byId<T extends { readonly id: string }>(entries: readonly T[]): Record<string, T> {
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}
