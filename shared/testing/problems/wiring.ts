import type { SkipDocument } from '../../document/document';
import type { Graph, GraphNode, Params } from '../../graph/graph';
import { networkOf, nodeOf, type Sketch } from '../networks';
import { alone, conv, end, input, mended, relu, type ProblemCase } from './problemCase';

const image = input(8, 8, 4);

/** A network with one instance of a block `pair` of one convolution, whose filters are the parameter `filters`. */
function withBlock(params: Params, change: (graph: Graph) => Graph = (graph) => graph, block = 'pair'): SkipDocument {
  const inner: Sketch = ['conv2d', { filters: { $: 'filters' }, padding: 'same' }];
  const { graph } = networkOf({ conv: inner, relu }, ['in → conv → relu → out']);
  const pair = { ...graph, nodes: { in: nodeOf('blockInput', 'in'), ...graph.nodes, out: nodeOf('blockOutput', 'out') } };
  const outer = networkOf({ image, end }, ['image → block:in', 'block:out → end']);
  const nodes = { ...outer.graph.nodes, block: nodeOf('block', 'block', { block, params }) };
  return {
    ...outer,
    graph: { ...outer.graph, nodes },
    blocks: { pair: { id: 'pair', name: 'pair', parameters: [{ name: 'filters', default: 4 }], graph: change(pair) } },
  };
}

const setConv =
  (filters: string) =>
  (graph: Graph): Graph => ({
    ...graph,
    nodes: { ...graph.nodes, conv: { ...(graph.nodes['conv'] as GraphNode), params: { filters: { $: filters }, padding: 'same' } } },
  });

const nested = (graph: Graph): Graph => ({
  ...graph,
  nodes: { ...graph.nodes, conv: { ...(graph.nodes['conv'] as GraphNode), type: 'block', block: 'pair', params: {} } },
});

/** The graph itself, and its blocks. */
export const wiringCases: readonly ProblemCase[] = [
  mended('graph/not-connected', 'Wire conv to relu', { image, conv: conv(4), relu, end }, ['image → conv', 'relu → end']),
  mended('graph/two-wires', 'Remove the wire from other, and other with it', { image, other: conv(4), relu, end }, [
    'image → relu',
    'image → other',
    'other → relu',
    'relu → end',
  ]),
  mended('graph/cycle', 'Remove the wire from r to a', { image, a: ['add'], r: relu, end }, [
    'image → a:inputs.0',
    'image → a:inputs.1',
    'r → a:inputs.2',
    'a → r',
    'r → end',
  ]),
  mended('graph/unknown-port', 'Lead the wire from image to relu into "x" of relu', { image, relu, end }, [
    'image → relu:data',
    'relu → end',
  ]),
  mended('graph/unknown-port', 'Remove the wire from image to relu', { image, conv: conv(4), relu, end }, [
    'image → conv → relu → end',
    'image → relu:data',
  ]),
  mended('graph/unknown-port', 'Lead the wire from image to relu out of "y" of image', { image, relu, end }, ['image:pixels → relu → end']),
  mended('graph/unknown-port', 'Wire conv to act instead of end', { image, conv: conv(4), end, act: relu, more: ['output'] }, [
    'image → conv → end',
    'end:y → act → more',
  ]),
  mended('graph/no-input', 'Add an input of 32×32×3 before relu', { relu, end }, ['relu → end']),
  mended('graph/no-output', 'Add an output after conv', { image, conv: conv(4) }, ['image → conv']),
  mended('graph/dead-branch', 'Take the branch away: stray, more', { image, relu, stray: conv(4), more: relu, end }, [
    'image → relu → end',
    'image → stray → more',
  ]),
  alone('layer/unknown', 'Take layer out', image, ['hologram']),
  { code: 'block/missing', mendedBy: 'Take block out', document: withBlock({}, undefined, 'other') },
  { code: 'block/recursive', mendedBy: 'Take block/conv out', document: withBlock({}, nested) },
  { code: 'block/unknown-parameter', mendedBy: 'block/conv: filters: filter → filters', document: withBlock({}, setConv('filter')) },
  { code: 'block/expression', mendedBy: 'block/conv: filters: filters / 0 → 32', document: withBlock({}, setConv('filters / 0')) },
  { code: 'block/repeat', mendedBy: 'block: copies 2.5 → 3', document: withBlock({ filters: 4, repeat: 2.5 }) },
  { code: 'block/too-large', mendedBy: 'block: copies 9999 → 100', document: grown() },
  { code: 'block/too-deep', mendedBy: 'Take conv out', document: deep() },
];

/** Ten convolutions in a block of which there are 9,999 copies. */
function grown(): SkipDocument {
  const names = Array.from({ length: 10 }, (_, index) => `c${index}`);
  const { graph } = networkOf(Object.fromEntries(names.map((name) => [name, relu])), [['in', ...names, 'out'].join(' → ')]);
  return withBlock({ repeat: 9999 }, ({ nodes }) => ({
    ...graph,
    nodes: { in: nodes['in'] as GraphNode, ...graph.nodes, out: nodes['out'] as GraphNode },
  }));
}

/** Definitions each of which has an instance of the next. */
function deep(): SkipDocument {
  const document = withBlock({}, nested);
  const { pair } = document.blocks;
  if (!pair) return document;
  const ids = Array.from({ length: 70 }, (_, index) => `level${index}`);
  const blocks = ids.map((id, index) => {
    const next = ids[index + 1];
    const { block: _, ...inner } = pair.graph.nodes['conv'] as GraphNode;
    const conv: GraphNode = next === undefined ? { ...inner, type: 'relu' } : { ...inner, block: next };
    return [id, { ...pair, id, name: id, graph: { ...pair.graph, nodes: { ...pair.graph.nodes, conv } } }] as const;
  });
  const block = { ...(document.graph.nodes['block'] as GraphNode), block: 'level0' };
  return { ...document, graph: { ...document.graph, nodes: { ...document.graph.nodes, block } }, blocks: Object.fromEntries(blocks) };
}
