import type { SkipDocument } from '../document/document';
import type { Edit, GraphEdit, GraphRef } from './edit';
import type { Annotation, EdgeId, Graph, GraphEdge, GraphNode, NodeId } from './graph';

/** The graph that a reference means; undefined where the block definition is gone. */
export function graphOf(document: SkipDocument, ref: GraphRef): Graph | undefined {
  return ref === 'network' ? document.graph : document.blocks[ref.block]?.graph;
}

/** The document with one of its graphs replaced; shares everything else. */
export function withGraph(document: SkipDocument, ref: GraphRef, graph: Graph): SkipDocument {
  if (ref === 'network') return { ...document, graph };
  const block = document.blocks[ref.block];
  return block ? { ...document, blocks: { ...document.blocks, [ref.block]: { ...block, graph } } } : document;
}

/** Applies edits in order. Shares all that they do not touch; an edit of something that is not there changes nothing. */
export function applyEdits(document: SkipDocument, edits: readonly Edit[]): SkipDocument {
  let result = document;
  for (let start = 0; start < edits.length;) {
    const ref = (edits[start] as Edit).graph;
    let end = start;
    while (end < edits.length && sameGraph((edits[end] as Edit).graph, ref)) end += 1;
    const graph = graphOf(result, ref);
    if (graph) result = withGraph(result, ref, applyToGraph(graph, edits.slice(start, end)));
    start = end;
  }
  return result;
}

export function sameGraph(a: GraphRef, b: GraphRef): boolean {
  return a === 'network' || b === 'network' ? a === b : a.block === b.block;
}

/** Copies each table once for a whole list of edits, so that pasting n nodes costs n. */
export function applyToGraph(graph: Graph, edits: readonly GraphEdit[]): Graph {
  const nodes: Record<NodeId, GraphNode> = { ...graph.nodes };
  const edges: Record<EdgeId, GraphEdge> = { ...graph.edges };
  const annotations: Record<string, Annotation> = { ...graph.annotations };
  for (const edit of edits) applyOne({ nodes, edges, annotations }, edit);
  return Object.keys(annotations).length > 0 ? { nodes, edges, annotations } : { nodes, edges };
}

interface Tables {
  readonly nodes: Record<NodeId, GraphNode>;
  readonly edges: Record<EdgeId, GraphEdge>;
  readonly annotations: Record<string, Annotation>;
}

function applyOne({ nodes, edges, annotations }: Tables, edit: GraphEdit): void {
  switch (edit.kind) {
    case 'addNode':
      nodes[edit.node.id] = edit.node;
      break;
    case 'removeNode':
      delete nodes[edit.id];
      removeEdges(edges, ({ from, to }) => from.node === edit.id || to.node === edit.id);
      break;
    case 'setParams':
      change(nodes, edit.id, (node) => ({ ...node, params: edit.params }));
      break;
    case 'rename':
      change(nodes, edit.id, (node) => ({ ...node, name: edit.name }));
      break;
    case 'move':
      change(nodes, edit.id, (node) => ({ ...node, position: edit.position }));
      break;
    case 'connect':
      removeEdges(edges, ({ to }) => to.node === edit.edge.to.node && to.port === edit.edge.to.port);
      edges[edit.edge.id] = edit.edge;
      break;
    case 'disconnect':
      delete edges[edit.id];
      break;
    case 'route': {
      const edge = edges[edit.id];
      if (edge) edges[edit.id] = routed(edge, edit.route);
      break;
    }
    case 'annotate':
      annotations[edit.annotation.id] = edit.annotation;
      break;
    case 'removeAnnotation':
      delete annotations[edit.id];
      break;
  }
}

function routed({ route: _, ...edge }: GraphEdge, route: GraphEdge['route']): GraphEdge {
  return route ? { ...edge, route } : edge;
}

function change(nodes: Record<NodeId, GraphNode>, id: NodeId, to: (node: GraphNode) => GraphNode): void {
  const node = nodes[id];
  if (node) nodes[id] = to(node);
}

function removeEdges(edges: Record<EdgeId, GraphEdge>, where: (edge: GraphEdge) => boolean): void {
  for (const edge of Object.values(edges)) if (where(edge)) delete edges[edge.id];
}
