import type { SkipDocument } from '../../shared/document/document';
import type { Edit, GraphRef } from '../../shared/graph/edit';
import type { Graph, GraphEdge, GraphNode, NodeId } from '../../shared/graph/graph';
import { newId, uniqueName } from '../../shared/graph/names';
import { useDocument } from '../state/document';
import { currentGraph, useSession, type Selection } from '../state/session';

/** What is on the canvas now. */
export interface Shown {
  readonly document: SkipDocument;
  readonly graph: Graph;
  readonly ref: GraphRef;
  readonly selection: Selection;
}

export function shown(): Shown {
  const { document } = useDocument.getState();
  const { location, selection } = useSession.getState();
  return { document, ...currentGraph(document, location), selection };
}

/** Takes away what is selected; wires of a layer go with it. */
export function removeSelection({ ref, selection }: Shown): readonly Edit[] {
  return [
    ...[...selection.edges].map((id): Edit => ({ kind: 'disconnect', id, graph: ref })),
    ...[...selection.nodes].map((id): Edit => ({ kind: 'removeNode', id, graph: ref })),
    ...[...selection.annotations].map((id): Edit => ({ kind: 'removeAnnotation', id, graph: ref })),
  ];
}

const OFFSET = 32;

/** Copies of the selected layers with the wires among them, a little lower and to the right. */
export function duplicateSelection({ graph, ref, selection }: Shown): {
  readonly edits: readonly Edit[];
  readonly nodes: readonly NodeId[];
} {
  const copies = new Map<NodeId, GraphNode>();
  // Ids and names are free in a graph that already holds the copies made before.
  let grown = graph;
  for (const id of selection.nodes) {
    const node = graph.nodes[id];
    if (!node) continue;
    const position = { x: node.position.x + OFFSET, y: node.position.y + OFFSET };
    const copy = { ...node, id: newId(grown, 'n'), name: uniqueName(grown, node.name), position };
    copies.set(id, copy);
    grown = { ...grown, nodes: { ...grown.nodes, [copy.id]: copy } };
  }
  const edges: GraphEdge[] = [];
  for (const { from, to } of Object.values(graph.edges)) {
    const [source, target] = [copies.get(from.node), copies.get(to.node)];
    if (!source || !target) continue;
    const edge = { id: newId(grown, 'e'), from: { ...from, node: source.id }, to: { ...to, node: target.id } };
    edges.push(edge);
    grown = { ...grown, edges: { ...grown.edges, [edge.id]: edge } };
  }
  const edits: Edit[] = [
    ...[...copies.values()].map((node): Edit => ({ kind: 'addNode', node, graph: ref })),
    ...edges.map((edge): Edit => ({ kind: 'connect', edge, graph: ref })),
  ];
  return { edits, nodes: [...copies.values()].map((node) => node.id) };
}
