import type { SkipDocument } from '../document/document';
import { removeAndHeal } from '../edits/heal';
import { insertOnWire } from '../edits/insert';
import { applyEdits } from '../graph/applyEdits';
import type { Edit, GraphEdit } from '../graph/edit';
import type { Graph, GraphNode, NodeId, Params, ParamValue } from '../graph/graph';
import { newId, uniqueName } from '../graph/names';
import { defaultParams } from '../layers/parse';
import { findLayer } from '../layers/index';

/** One random edit of a network, as a person might make it by mistake. */
export interface Fault {
  readonly kind: 'parameter' | 'delete' | 'insert' | 'rewire' | 'unwire';
  readonly document: SkipDocument;
  readonly words: string;
  /** Layers that a diagnosis may name: the edited one; of a deletion those that were its neighbours. */
  readonly places: ReadonlySet<NodeId>;
}

/** A source of random numbers in [0, 1). */
export type Random = () => number;

/** mulberry32: the same seed gives the same faults everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

export function plantFault(document: SkipDocument, random: Random): Fault {
  const kind = pick(random, ['parameter', 'parameter', 'parameter', 'delete', 'insert', 'rewire', 'unwire'] as const);
  const made = { parameter: changeParameter, delete: deleteLayer, insert: insertLayer, rewire, unwire }[kind](document.graph, random);
  const edits = made.edits.map((edit): Edit => ({ ...edit, graph: 'network' }));
  return { kind, words: made.words, places: made.places, document: applyEdits(document, edits) };
}

interface Made {
  readonly edits: readonly GraphEdit[];
  readonly words: string;
  readonly places: ReadonlySet<NodeId>;
}

const VALUES: Readonly<Record<string, (value: ParamValue) => readonly ParamValue[]>> = {
  filters: (value) => [Number(value) * 2, Number(value) / 2, Number(value) + 1, 64, 10].filter((n) => Number.isInteger(n) && n > 0),
  units: (value) => [Number(value) * 2, Number(value) / 2, Number(value) + 1, 100].filter((n) => Number.isInteger(n) && n > 0),
  strides: () => [
    [1, 1],
    [2, 2],
    [3, 3],
    [2, 1],
  ],
  kernelSize: () => [
    [1, 1],
    [2, 2],
    [3, 3],
    [5, 5],
    [7, 7],
  ],
  poolSize: () => [
    [2, 2],
    [3, 3],
    [4, 4],
  ],
  padding: () => ['valid', 'same', 'consistent'],
  size: () => [
    [1, 1],
    [3, 3],
    [4, 4],
  ],
};

function changeParameter({ nodes }: Graph, random: Random): Made {
  const able = Object.values(nodes).filter(({ params }) => Object.keys(params).some((name) => name in VALUES));
  const node = pick(random, able);
  const name = pick(
    random,
    Object.keys(node.params).filter((param) => param in VALUES),
  );
  const old = node.params[name] as ParamValue;
  const next = pick(
    random,
    (VALUES[name]?.(old) ?? []).filter((value) => JSON.stringify(value) !== JSON.stringify(old)),
  );
  return {
    edits: [{ kind: 'setParams', id: node.id, params: { ...node.params, [name]: next } }],
    words: `${node.name}.${name} ${JSON.stringify(old)} → ${JSON.stringify(next)}`,
    places: new Set([node.id]),
  };
}

function inner({ nodes }: Graph): GraphNode[] {
  return Object.values(nodes).filter(({ type }) => type !== 'input' && type !== 'output');
}

function deleteLayer(graph: Graph, random: Random): Made {
  const { id, name } = pick(random, inner(graph));
  const touching = Object.values(graph.edges).filter(({ from, to }) => from.node === id || to.node === id);
  const neighbours = touching.flatMap(({ from, to }) => [from.node, to.node]).filter((node) => node !== id);
  return { edits: removeAndHeal(graph, new Set([id])), words: `${name} deleted`, places: new Set(neighbours) };
}

const STRAYS: readonly (readonly [string, Params])[] = [
  ['maxPooling2d', {}],
  ['averagePooling2d', {}],
  ['conv2d', { filters: 24, kernelSize: [3, 3], padding: 'same' }],
  ['conv2d', { filters: 16, kernelSize: [3, 3] }],
  ['conv2d', { filters: 32, strides: [2, 2], padding: 'same' }],
  ['flatten', {}],
  ['upSampling2d', {}],
  ['globalAveragePooling2d', {}],
  ['dense', { units: 40 }],
];

function insertLayer(graph: Graph, random: Random): Made {
  const edge = pick(random, Object.values(graph.edges));
  const [type, params] = pick(random, STRAYS);
  const layer = findLayer(type);
  const node: GraphNode = {
    id: newId(graph, 'n'),
    type,
    name: uniqueName(graph, 'stray'),
    params: { ...(layer ? defaultParams(layer) : {}), ...params },
    position: { x: 0, y: 100 },
  };
  return {
    edits: insertOnWire(graph, {}, node, edge.id),
    words: `${type} put between ${edge.from.node} and ${edge.to.node}`,
    places: new Set([node.id]),
  };
}

/** A wire that begins at another layer above it. */
function rewire(graph: Graph, random: Random): Made {
  const order = Object.keys(graph.nodes);
  const edge = pick(
    random,
    Object.values(graph.edges).filter(({ from, to }) => order.indexOf(to.node) > 1 && graph.nodes[from.node]?.type !== 'shortcut'),
  );
  const before = order.slice(0, order.indexOf(edge.to.node)).filter((id) => id !== edge.from.node && graph.nodes[id]?.type !== 'shortcut');
  const source = pick(random, before.slice(-8));
  return {
    edits: [{ kind: 'connect', edge: { ...edge, from: { node: source, port: 'y' } } }],
    words: `${edge.to.node} takes ${source} instead of ${edge.from.node}`,
    places: new Set([edge.to.node]),
  };
}

function unwire(graph: Graph, random: Random): Made {
  const edge = pick(random, Object.values(graph.edges));
  return {
    edits: [{ kind: 'disconnect', id: edge.id }],
    words: `wire ${edge.from.node} → ${edge.to.node} removed`,
    places: new Set([edge.to.node, edge.from.node]),
  };
}
