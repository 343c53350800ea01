import type { BlockDefinition, SkipDocument } from '../document/document';
import type { GraphRef } from '../graph/edit';
import type { Graph, GraphEdge, GraphNode, NodeId, PortRef } from '../graph/graph';
import type { FlatEdge, FlatGraph, FlatNode, NodePath } from '../infer/analysis';
import { noScope, resolveParams, type Scope } from './resolveParams';

/** Limits against files that grow without end when they are expanded. */
export const MAX_NODES = 200_000;
export const MAX_DEPTH = 64;

/** A block instance, or an end of a definition's wires, as it stands in the expanded network. */
export interface Structural {
  readonly path: NodePath;
  readonly name: string;
  readonly kind: 'block' | 'blockInput' | 'blockOutput';
  /** Where each input and output of it really comes from, by port; undefined where nothing is wired. */
  readonly inputs: Readonly<Record<string, PortRef | undefined>>;
  readonly outputs: Readonly<Record<string, PortRef | undefined>>;
}

/** What is wrong with blocks themselves. */
export interface ExpansionProblem {
  readonly path: NodePath;
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly param?: string;
}

export interface Expansion {
  readonly flat: FlatGraph;
  readonly structural: readonly Structural[];
  readonly problems: readonly ExpansionProblem[];
}

/** One graph in one place: the network, or a definition inside an instance. */
interface Place {
  readonly ref: GraphRef;
  readonly graph: Graph;
  readonly prefix: NodePath;
  readonly namePrefix: string;
  readonly scope: Scope;
  readonly parent?: { readonly place: Place; readonly instance: GraphNode };
  readonly incoming: ReadonlyMap<string, GraphEdge>;
  readonly inside: Map<NodeId, Place>;
  readonly depth: number;
}

interface Walk {
  readonly document: SkipDocument;
  readonly nodes: Map<NodePath, FlatNode>;
  readonly problems: ExpansionProblem[];
  readonly places: Place[];
  count: number;
}

/** The network with every block replaced by what is inside; blocks that cannot be replaced are told and left out. */
export function expand(document: SkipDocument): Expansion {
  const walk: Walk = { document, nodes: new Map(), problems: [], places: [], count: 0 };
  enter(walk, 'network', document.graph, '', '', noScope, undefined, 0);
  const { incoming, outgoing } = flatEdges(walk);
  return {
    flat: { dataFormat: document.dataFormat, nodes: walk.nodes, incoming, outgoing },
    structural: walk.places.flatMap(structuralOf),
    problems: walk.problems,
  };
}

function enter(
  walk: Walk,
  ref: GraphRef,
  graph: Graph,
  prefix: NodePath,
  namePrefix: string,
  scope: Scope,
  parent: Place['parent'],
  depth: number,
): Place {
  const place: Place = {
    ref,
    graph,
    prefix,
    namePrefix,
    scope,
    ...(parent && { parent }),
    incoming: incomingOf(graph),
    inside: new Map(),
    depth,
  };
  walk.places.push(place);
  for (const node of Object.values(graph.nodes)) {
    walk.count += 1;
    if (walk.count > MAX_NODES) break;
    if (node.type === 'block') enterBlock(walk, place, node);
    else if (node.type !== 'blockInput' && node.type !== 'blockOutput') addLayer(walk, place, node);
  }
  return place;
}

/** Wires by the port that they enter. The first wire into a port counts; a second one is a problem that inference tells. */
function incomingOf(graph: Graph): Map<string, GraphEdge> {
  const incoming = new Map<string, GraphEdge>();
  for (const edge of Object.values(graph.edges)) {
    const key = portKey(edge.to);
    if (!incoming.has(key)) incoming.set(key, edge);
  }
  return incoming;
}

function portKey({ node, port }: PortRef): string {
  return `${node}\n${port}`;
}

function addLayer(walk: Walk, place: Place, node: GraphNode): void {
  const path = place.prefix + node.id;
  const name = place.namePrefix + node.name;
  const { params, unknown } = resolveParams(node.params, place.scope);
  for (const { param, expression } of unknown) {
    walk.problems.push({
      path,
      name,
      code: 'block/unknown-parameter',
      param,
      message: `"${expression}" is not a parameter of this block. Add it to the block’s parameters, or give ${param} a value.`,
    });
  }
  walk.nodes.set(path, { path, name, type: node.type, params, source: { graph: place.ref, id: node.id } });
}

function enterBlock(walk: Walk, place: Place, node: GraphNode): void {
  const path = place.prefix + node.id;
  const name = place.namePrefix + node.name;
  const block = walk.document.blocks[node.block ?? ''];
  const wrong = whyNotExpanded(walk, place, node, block);
  if (wrong || !block) {
    walk.problems.push({ path, name, code: wrong?.code ?? 'block/missing', message: wrong?.message ?? '' });
    return;
  }
  const scope = scopeOf(block, resolveParams(node.params, place.scope).params);
  place.inside.set(
    node.id,
    enter(walk, { block: block.id }, block.graph, `${path}/`, `${name}/`, scope, { place, instance: node }, place.depth + 1),
  );
}

function whyNotExpanded(
  walk: Walk,
  place: Place,
  node: GraphNode,
  block: BlockDefinition | undefined,
): { code: string; message: string } | undefined {
  if (!block) return { code: 'block/missing', message: `its definition "${node.block ?? ''}" is not in this document.` };
  for (let at: Place | undefined = place; at; at = at.parent?.place) {
    if (at.ref !== 'network' && at.ref.block === block.id)
      return { code: 'block/recursive', message: `the block "${block.name}" contains itself. Take this instance out of it.` };
  }
  if (place.depth >= MAX_DEPTH) return { code: 'block/too-deep', message: `blocks are nested more than ${MAX_DEPTH} deep.` };
  if (walk.count >= MAX_NODES)
    return {
      code: 'block/too-large',
      message: `the network has more than ${MAX_NODES.toLocaleString('en')} layers when its blocks are expanded.`,
    };
  return undefined;
}

function scopeOf(block: BlockDefinition, given: Scope): Scope {
  return Object.fromEntries(
    block.parameters.map((parameter) => [
      parameter.name,
      Object.hasOwn(given, parameter.name) ? (given[parameter.name] as Scope[string]) : parameter.default,
    ]),
  );
}

/** The layer's port that a port of this place stands for, through blocks in and out; undefined where nothing is wired. */
function sourceOf(place: Place, from: PortRef): PortRef | undefined {
  let at: { place: Place; from: PortRef } | undefined = { place, from };
  // Each step goes through one border of a block; more steps than that are a loop of empty blocks.
  for (let steps = 0; at && steps < 4 * MAX_DEPTH; steps += 1) {
    const current: { place: Place; from: PortRef } = at;
    const node: GraphNode | undefined = current.place.graph.nodes[current.from.node];
    if (!node) return undefined;
    if (node.type === 'blockInput') at = outside(current.place, node);
    else if (node.type === 'block') at = within(current.place, node, current.from.port);
    else return { node: current.place.prefix + node.id, port: current.from.port };
  }
  return undefined;
}

function outside(place: Place, input: GraphNode): { place: Place; from: PortRef } | undefined {
  const edge = place.parent && place.parent.place.incoming.get(portKey({ node: place.parent.instance.id, port: input.name }));
  return edge && place.parent ? { place: place.parent.place, from: edge.from } : undefined;
}

function within(place: Place, node: GraphNode, port: string): { place: Place; from: PortRef } | undefined {
  const inner = place.inside.get(node.id);
  const end = inner && Object.values(inner.graph.nodes).find(({ type, name }) => type === 'blockOutput' && name === port);
  const edge = end && inner?.incoming.get(portKey({ node: end.id, port: 'x' }));
  return inner && edge ? { place: inner, from: edge.from } : undefined;
}

function flatEdges(walk: Walk): { incoming: Map<NodePath, FlatEdge[]>; outgoing: Map<NodePath, FlatEdge[]> } {
  const incoming = new Map<NodePath, FlatEdge[]>();
  const outgoing = new Map<NodePath, FlatEdge[]>();
  for (const place of walk.places) {
    for (const edge of Object.values(place.graph.edges)) {
      const target = place.prefix + edge.to.node;
      const from = walk.nodes.has(target) ? sourceOf(place, edge.from) : undefined;
      if (!from || !walk.nodes.has(from.node)) continue;
      const flat: FlatEdge = { id: place.prefix + edge.id, from, to: { node: target, port: edge.to.port } };
      append(incoming, target, flat);
      append(outgoing, from.node, flat);
    }
  }
  return { incoming, outgoing };
}

function append(map: Map<NodePath, FlatEdge[]>, key: NodePath, edge: FlatEdge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}

function structuralOf(place: Place): Structural[] {
  return Object.values(place.graph.nodes).flatMap((node): Structural[] => {
    const base = { path: place.prefix + node.id, name: place.namePrefix + node.name };
    if (node.type === 'blockInput')
      return [{ ...base, kind: 'blockInput', inputs: {}, outputs: { y: sourceOf(place, { node: node.id, port: 'y' }) } }];
    if (node.type === 'blockOutput')
      return [{ ...base, kind: 'blockOutput', inputs: { x: wired(place, { node: node.id, port: 'x' }) }, outputs: {} }];
    if (node.type !== 'block') return [];
    const inner = place.inside.get(node.id);
    const ends = (type: string) => Object.values(inner?.graph.nodes ?? {}).filter((end) => end.type === type);
    return [
      {
        ...base,
        kind: 'block',
        inputs: Object.fromEntries(ends('blockInput').map(({ name }) => [name, wired(place, { node: node.id, port: name })])),
        outputs: Object.fromEntries(ends('blockOutput').map(({ name }) => [name, sourceOf(place, { node: node.id, port: name })])),
      },
    ];
  });
}

function wired(place: Place, to: PortRef): PortRef | undefined {
  const edge = place.incoming.get(portKey(to));
  return edge && sourceOf(place, edge.from);
}
