import type { SkipDocument } from '../document/document';
import { directionOf, withDirection } from './direction';
import type { Edit, GraphEdit, GraphRef } from './edit';
import type { Annotation, EdgeId, Graph, GraphEdge, GraphNode, NodeId } from './graph';
import { openTable, type OpenTable } from './openTable';
import { knownWiresAt, wiresAt, type WiresAt } from './wires';

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
 * Copies each table that the edits change, once for all of them, so that pasting n nodes costs n. What is not changed stays the same
 * object: whoever compares by reference sees that no wire changed.
 */
export function applyToGraph(graph: Graph, edits: readonly GraphEdit[]): Graph {
  const before = edits.length > FEW ? wiresAt(graph.edges) : knownWiresAt(graph.edges);
  const tables: Tables = {
    nodes: openTable(graph.nodes),
    edges: openTable(graph.edges),
    annotations: openTable(graph.annotations ?? {}),
    wires: before && { before, came: new Map() },
  };
  for (const edit of edits) applyOne(tables, edit);
  const [nodes, edges, annotations] = [tables.nodes.close(), tables.edges.close(), tables.annotations.close()];
  const direction = edits.findLast((edit) => edit.kind === 'direct')?.direction ?? directionOf(graph);
  return withDirection(Object.keys(annotations).length > 0 ? { nodes, edges, annotations } : { nodes, edges }, direction);
}

/** For more edits than these it pays to find out the wires of each node. */
const FEW = 4;

interface Tables {
  readonly nodes: OpenTable<GraphNode>;
  readonly edges: OpenTable<GraphEdge>;
  readonly annotations: OpenTable<Annotation>;
  /** The wires at each node before the edits, and those that came; left out where all wires are looked at instead. */
  readonly wires: { readonly before: WiresAt; readonly came: Map<NodeId, EdgeId[]> } | undefined;
}

function applyOne(tables: Tables, edit: GraphEdit): void {
  const { nodes, edges, annotations } = tables;
  switch (edit.kind) {
    case 'addNode':
      nodes.put(edit.node.id, edit.node);
      break;
    case 'removeNode':
      nodes.remove(edit.id);
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
      edges.put(edit.edge.id, edit.edge);
      if (tables.wires) note(tables.wires.came, edit.edge);
      break;
    case 'disconnect':
      edges.remove(edit.id);
      break;
    case 'route':
      change(edges, edit.id, (edge) => routed(edge, edit.route));
      break;
    case 'annotate':
      annotations.put(edit.annotation.id, edit.annotation);
      break;
    case 'removeAnnotation':
      annotations.remove(edit.id);
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

function change<T extends object>(table: OpenTable<T>, id: string, to: (value: T) => T): void {
  const value = table.get(id);
  if (value) table.put(id, to(value));
}

/** Takes away wires at a node. */
function removeEdges({ edges, wires }: Tables, node: NodeId, where: (edge: GraphEdge) => boolean): void {
  const ids = wires ? wiresOf(wires, node) : edges.ids();
  for (const id of ids) {
    const edge = edges.get(id);
    if (edge && where(edge)) edges.remove(id);
  }
}

/** The wires at a node, among them some that have gone. */
function wiresOf({ before: { from, to }, came }: NonNullable<Tables['wires']>, node: NodeId): readonly EdgeId[] {
  const before = [...(from.get(node) ?? []), ...(to.get(node) ?? [])].map(({ id }) => id);
  return [...before, ...(came.get(node) ?? [])];
}

function note(came: Map<NodeId, EdgeId[]>, { id, from, to }: GraphEdge): void {
  for (const node of [from.node, to.node]) {
    const known = came.get(node);
    if (known) known.push(id);
    else came.set(node, [id]);
  }
}
