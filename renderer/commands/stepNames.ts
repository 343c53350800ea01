import type { Graph, NodeId } from '../../shared/graph/graph';
import type { Selection } from '../state/session';
import { countOf } from '../ui/numbers';

// Steps are read in the history and heard after each edit: they say of what they are.

/** `conv1`, or `3 layers` of several. */
export function layersInWords(graph: Graph, ids: Iterable<NodeId>): string {
  const [only, ...others] = ids;
  const name = only === undefined ? undefined : graph.nodes[only]?.name;
  return name !== undefined && others.length === 0 ? name : countOf(others.length + (only === undefined ? 0 : 1), 'layer');
}

/** `Delete conv1`, `Delete 3 layers`, `Delete a wire`. */
export function deletionName(graph: Graph, { nodes, edges, annotations }: Selection): string {
  if (nodes.size > 0) return `Delete ${layersInWords(graph, nodes)}`;
  if (edges.size > 0) return wireDeletionName(edges.size);
  const kinds = [...annotations].map((id) => graph.annotations?.[id]?.kind);
  return kinds.length === 1 && kinds[0] !== undefined ? `Delete a ${kinds[0]}` : 'Delete';
}

/** `Delete a wire`, `Delete 3 wires`. */
export function wireDeletionName(count: number): string {
  return count === 1 ? 'Delete a wire' : `Delete ${count} wires`;
}

/** `Wire conv1 to add1`. */
export function wiringName(graph: Graph, from: NodeId, to: NodeId): string {
  const [source, target] = [from, to].map((id) => graph.nodes[id]?.name);
  return source !== undefined && target !== undefined ? `Wire ${source} to ${target}` : 'Wire';
}
