import { isExpression, type SkipDocument } from '../../document/document';
import { freePlace } from '../../edits/placing';
import { removeAndHeal } from '../../edits/heal';
import { replaceNode } from '../../edits/replace';
import { applyEdits, graphOf } from '../../graph/applyEdits';
import type { Edit, GraphEdit, GraphRef } from '../../graph/edit';
import type { Graph, GraphEdge, GraphNode, NodeId, Params, ParamValue, PortRef } from '../../graph/graph';
import { newId, uniqueName } from '../../graph/names';
import type { NodePath } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import { defaultParams } from '../../layers/parse';

/** A layer that a repair puts into a wire; parameters left out have their defaults. */
export interface NewLayer {
  readonly type: string;
  readonly name: string;
  readonly params?: Params;
}

/**
 * Edits of a plan while it is written: each step sees what those before it did. Steps speak of layers by their path in
 * the expanded network and of ports; the draft finds the graph that holds them, which inside a block is the definition.
 */
export interface Draft {
  readonly edits: () => readonly Edit[];
  readonly document: () => SkipDocument;
  /** Sets parameters; those that a definition takes from its instance are set there. False where there is no such layer. */
  set(path: NodePath, values: Readonly<Record<string, ParamValue>>): boolean;
  /** Puts layers into the wire that enters a port, in the order of the flow. `from`: where the first takes its input instead. */
  insert(path: NodePath, port: string, layers: readonly NewLayer[], from?: PortRef): boolean;
  /** Puts a layer behind an output: whatever read that output reads the new layer's. */
  insertAfter(path: NodePath, port: string, layer: NewLayer): boolean;
  /** Puts a layer of another type in the place of one; parameters that both know stay. */
  become(path: NodePath, type: string): boolean;
  /** Takes a layer away and closes the gap. */
  remove(path: NodePath): boolean;
  /** Leads a wire into a port from another output of the same graph. */
  rewire(path: NodePath, port: string, from: PortRef): boolean;
  /** Takes the wire into a port away. */
  unwire(path: NodePath, port: string): boolean;
}

export function draftOf(document: SkipDocument): Draft {
  let current = document;
  const edits: Edit[] = [];
  const commit = (ref: GraphRef, made: readonly GraphEdit[]): boolean => {
    const located = made.map((edit): Edit => ({ ...edit, graph: ref }));
    edits.push(...located);
    current = applyEdits(current, located);
    return made.length > 0;
  };
  return {
    edits: () => edits,
    document: () => current,
    set: (path, values) => settings(current, path, values).every(({ ref, edit }) => commit(ref, [edit])),
    insert(path, port, layers, from) {
      const at = placeOf(current, path);
      return at !== undefined && commit(at.ref, insertion(at.graph, at.node, port, layers, from));
    },
    insertAfter(path, port, layer) {
      const at = placeOf(current, path);
      return at !== undefined && commit(at.ref, behind(at.graph, { node: at.node.id, port }, layer));
    },
    become(path, type) {
      const at = placeOf(current, path);
      return at !== undefined && commit(at.ref, replaceNode(at.graph, current.blocks, at.node.id, { type, params: {} }));
    },
    remove(path) {
      const at = placeOf(current, path);
      return at !== undefined && commit(at.ref, removeAndHeal(at.graph, new Set([at.node.id])));
    },
    rewire(path, port, from) {
      const at = placeOf(current, path);
      if (!at) return false;
      const old = wireInto(at.graph, at.node.id, port);
      return commit(at.ref, [{ kind: 'connect', edge: { id: old?.id ?? newId(at.graph, 'e'), from, to: { node: at.node.id, port } } }]);
    },
    unwire(path, port) {
      const at = placeOf(current, path);
      const old = at && wireInto(at.graph, at.node.id, port);
      return old !== undefined && at !== undefined && commit(at.ref, [{ kind: 'disconnect', id: old.id }]);
    },
  };
}

/** Where a layer of the expanded network is drawn, and the instance whose definition that is. */
export interface GraphPlace {
  readonly ref: GraphRef;
  readonly graph: Graph;
  readonly node: GraphNode;
  /** Path of the instance; undefined at the network. */
  readonly instance: NodePath | undefined;
}

/** Undefined where there is no such layer. */
export function placeOf(document: SkipDocument, path: NodePath): GraphPlace | undefined {
  const ids = path.split('/');
  const last = ids.pop() as string;
  let ref: GraphRef = 'network';
  for (const id of ids) {
    const nodes: Graph['nodes'] | undefined = graphOf(document, ref)?.nodes;
    // Of an instance that is repeated, `id[2]` is the second copy; all copies have one node.
    const block: string | undefined = (nodes?.[id] ?? nodes?.[id.replace(/\[\d+\]$/, '')])?.block;
    if (block === undefined) return undefined;
    ref = { block };
  }
  const graph = graphOf(document, ref);
  const node = graph?.nodes[last] ?? graph?.nodes[last.replace(/\[\d+\]$/, '')];
  return graph && node && { ref, graph, node, instance: ids.length === 0 ? undefined : ids.join('/') };
}

/** The path of another node of the same graph. */
export function pathBeside({ instance }: GraphPlace, id: NodeId): NodePath {
  return instance === undefined ? id : `${instance}/${id}`;
}

/** A parameter as it is stored: an expression where a definition takes it from its instance. */
export function storedParam(document: SkipDocument, path: NodePath, param: string): ParamValue | undefined {
  return placeOf(document, path)?.node.params[param];
}

const NAME = /^[A-Za-z_]\w*$/;

interface Setting {
  readonly ref: GraphRef;
  readonly edit: GraphEdit;
}

/** The edits that give parameters of a layer these values, going outwards through instances where they come from there. */
function settings(document: SkipDocument, path: NodePath, values: Readonly<Record<string, ParamValue>>): Setting[] {
  const at = placeOf(document, path);
  if (!at) return [];
  const outside: Record<string, ParamValue> = {};
  const own: Record<string, ParamValue> = {};
  for (const [param, value] of Object.entries(values)) {
    const stored = at.node.params[param];
    // An expression that is a name is that parameter of the instance; one that computes has no one answer.
    if (isExpression(stored) && NAME.test(stored.$) && at.instance !== undefined && !isExpression(value)) outside[stored.$] = value;
    else own[param] = value;
  }
  const setOwn: Setting[] =
    Object.keys(own).length === 0
      ? []
      : [{ ref: at.ref, edit: { kind: 'setParams', id: at.node.id, params: { ...at.node.params, ...own } } }];
  return Object.keys(outside).length === 0 ? setOwn : [...setOwn, ...settings(document, at.instance as NodePath, outside)];
}

/** The wire into a port as the graph of that layer draws it. */
export function wireInto(graph: Graph, node: string, port: string): GraphEdge | undefined {
  return Object.values(graph.edges).find(({ to }) => to.node === node && to.port === port);
}

function insertion(graph: Graph, target: GraphNode, port: string, layers: readonly NewLayer[], from: PortRef | undefined): GraphEdit[] {
  const wire = wireInto(graph, target.id, port);
  const source = from ?? wire?.from;
  if (!source || layers.length === 0) return [];
  const edits: GraphEdit[] = [];
  let grown = graph;
  let before = source;
  for (const [index, layer] of layers.entries()) {
    const node = newNode(grown, layer, between(graph, source.node, target, (index + 1) / (layers.length + 1)));
    const edge: GraphEdge = { id: newId(grown, 'e'), from: before, to: { node: node.id, port: 'x' } };
    grown = { ...grown, nodes: { ...grown.nodes, [node.id]: node }, edges: { ...grown.edges, [edge.id]: edge } };
    edits.push({ kind: 'addNode', node }, { kind: 'connect', edge });
    before = { node: node.id, port: 'y' };
  }
  edits.push({ kind: 'connect', edge: { id: wire?.id ?? newId(grown, 'e'), from: before, to: { node: target.id, port } } });
  return edits;
}

function behind(graph: Graph, from: PortRef, layer: NewLayer): GraphEdit[] {
  const readers = Object.values(graph.edges).filter((edge) => edge.from.node === from.node && edge.from.port === from.port);
  const [reader] = readers;
  const target = reader && graph.nodes[reader.to.node];
  if (!target) return [];
  const node = newNode(graph, layer, between(graph, from.node, target, 0.5));
  return [
    { kind: 'addNode', node },
    { kind: 'connect', edge: { id: newId(graph, 'e'), from, to: { node: node.id, port: 'x' } } },
    ...readers.map((edge): GraphEdit => ({ kind: 'connect', edge: { ...edge, from: { node: node.id, port: 'y' } } })),
  ];
}

/** A layer with all its parameters, free in name and place. */
export function newNode(graph: Graph, { type, name, params = {} }: NewLayer, wanted: { x: number; y: number }): GraphNode {
  const layer = findLayer(type);
  return {
    id: newId(graph, 'n'),
    type,
    name: uniqueName(graph, name),
    params: { ...(layer ? defaultParams(layer) : {}), ...params },
    position: freePlace(graph, wanted),
  };
}

function between(graph: Graph, from: string, target: GraphNode, share: number): { x: number; y: number } {
  const start = graph.nodes[from]?.position ?? target.position;
  const { x, y } = target.position;
  return { x: start.x + (x - start.x) * share, y: start.y + (y - start.y) * share };
}
