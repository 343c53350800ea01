import fc from 'fast-check';
import type { SkipDocument } from '../document/document';
import { applyEdits, graphOf, withGraph } from '../graph/applyEdits';
import type { GraphRef } from '../graph/edit';
import type { Graph, GraphEdge, GraphNode, ParamValue, Params } from '../graph/graph';
import { isLayer } from '../blocks/place';
import { defaultParams } from '../layers/parse';
import { findLayer } from '../layers/index';

/** One random change of a document, by numbers that choose among what is there: it shrinks well and fits every document. */
export interface RandomEdit {
  readonly kind: keyof typeof edits;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

type Make = (document: SkipDocument, ref: GraphRef, graph: Graph, numbers: Omit<RandomEdit, 'kind'>) => SkipDocument;

function pick<T>(list: readonly T[], number: number): T | undefined {
  return list.length === 0 ? undefined : list[number % list.length];
}

const nodesOf = (graph: Graph) => Object.values(graph.nodes);
const edgesOf = (graph: Graph) => Object.values(graph.edges);

const TYPES = [
  ...['conv2d', 'relu', 'batchNormalization', 'add', 'concatenate', 'maxPooling2d', 'conv2dTranspose', 'dense', 'flatten', 'dropout'],
  ...['globalAveragePooling2d', 'preActivation', 'shortcut', 'softmax', 'output', 'input', 'notKnown'],
];

/** Values that parameters may be set to: right ones, odd ones, wrong ones. */
const VALUES: readonly ParamValue[] = [
  ...[1, 2, 3, 8, 16, 17, 0, -1, null, true, false, 'same', 'valid', 'consistent', 'nonsense'],
  [1, 1],
  [2, 2],
  [3, 3],
  [33, 32, 3],
  [1, 1, 8],
  { $: 'filters * 2' },
  { $: 'nowhere' },
  { $: '1 / 0' },
];

function withNode(document: SkipDocument, ref: GraphRef, node: GraphNode): SkipDocument {
  const graph = graphOf(document, ref);
  return graph ? withGraph(document, ref, { ...graph, nodes: { ...graph.nodes, [node.id]: node } }) : document;
}

function withWire(document: SkipDocument, ref: GraphRef, graph: Graph, edge: GraphEdge): SkipDocument {
  return withGraph(document, ref, { ...graph, edges: { ...graph.edges, [edge.id]: edge } });
}

/** A wire between two nodes, with ports that they may have. */
function wire(graph: Graph, { a, b, c }: Omit<RandomEdit, 'kind'>): GraphEdge | undefined {
  const [from, to] = [pick(nodesOf(graph), a), pick(nodesOf(graph), b)];
  const port = pick(['x', 'inputs.0', 'inputs.1', 'inputs.3'], c);
  const out = pick(['y', 'y', 'y', 'shortcut', 'preActivated'], c);
  return from && to && port && out ? { id: `w${a}-${b}-${c}`, from: { node: from.id, port: out }, to: { node: to.id, port } } : undefined;
}

const edits = {
  param: (document, ref, graph, { a, b, c }) => {
    const node = pick(nodesOf(graph), a);
    const name = node && pick([...Object.keys(node.params), 'filters', 'strides', 'repeat'], b);
    if (!node || name === undefined) return document;
    const params: Params = { ...node.params, [name]: VALUES[c % VALUES.length] as ParamValue };
    return applyEdits(document, [{ kind: 'setParams', id: node.id, params, graph: ref }]);
  },
  inputSize: (document, _ref, _graph, { a, b }) => {
    const node = pick(
      nodesOf(document.graph).filter(({ type }) => type === 'input'),
      a,
    );
    const shape = node?.params['shape'];
    if (!node || !Array.isArray(shape)) return document;
    const sized = shape.map((size: ParamValue, axis) => (axis < 2 && shape.length === 3 ? 8 + (b % 60) : size));
    return applyEdits(document, [{ kind: 'setParams', id: node.id, params: { ...node.params, shape: sized }, graph: 'network' }]);
  },
  /** Another layer in the place of one, with its wires. */
  retype: (document, ref, graph, { a, b }) => {
    const node = pick(nodesOf(graph).filter(isLayer), a);
    const layer = findLayer(TYPES[b % TYPES.length] as string);
    return node && layer ? withNode(document, ref, { ...node, type: layer.type, params: defaultParams(layer) }) : document;
  },
  move: (document, ref, graph, { a, b }) => {
    const node = pick(nodesOf(graph), a);
    return node ? applyEdits(document, [{ kind: 'move', id: node.id, position: { x: b, y: b }, graph: ref }]) : document;
  },
  rename: (document, ref, graph, { a, b }) => {
    const node = pick(nodesOf(graph), a);
    return node ? applyEdits(document, [{ kind: 'rename', id: node.id, name: `name${b}`, graph: ref }]) : document;
  },
  add: (document, ref, graph, { a, b, c }) => {
    const type = TYPES[a % TYPES.length] as string;
    const layer = findLayer(type);
    const node = { id: `new${b}`, type, name: `new${b}`, params: layer ? defaultParams(layer) : {}, position: { x: 0, y: 0 } };
    const added = withNode(document, ref, node);
    const after = pick(nodesOf(graph), c);
    const grown = graphOf(added, ref);
    if (!after || !grown || after.id === node.id) return added;
    const port = layer?.inputs[0]?.variadic ? 'inputs.0' : 'x';
    return withWire(added, ref, grown, { id: `to${node.id}`, from: { node: after.id, port: 'y' }, to: { node: node.id, port } });
  },
  remove: (document, ref, graph, { a }) => {
    const node = pick(nodesOf(graph), a);
    return node ? applyEdits(document, [{ kind: 'removeNode', id: node.id, graph: ref }]) : document;
  },
  connect: (document, ref, graph, numbers) => {
    const edge = wire(graph, numbers);
    return edge ? applyEdits(document, [{ kind: 'connect', edge, graph: ref }]) : document;
  },
  /** As a damaged file may have it: two wires into one port, a circle, a port that is not there. */
  anyWire: (document, ref, graph, numbers) => {
    const edge = wire(graph, numbers);
    return edge ? withWire(document, ref, graph, edge) : document;
  },
  disconnect: (document, ref, graph, { a }) => {
    const edge = pick(edgesOf(graph), a);
    return edge ? applyEdits(document, [{ kind: 'disconnect', id: edge.id, graph: ref }]) : document;
  },
  removeBlock: (document, _ref, _graph, { a, b }) => {
    const id = pick(Object.keys(document.blocks), a);
    if (id === undefined || b % 4 > 0) return document;
    const { [id]: _, ...blocks } = document.blocks;
    return { ...document, blocks };
  },
  switchOff: (document, _ref, graph, { a, b }) => {
    const code = pick(['practice/odd-size', 'graph/dead-branch', 'practice/bias-before-norm', 'shape/add-broadcast'], a) as string;
    const node = pick(nodesOf(graph), b)?.id;
    const off = a % 3 === 0 ? [] : [{ code, reason: '', ...(b % 2 === 0 || node === undefined ? {} : { node }) }];
    return { ...document, checks: { off, ...(b % 3 === 0 ? { maxParameters: 1000 } : {}) } };
  },
  dataFormat: (document, _ref, _graph, { a }) =>
    a % 4 === 0 ? { ...document, dataFormat: document.dataFormat === 'channelsLast' ? 'channelsFirst' : 'channelsLast' } : document,
  dataset: (document, _ref, _graph, { a }) => ({ ...document, data: { ...document.data, dataset: a % 2 === 0 ? 'digits' : null } }),
} satisfies Readonly<Record<string, Make>>;

/** The document with one random change; in its network, or in one of its block definitions. */
export function randomlyEdited(document: SkipDocument, { kind, ...numbers }: RandomEdit): SkipDocument {
  const refs: GraphRef[] = ['network', 'network', ...Object.keys(document.blocks).map((block) => ({ block }))];
  const ref = refs[numbers.c % refs.length] as GraphRef;
  const graph = graphOf(document, ref);
  return graph ? edits[kind](document, ref, graph, numbers) : document;
}

const often: readonly RandomEdit['kind'][] = [
  'param',
  'param',
  'param',
  'inputSize',
  'retype',
  'retype',
  'connect',
  'anyWire',
  'disconnect',
  'add',
  'remove',
];

export const randomEdit: fc.Arbitrary<RandomEdit> = fc.record({
  kind: fc.constantFrom(...often, ...(Object.keys(edits) as RandomEdit['kind'][])),
  a: fc.nat(5000),
  b: fc.nat(5000),
  c: fc.nat(5000),
});

/** A network of random layers, each reading one or two of those before it; of no sense, but with everything that can be. */
export const randomNetwork: fc.Arbitrary<SkipDocument['graph']> = fc
  .array(fc.record({ type: fc.constantFrom(...TYPES), from: fc.nat(50), other: fc.nat(50) }), {
    minLength: 3,
    maxLength: 25,
    size: 'medium',
  })
  .map((layers) => {
    const nodes: GraphNode[] = [
      { id: 'image', type: 'input', name: 'image', params: { shape: [32, 32, 8], dtype: 'float32' }, position: { x: 0, y: 0 } },
    ];
    const wires: GraphEdge[] = [];
    for (const [index, { type, from, other }] of layers.entries()) {
      const id = `n${index}`;
      const layer = findLayer(type);
      const sources = layer?.inputs[0]?.variadic ? [from, other] : [from];
      for (const [port, source] of sources.entries()) {
        const { id: node } = nodes[Math.max(0, nodes.length - 1 - (source % 4))] as GraphNode;
        const to = { node: id, port: layer?.inputs[0]?.variadic ? `inputs.${port}` : 'x' };
        wires.push({
          id: `${id}.${port}`,
          from: { node, port: findLayer(nodes.find((each) => each.id === node)?.type ?? '')?.outputs[0]?.name ?? 'y' },
          to,
        });
      }
      const more: Params =
        type === 'conv2d'
          ? { filters: 8, padding: 'consistent', kernelSize: other % 3 === 0 ? [1, 1] : [3, 3], strides: from % 5 === 0 ? [2, 2] : [1, 1] }
          : {};
      nodes.push({ id, type, name: id, params: { ...(layer ? defaultParams(layer) : {}), ...more }, position: { x: 0, y: 0 } });
    }
    return {
      nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
      edges: Object.fromEntries(wires.map((edge) => [edge.id, edge])),
    };
  });
