import type { BlockDefinition, SkipDocument } from '../document/document';
import { directionOf, type FlowDirection } from '../graph/direction';
import type { BlockId, EdgeId, Graph, GraphEdge, GraphNode, NodeId, ParamValue, PortRef } from '../graph/graph';
import { diff } from '../history/patches';
import { findLayer } from '../layers/index';
import { defaultParams } from '../layers/parse';
import { matchNodes, type Matched } from './matchNodes';

/** One value that is not the same; a side on which there is none is left out. */
export interface FieldChange {
  /** `filters`, or `training.optimizer.learningRate`. */
  readonly field: string;
  readonly before?: ParamValue;
  readonly after?: ParamValue;
}

/** What of itself is not the same at a layer that is in both documents. */
export interface KeptLayer {
  readonly params: readonly FieldChange[];
  readonly isMoved: boolean;
  /** Whether arranging leaves it where a person put it; left out where that is as before. */
  readonly placed?: boolean;
}

/** A wire by the names of what it joins. */
export interface WireChange {
  readonly kind: 'added' | 'removed';
  /** On the side on which it is. */
  readonly id: EdgeId;
  readonly from: string;
  readonly to: string;
  /** Both of its layers are in both documents: the network was wired anew. */
  readonly isBetweenKept: boolean;
}

/** What differs in the network, or in the definition of a block that both documents have. */
export interface PlaceDifferences {
  /** The definition; null: the network itself. */
  readonly block: { readonly before: BlockDefinition; readonly after: BlockDefinition } | null;
  readonly added: readonly GraphNode[];
  readonly removed: readonly GraphNode[];
  /** Layers that are on both sides. */
  readonly pairs: Matched['pairs'];
  /** By id in the second document, those of the pairs that are not the same object. */
  readonly kept: ReadonlyMap<NodeId, KeptLayer>;
  readonly wires: readonly WireChange[];
  /** Name, description and parameters of the definition. */
  readonly fields: readonly FieldChange[];
  /** Frames and notes that were added, removed or changed. */
  readonly annotations: number;
  /** Which way it ran and runs, where that is another one. */
  readonly direction?: { readonly before: FlowDirection; readonly after: FlowDirection };
}

/** All that differs between two documents, but not where one was looking. */
export interface DocumentDifferences {
  readonly places: readonly PlaceDifferences[];
  readonly blocksAdded: readonly BlockDefinition[];
  readonly blocksRemoved: readonly BlockDefinition[];
  /** Data format, training, data and checks. */
  readonly settings: readonly FieldChange[];
}

/** What one has to do to get from one document to another, read off the documents alone: no shape is worked out. */
export function compareDocuments(before: SkipDocument, after: SkipDocument): DocumentDifferences {
  const isOneDocument = before.id === after.id;
  const blocks = matchBlocks(before, after);
  const partners = new Map(blocks.pairs.map(([was, is]) => [is.id, was.id]));
  return {
    places: [
      placeDifferences(before.graph, after.graph, isOneDocument, partners, null),
      ...blocks.pairs.map(([was, is]) => placeDifferences(was.graph, is.graph, isOneDocument, partners, { before: was, after: is })),
    ],
    blocksAdded: blocks.added,
    blocksRemoved: blocks.removed,
    settings: fieldChanges(settingsOf(before), settingsOf(after)),
  };
}

/** Definitions by id, which the library's keep from document to document, then by name. */
function matchBlocks(before: SkipDocument, after: SkipDocument) {
  const old = new Map(Object.entries(before.blocks));
  const pairs: (readonly [BlockDefinition, BlockDefinition])[] = [];
  const added: BlockDefinition[] = [];
  for (const is of Object.values(after.blocks)) {
    const was = old.get(is.id) ?? [...old.values()].find(({ id, name }) => name === is.name && !Object.hasOwn(after.blocks, id));
    if (was) pairs.push([was, is]);
    else added.push(is);
    if (was) old.delete(was.id);
  }
  return { pairs, added, removed: [...old.values()] };
}

function placeDifferences(
  before: Graph,
  after: Graph,
  isOneDocument: boolean,
  partners: ReadonlyMap<BlockId, BlockId>,
  block: PlaceDifferences['block'],
): PlaceDifferences {
  const matched = matchNodes(before, after, isOneDocument);
  const { pairs } = matched;
  const [ran, runs] = [directionOf(before), directionOf(after)];
  return {
    ...matched,
    block,
    fields: block ? fieldChanges(headOf(block.before), headOf(block.after)) : [],
    kept: new Map(pairs.flatMap(([was, is]) => (was === is ? [] : [[is.id, keptLayer(was, is, partners)]]))),
    wires: wireChanges(before, after, new Map(pairs.map(([was, is]) => [was.id, is.id]))),
    annotations: new Set(diff(before.annotations ?? {}, after.annotations ?? {}).map(({ path }) => path[0])).size,
    ...(ran === runs ? {} : { direction: { before: ran, after: runs } }),
  };
}

function headOf({ name, description, parameters }: BlockDefinition) {
  return { name, description: description ?? '', parameters: Object.fromEntries(parameters.map((each) => [each.name, each.default])) };
}

function settingsOf({ dataFormat, training, data, checks }: SkipDocument) {
  return { dataFormat, training, data, checks: checks ?? {} };
}

function keptLayer(before: GraphNode, after: GraphNode, partners: ReadonlyMap<BlockId, BlockId>): KeptLayer {
  const isSameBlock = before.block === after.block || (after.block !== undefined && partners.get(after.block) === before.block);
  return {
    params: [
      ...(before.type === after.type ? [] : [{ field: 'type', before: before.type, after: after.type }]),
      ...(isSameBlock ? [] : [{ field: 'block', before: before.block ?? null, after: after.block ?? null }]),
      ...fieldChanges(filledIn(before), filledIn(after)),
    ],
    isMoved: before.position.x !== after.position.x || before.position.y !== after.position.y,
    ...(before.placed === after.placed ? {} : { placed: after.placed === true }),
  };
}

/** A default that is written out is no difference. */
function filledIn({ type, params }: GraphNode): Readonly<Record<string, unknown>> {
  const layer = findLayer(type);
  return layer ? { ...defaultParams(layer), ...params } : params;
}

/** Values of records within records, by the way to them. The order of keys is none. */
function fieldChanges(before: object, after: object): readonly FieldChange[] {
  return diff(before, after)
    .filter((patch) => JSON.stringify(patch.before?.value) !== JSON.stringify(patch.after?.value))
    .map((patch) => ({
      field: patch.path.join('.'),
      ...(patch.before ? { before: patch.before.value as ParamValue } : {}),
      ...(patch.after ? { after: patch.after.value as ParamValue } : {}),
    }));
}

function wireChanges(before: Graph, after: Graph, partner: ReadonlyMap<string, string>): readonly WireChange[] {
  const kept = new Set(partner.values());
  const old = new Map(Object.values(before.edges).map((edge) => [keyOf(edge, (id) => partner.get(id) ?? `was ${id}`), edge]));
  const now = new Map(Object.values(after.edges).map((edge) => [keyOf(edge, (id) => (kept.has(id) ? id : `is ${id}`)), edge]));
  const told = (kind: WireChange['kind'], graph: Graph, { id, from, to }: GraphEdge, isKept: (id: string) => boolean): WireChange => ({
    kind,
    id,
    from: endName(graph, from),
    to: endName(graph, to),
    isBetweenKept: isKept(from.node) && isKept(to.node),
  });
  return [
    ...[...old].filter(([key]) => !now.has(key)).map(([, edge]) => told('removed', before, edge, (id) => partner.has(id))),
    ...[...now].filter(([key]) => !old.has(key)).map(([, edge]) => told('added', after, edge, (id) => kept.has(id))),
  ];
}

function keyOf({ from, to }: GraphEdge, nameOf: (id: string) => string): string {
  return JSON.stringify([nameOf(from.node), from.port, nameOf(to.node), to.port]);
}

/** `conv1`, or `shortcut:preActivated` where the port says something. */
function endName({ nodes }: Graph, { node, port }: PortRef): string {
  const name = nodes[node]?.name ?? node;
  return port === 'x' || port === 'y' ? name : `${name}:${port}`;
}
