import type { GraphEdit } from '../graph/edit';
import type { EdgeId, Graph, GraphNode } from '../graph/graph';
import { cycleThrough } from '../graph/order';
import { newId } from '../graph/names';
import { freeInput, nextOutput, type Blocks } from './ports';

/**
 * Puts a node into a wire: what ran along the wire now runs through the node's first free input and first output. Empty
 * where the node has no such ports, or where the detour would be a circle. The node may be new or stand in the graph.
 */
export function insertOnWire(graph: Graph, blocks: Blocks, node: GraphNode, wire: EdgeId): readonly GraphEdit[] {
  const edge = graph.edges[wire];
  if (!edge || edge.from.node === node.id || edge.to.node === node.id) return [];
  const isThere = Object.hasOwn(graph.nodes, node.id);
  const into = freeInput(graph, blocks, node);
  const outOf = nextOutput(graph, blocks, node);
  if (!into || !outOf) return [];
  if (isThere && (cycleThrough(graph, edge.from.node, node.id) ?? cycleThrough(graph, node.id, edge.to.node))) return [];
  return [
    ...(isThere ? [] : [{ kind: 'addNode', node } as const]),
    { kind: 'connect', edge: { ...edge, from: outOf } },
    { kind: 'connect', edge: { id: newId(graph, 'e'), from: edge.from, to: into } },
  ];
}

/** Wires nodes one after the other; pairs that are wired already, or would close a circle, are passed over. */
export function chain(graph: Graph, blocks: Blocks, nodes: readonly GraphNode[]): readonly GraphEdit[] {
  const edits: GraphEdit[] = [];
  let grown = graph;
  for (const [index, target] of nodes.entries()) {
    const source = nodes[index - 1];
    if (!source || isWired(grown, source.id, target.id) || cycleThrough(grown, source.id, target.id)) continue;
    const from = nextOutput(grown, blocks, source);
    const to = freeInput(grown, blocks, target);
    if (!from || !to) continue;
    const edge = { id: newId(grown, 'e'), from, to };
    edits.push({ kind: 'connect', edge });
    grown = { ...grown, edges: { ...grown.edges, [edge.id]: edge } };
  }
  return edits;
}

function isWired({ edges }: Graph, from: string, to: string): boolean {
  return Object.values(edges).some((edge) => edge.from.node === from && edge.to.node === to);
}
