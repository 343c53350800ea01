import type { SkipDocument } from '../document/document';
import { directionOf, withDirection } from './direction';
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

/**
 * Copies each table that the edits touch, once for all of them, so that pasting n nodes costs n. What is not touched stays the same
 * object: whoever compares by reference sees that no wire changed.
 */
export function applyToGraph(graph: Graph, edits: readonly GraphEdit[]): Graph {
  const copied = <T>(table: Readonly<Record<string, T>>, kinds: ReadonlySet<GraphEdit['kind']>): Record<string, T> =>
    edits.some(({ kind }) => kinds.has(kind)) ? { ...table } : table;
  const nodes: Record<NodeId, GraphNode> = copied(graph.nodes, ofNodes);
  const edges: Record<EdgeId, GraphEdge> = copied(graph.edges, ofEdges);
  const annotations: Record<string, Annotation> = copied(graph.annotations ?? {}, ofAnnotations);
  const tables: Tables = { nodes, edges, annotations, wires: edits.length > FEW ? wiresByNode(edges) : undefined };
  for (const edit of edits) applyOne(tables, edit);
  const direction = edits.findLast((edit) => edit.kind === 'direct')?.direction ?? directionOf(graph);
  return withDirection(Object.keys(annotations).length > 0 ? { nodes, edges, annotations } : { nodes, edges }, direction);
}

const ofNodes: ReadonlySet<GraphEdit['kind']> = new Set(['addNode', 'removeNode', 'setParams', 'rename', 'move']);
const ofEdges: ReadonlySet<GraphEdit['kind']> = new Set(['removeNode', 'connect', 'disconnect', 'route']);
const ofAnnotations: ReadonlySet<GraphEdit['kind']> = new Set(['annotate', 'removeAnnotation']);

/** For more edits than these it pays to know the wires of each node. */
const FEW = 4;

type Wires = Map<NodeId, Set<EdgeId>>;

interface Tables {
  readonly nodes: Record<NodeId, GraphNode>;
  readonly edges: Record<EdgeId, GraphEdge>;
  readonly annotations: Record<string, Annotation>;
  /** The wires at each node, among them some that have gone; left out where all wires are looked at instead. */
  readonly wires: Wires | undefined;
}

function wiresByNode(edges: Readonly<Record<EdgeId, GraphEdge>>): Wires {
  const wires: Wires = new Map();
  for (const edge of Object.values(edges)) noteWire(wires, edge);
  return wires;
}

function noteWire(wires: Wires, { id, from, to }: GraphEdge): void {
  for (const node of [from.node, to.node]) {
    const known = wires.get(node);
    if (known) known.add(id);
    else wires.set(node, new Set([id]));
  }
}

function applyOne(tables: Tables, edit: GraphEdit): void {
  const { nodes, edges, annotations } = tables;
  switch (edit.kind) {
    case 'addNode':
      nodes[edit.node.id] = edit.node;
      break;
    case 'removeNode':
      delete nodes[edit.id];
      removeEdges(tables, edit.id, ({ from, to }) => from.node === edit.id || to.node === edit.id);
      break;
    case 'setParams':
      change(nodes, edit.id, (node) => ({ ...node, params: edit.params }));
      break;
    case 'rename':
      change(nodes, edit.id, (node) => ({ ...node, name: edit.name }));
      break;
    case 'move':
      change(nodes, edit.id, (node) => moved(node, edit));
      break;
    case 'connect':
      removeEdges(
        tables,
        edit.edge.to.node,
        ({ id, to }) => id !== edit.edge.id && to.node === edit.edge.to.node && to.port === edit.edge.to.port,
      );
      edges[edit.edge.id] = edit.edge;
      if (tables.wires) noteWire(tables.wires, edit.edge);
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
    case 'direct':
      // Of all of them the last one counts, whatever else happens.
      break;
  }
}

function moved(node: GraphNode, { position, placed = node.placed === true }: Extract<GraphEdit, { kind: 'move' }>): GraphNode {
  const { placed: _, ...rest } = node;
  return placed ? { ...rest, position, placed } : { ...rest, position };
}

function routed({ route: _, ...edge }: GraphEdge, route: GraphEdge['route']): GraphEdge {
  return route ? { ...edge, route } : edge;
}

function change(nodes: Record<NodeId, GraphNode>, id: NodeId, to: (node: GraphNode) => GraphNode): void {
  const node = nodes[id];
  if (node) nodes[id] = to(node);
}

/** Takes away wires at a node. */
function removeEdges({ edges, wires }: Tables, node: NodeId, where: (edge: GraphEdge) => boolean): void {
  for (const id of wires ? (wires.get(node) ?? []) : Object.keys(edges)) {
    const edge = edges[id];
    if (edge && where(edge)) delete edges[id];
  }
}
