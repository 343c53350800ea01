import type { BlockDefinition, SkipDocument } from '../document/document';
import type { GraphRef } from '../graph/edit';
import type { BlockId, Graph, GraphEdge, GraphNode, NodeId, ParamValue, PortRef } from '../graph/graph';
import type { FlatEdge, FlatGraph, FlatNode, NodePath } from '../infer/analysis';
import { noScope, resolveParams, type Scope, type WrongExpression } from './resolveParams';

/** Limits against files that grow without end when they are expanded. */
export const MAX_NODES = 50_000;
export const MAX_DEPTH = 64;
export const MAX_COPIES = 10_000;
/** Borders of blocks that one wire may cross. */
const MAX_BORDERS = 4 * MAX_DEPTH + MAX_COPIES;

/** A block instance, or an end of a definition's wires, as it stands in the expanded network. */
export interface Structural {
  readonly path: NodePath;
  readonly name: string;
  readonly kind: 'block' | 'blockInput' | 'blockOutput';
  /** Where each input and output of it really comes from, by port; undefined where nothing is wired. */
  readonly inputs: Readonly<Record<string, PortRef | undefined>>;
  readonly outputs: Readonly<Record<string, PortRef | undefined>>;
  readonly copies?: number;
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

/** The parameter of an instance that says how many copies of it stand in a row. */
export const REPEAT = 'repeat';
/** The name by which an instance's parameters know which copy they are for, from 0. */
export const COPY_INDEX = 'index';

/** One graph in one place: the network, or a definition inside an instance (one copy of it). */
interface Place {
  readonly ref: GraphRef;
  readonly graph: Graph;
  readonly prefix: NodePath;
  readonly namePrefix: string;
  readonly scope: Scope;
  readonly parent?: Parent;
  readonly incoming: ReadonlyMap<string, GraphEdge>;
  /** Of each instance its copies in their order. */
  readonly inside: Map<NodeId, readonly Place[]>;
  readonly depth: number;
}

interface Parent {
  readonly place: Place;
  readonly instance: GraphNode;
  /** Which copy of the instance, from 0. */
  readonly copy: number;
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
  enter(walk, { graph: document.graph }, '', '', noScope);
  const { incoming, outgoing } = flatEdges(walk);
  return {
    flat: { dataFormat: document.dataFormat, nodes: walk.nodes, incoming, outgoing },
    structural: walk.places.flatMap(structuralOf),
    problems: walk.problems,
  };
}

function enter(
  walk: Walk,
  { id, graph }: { readonly id?: BlockId; readonly graph: Graph },
  prefix: NodePath,
  namePrefix: string,
  scope: Scope,
  parent?: Parent,
): Place {
  const place: Place = {
    ref: id === undefined ? 'network' : { block: id },
    graph,
    prefix,
    namePrefix,
    scope,
    ...(parent && { parent }),
    incoming: incomingOf(graph),
    inside: new Map(),
    depth: parent ? parent.place.depth + 1 : 0,
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

const wires = new WeakMap<Graph['edges'], ReadonlyMap<string, GraphEdge>>();

/** Wires by the port that they enter. The first wire into a port counts; a second one is a problem that inference tells. */
function incomingOf({ edges }: Graph): ReadonlyMap<string, GraphEdge> {
  const known = wires.get(edges);
  if (known) return known;
  const incoming = new Map<string, GraphEdge>();
  for (const edge of Object.values(edges)) {
    const key = portKey(edge.to);
    if (!incoming.has(key)) incoming.set(key, edge);
  }
  wires.set(edges, incoming);
  return incoming;
}

function portKey({ node, port }: PortRef): string {
  return `${node}\n${port}`;
}

function addLayer(walk: Walk, place: Place, node: GraphNode): void {
  const path = place.prefix + node.id;
  const name = place.namePrefix + node.name;
  const { params, wrong } = resolveParams(node.params, place.scope);
  walk.problems.push(...wrong.map((each) => expressionProblem(path, name, each)));
  walk.nodes.set(path, { path, name, type: node.type, params, source: { graph: place.ref, id: node.id } });
}

function expressionProblem(path: NodePath, name: string, { param, expression, at, message }: WrongExpression): ExpansionProblem {
  const isName = /^[A-Za-z_]\w*$/.test(expression);
  return {
    path,
    name,
    code: isName ? 'block/unknown-parameter' : 'block/expression',
    param,
    message: isName
      ? `"${expression}" is not a parameter of this block. Add it to the block’s parameters, or give ${param} a value.`
      : `${param} = ${expression} cannot be computed: at character ${at + 1}, ${message}.`,
  };
}

function enterBlock(walk: Walk, place: Place, node: GraphNode): void {
  const path = place.prefix + node.id;
  const name = place.namePrefix + node.name;
  const block = walk.document.blocks[node.block ?? ''];
  const told = (problem: { code: string; message: string; param?: string }) => walk.problems.push({ path, name, ...problem });
  const wrong = whyNotExpanded(walk, place, node, block);
  if (wrong || !block) return void told(wrong ?? { code: 'block/missing', message: '' });
  const count = copiesOf(node, place.scope);
  if (typeof count !== 'number') return void told({ code: 'block/repeat', param: REPEAT, message: count.why });
  const chain = count > 1 ? whyNoChain(block) : undefined;
  if (chain) return void told({ code: 'block/repeat', param: REPEAT, message: chain });
  const copies: Place[] = [];
  place.inside.set(node.id, copies);
  for (let copy = 0; copy < count && walk.count <= MAX_NODES; copy += 1) {
    const given = resolveParams(node.params, { ...place.scope, [COPY_INDEX]: copy });
    if (copy === 0) walk.problems.push(...given.wrong.map((each) => expressionProblem(path, name, each)));
    const ends = count > 1 ? copySegment(copy) : '';
    const parent: Parent = { place, instance: node, copy };
    copies.push(enter(walk, block, `${path}${ends}/`, `${name}${ends}/`, scopeOf(block, given.params), parent));
  }
  if (walk.count > MAX_NODES) told(tooLarge);
}

/** What follows the name of a repeated instance in paths: `[1]` for the first copy. */
export function copySegment(copy: number): string {
  return `[${copy + 1}]`;
}

/** How many copies of an instance stand in a row: 1 where it does not say. */
export function copiesOf(node: GraphNode, scope: Scope): number | { readonly why: string } {
  if (!Object.hasOwn(node.params, REPEAT)) return 1;
  const count = resolveParams({ [REPEAT]: node.params[REPEAT] as ParamValue }, scope).params[REPEAT];
  if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MAX_COPIES) return count;
  return {
    why: `it is repeated ${JSON.stringify(count)} times. Expected a whole number from 1 to ${MAX_COPIES.toLocaleString('en')}.`,
  };
}

function whyNoChain({ name, graph }: BlockDefinition): string | undefined {
  const ends = (type: string) => Object.values(graph.nodes).filter((node) => node.type === type).length;
  const [inputs, outputs] = [ends('blockInput'), ends('blockOutput')];
  if (inputs === 1 && outputs === 1) return undefined;
  return `the block "${name}" has ${inputs} inputs and ${outputs} outputs; only a block of one input and one output can be repeated in a row.`;
}

const tooLarge = {
  code: 'block/too-large',
  message: `the network has more than ${MAX_NODES.toLocaleString('en')} layers when its blocks are expanded.`,
};

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
  return walk.count >= MAX_NODES ? tooLarge : undefined;
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
  for (let steps = 0; at && steps < MAX_BORDERS; steps += 1) {
    const current: { place: Place; from: PortRef } = at;
    const node: GraphNode | undefined = current.place.graph.nodes[current.from.node];
    if (!node) return undefined;
    if (node.type === 'blockInput') at = outside(current.place, node);
    else if (node.type === 'block') at = within(current.place, node, current.from.port);
    else return { node: current.place.prefix + node.id, port: current.from.port };
  }
  return undefined;
}

function outside({ parent }: Place, input: GraphNode): { place: Place; from: PortRef } | undefined {
  if (!parent) return undefined;
  const before = parent.copy > 0 ? parent.place.inside.get(parent.instance.id)?.[parent.copy - 1] : undefined;
  // A later copy reads what the copy before it gives; a repeated block has one output.
  if (before) return endOf(before, () => true);
  const edge = parent.place.incoming.get(portKey({ node: parent.instance.id, port: input.name }));
  return edge && { place: parent.place, from: edge.from };
}

function within(place: Place, node: GraphNode, port: string): { place: Place; from: PortRef } | undefined {
  const last = place.inside.get(node.id)?.at(-1);
  return last && endOf(last, ({ name }) => name === port);
}

/** What is wired to an output of a definition, inside it. */
function endOf(place: Place, which: (end: GraphNode) => boolean): { place: Place; from: PortRef } | undefined {
  const end = Object.values(place.graph.nodes).find((node) => node.type === 'blockOutput' && which(node));
  const edge = end && place.incoming.get(portKey({ node: end.id, port: 'x' }));
  return edge && { place, from: edge.from };
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
    const inner = place.inside.get(node.id)?.[0];
    const copies = place.inside.get(node.id)?.length ?? 0;
    const ends = (type: string) => Object.values(inner?.graph.nodes ?? {}).filter((end) => end.type === type);
    return [
      {
        ...base,
        kind: 'block',
        ...(copies > 1 ? { copies } : {}),
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
