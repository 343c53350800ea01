import type { BlockDefinition, SkipDocument } from '../document/document';
import type { GraphRef } from '../graph/edit';
import type { BlockId, Graph, GraphNode, ParamValue } from '../graph/graph';
import type { FlatGraph, FlatNode, NodePath } from '../infer/analysis';
import { expressionProblem, layerAt, unchangedLayers, unknownAt } from './layerAt';
import { MAX_COPIES, MAX_DEPTH, MAX_NODES } from './limits';
import { openInputProblems, openInputs } from './openInputs';
import { isLayer, pathsOf, planOf, wiredAlike, type ExpansionProblem, type Parent, type Place } from './place';
import { resolveParams, sameScope, noScope, type Scope } from './resolveParams';
import { structuralOf, type Structural } from './structural';
import { unknownPorts } from './unknownPorts';
import { flatWires, type Wiring } from './wiring';

export interface Expansion {
  readonly flat: FlatGraph;
  readonly wiring: Wiring;
  readonly structural: readonly Structural[];
  readonly problems: readonly ExpansionProblem[];
  /** Every graph in every place where it stands, in the order of the walk: what the next expansion begins from. */
  readonly places: readonly Place[];
}

/** The parameter of an instance that says how many copies of it stand in a row. */
export const REPEAT = 'repeat';
/** The name by which an instance's parameters know which copy they are for, from 0. */
export const COPY_INDEX = 'index';

interface Walk {
  readonly document: SkipDocument;
  readonly before: ReadonlyMap<NodePath, Place> | undefined;
  readonly layers: FlatNode[];
  readonly problems: ExpansionProblem[];
  readonly places: Place[];
  count: number;
  /** Layers of blocks that were too large, and given up. */
  given: number;
}

/**
 * The network with every block replaced by what is inside; blocks that cannot be replaced are told, and stand in it as they are.
 *
 * With `previous`, whatever came out the same is the same object: layers, lists of wires, the tables of them, `flat` itself.
 */
export function expand(document: SkipDocument, previous?: Expansion): Expansion {
  const before = previous && placesOf(previous);
  const walk: Walk = { document, before, layers: [], problems: [], places: [], count: 0, given: 0 };
  enter(walk, { graph: document.graph }, { prefix: '', namePrefix: '', scope: noScope });
  const { places, problems } = walk;
  const nodes = nodesOf(walk.layers, previous?.flat.nodes);
  const isWired = previous && samePlaces(places, previous.places, wiredAlike);
  const wiring = isWired ? keptWires(previous, places) : flatWires(places, nodes, before && { places: before, wiring: previous.wiring });
  const structural = isWired && samePlaces(places, previous.places, namedAlike) ? previous.structural : places.flatMap(structuralOf);
  const { incoming, outgoing } = wiring;
  const open = isWired ? previous.flat.open : openInputs(places, previous?.flat.open);
  const flat = keptFlat({ dataFormat: document.dataFormat, nodes, incoming, outgoing, open }, previous?.flat);
  problems.push(...openInputProblems(open, (prefix) => placesOf({ places }).get(prefix)));
  return { flat, wiring, structural, problems, places };
}

function keptFlat(now: FlatGraph, before: FlatGraph | undefined): FlatGraph {
  const isSame =
    before?.nodes === now.nodes &&
    before.incoming === now.incoming &&
    before.outgoing === now.outgoing &&
    before.open === now.open &&
    before.dataFormat === now.dataFormat;
  return isSame ? before : now;
}

const byPrefix = new WeakMap<readonly Place[], ReadonlyMap<NodePath, Place>>();

function placesOf({ places }: Pick<Expansion, 'places'>): ReadonlyMap<NodePath, Place> {
  const known = byPrefix.get(places) ?? new Map(places.map((place) => [place.prefix, place]));
  byPrefix.set(places, known);
  return known;
}

/** What stands at a path: a layer, a block or an end of one, in its graph. Cost: a walk over the places, the first time. */
export function sourceAt(expansion: Expansion, path: NodePath): FlatNode['source'] | undefined {
  const start = path.lastIndexOf('/') + 1;
  const place = placesOf(expansion).get(path.slice(0, start));
  return place && { graph: place.ref, id: path.slice(start) };
}

function keptWires({ wiring, places }: Expansion, now: readonly Place[]): Wiring {
  for (let at = 0; at < now.length; at += 1) (now[at] as Place).wires = (places[at] as Place).wires;
  return wiring;
}

function samePlaces(a: readonly Place[], b: readonly Place[], same: (a: Place, b: Place) => boolean): boolean {
  return a.length === b.length && a.every((place, index) => same(place, b[index] as Place));
}

/** Whether the blocks and ends of two places that are wired alike have the same names. */
function namedAlike(a: Place, b: Place): boolean {
  if (a.namePrefix !== b.namePrefix) return false;
  return a.plan === b.plan || a.plan.nodes.every((node, at) => isLayer(node) || node.name === b.plan.nodes[at]?.name);
}

function nodesOf(layers: readonly FlatNode[], before: FlatGraph['nodes'] | undefined): FlatGraph['nodes'] {
  if (before?.size === layers.length) {
    const old = before.values();
    if (layers.every((layer) => layer === old.next().value)) return before;
  }
  const nodes = new Map<NodePath, FlatNode>();
  for (const layer of layers) nodes.set(layer.path, layer);
  return nodes;
}

/** Work that is done in vain for blocks that are too large, before no more are tried. */
const MAX_GIVEN = 2 * MAX_NODES;

/** Where a graph is entered. */
interface Entry {
  readonly prefix: NodePath;
  readonly namePrefix: string;
  readonly scope: Scope;
  readonly parent?: Parent;
  /** Another place of the same graph, with which it may share what its values give. */
  readonly like?: Place | undefined;
}

function enter(walk: Walk, { id, graph }: { readonly id?: BlockId; readonly graph: Graph }, entry: Entry): Place {
  const { prefix, namePrefix, parent, like } = entry;
  const before = walk.before?.get(prefix);
  const plan = planOf(graph, before?.plan);
  const place: Place = {
    ref: refOf(id, before),
    graph,
    plan,
    prefix,
    namePrefix,
    scope: [before?.scope, like?.scope].find((scope) => scope && sameScope(scope, entry.scope)) ?? entry.scope,
    parent,
    paths: pathsOf(plan, prefix, before),
    layers: [],
    wires: [],
    wrong: new Map(),
    inside: new Map(),
    depth: parent ? parent.place.depth + 1 : 0,
  };
  walk.places.push(place);
  tellUnknownPorts(walk, place, before);
  const unchanged = unchangedLayers(place, before);
  for (let at = 0; at < plan.nodes.length; at += 1) {
    walk.count += 1;
    if (walk.count > MAX_NODES) break;
    const node = plan.nodes[at] as GraphNode;
    // Whether an instance can be entered is for its definition to say, too.
    const layer = isLayer(node) ? (unchanged(at) ?? layerAt(place, at, before, like)) : undefined;
    place.layers.push(layer);
    if (!layer) {
      if (node.type === 'block') enterBlock(walk, place, at, before);
      continue;
    }
    walk.layers.push(layer);
    const wrong = place.wrong.get(at);
    if (wrong) walk.problems.push(...wrong);
  }
  return place;
}

function tellUnknownPorts({ document, problems }: Walk, { graph, plan, prefix, namePrefix }: Place, before: Place | undefined): void {
  for (const { node, port, message } of unknownPorts({ graph, plan }, document.blocks, before)) {
    problems.push({ path: prefix + node, name: namePrefix + (graph.nodes[node]?.name ?? node), code: 'graph/unknown-port', port, message });
  }
}

function refOf(id: BlockId | undefined, before: Place | undefined): GraphRef {
  if (id === undefined) return 'network';
  return before && before.ref !== 'network' && before.ref.block === id ? before.ref : { block: id };
}

/** Enters an instance's definition, or tells why not and leaves the instance as a layer of which nothing is known. */
function enterBlock(walk: Walk, place: Place, at: number, before: Place | undefined): void {
  const node = place.plan.nodes[at] as GraphNode;
  const { document, layers, problems, places } = walk;
  const block = document.blocks[node.block ?? ''];
  const start = { layers: layers.length, problems: problems.length, places: places.length, count: walk.count };
  const why = block ? whyNotEntered(walk, place, block, node) : missing(node);
  if (block && !why) enterCopies(walk, place, at, block);
  // Of blocks inside of blocks the outermost is left out: all of them are too large for the same reason.
  const isTooLarge = !why && walk.count > MAX_NODES;
  if (isTooLarge && place.parent) return;
  if (isTooLarge) {
    layers.length = start.layers;
    problems.length = start.problems;
    places.length = start.places;
    walk.given += walk.count - start.count;
    walk.count = start.count;
    place.inside.delete(node.id);
  }
  const told = why ?? (isTooLarge ? tooLarge : undefined);
  if (!told) return;
  const path = place.paths[at] as NodePath;
  problems.push({ path, name: place.namePrefix + node.name, ...told });
  const layer = unknownAt(place, at, before);
  place.layers[at] = layer;
  layers.push(layer);
}

type Why = Pick<ExpansionProblem, 'code' | 'message' | 'param'>;

function missing({ block = '' }: GraphNode): Why {
  return { code: 'block/missing', message: `its definition "${block}" is not in this document.` };
}

function whyNotEntered(walk: Walk, place: Place, block: BlockDefinition, node: GraphNode): Why | undefined {
  const wrong = whyNotExpanded(walk, place, block);
  if (wrong) return wrong;
  const count = copiesOf(node, place.scope);
  const why = typeof count === 'number' ? (count > 1 ? whyNoChain(block) : undefined) : count.why;
  return why === undefined ? undefined : { code: 'block/repeat', param: REPEAT, message: why };
}

function enterCopies(walk: Walk, place: Place, at: number, block: BlockDefinition): void {
  const node = place.plan.nodes[at] as GraphNode;
  const [path, name] = [place.paths[at] as NodePath, place.namePrefix + node.name];
  const count = copiesOf(node, place.scope) as number;
  const copies: Place[] = [];
  const toldOf = new Set<string>();
  place.inside.set(node.id, copies);
  for (let copy = 0; copy < count && walk.count <= MAX_NODES; copy += 1) {
    const given = resolveParams(node.params, { ...place.scope, [COPY_INDEX]: copy });
    // An expression that has no value in several copies is one problem, told by the first of them.
    const fresh = given.wrong.filter(({ param }) => !toldOf.has(param));
    for (const { param } of fresh) toldOf.add(param);
    walk.problems.push(...fresh.map((each) => expressionProblem(path, name, each)));
    const ends = count > 1 ? copySegment(copy) : '';
    copies.push(
      enter(walk, block, {
        prefix: `${path}${ends}/`,
        namePrefix: `${name}${ends}/`,
        scope: scopeOf(block, given.params),
        parent: { place, instance: node, copy },
        like: copies.at(-1),
      }),
    );
  }
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

function whyNotExpanded(walk: Walk, place: Place, block: BlockDefinition): Why | undefined {
  for (let at: Place | undefined = place; at; at = at.parent?.place) {
    if (at.ref !== 'network' && at.ref.block === block.id)
      return { code: 'block/recursive', message: `the block "${block.name}" contains itself. Take this instance out of it.` };
  }
  if (place.depth >= MAX_DEPTH) return { code: 'block/too-deep', message: `blocks are nested more than ${MAX_DEPTH} deep.` };
  return walk.given > MAX_GIVEN || (walk.count >= MAX_NODES && !place.parent) ? tooLarge : undefined;
}

function scopeOf(block: BlockDefinition, given: Scope): Scope {
  return Object.fromEntries(
    block.parameters.map((parameter) => [
      parameter.name,
      Object.hasOwn(given, parameter.name) ? (given[parameter.name] as Scope[string]) : parameter.default,
    ]),
  );
}
