import { describe, expect, it } from 'vitest';
import { parseDocument } from '../document/parse';
import { serializeDocument } from '../document/serialize';
import type { BlockDefinition, SkipDocument } from '../document/document';
import type { GraphNode, ParamValue } from '../graph/graph';
import { analyze } from '../infer/analyze';
import { resnet } from './templates/resnet';
import { buildTemplate } from './templates/template';

const whole = buildTemplate(resnet, 'test', { layers: 18 });
const [definition] = Object.values(whole.blocks) as [BlockDefinition];
const stage = Object.values(whole.graph.nodes).find(({ name }) => name === 'stage2') as GraphNode;

/** The network with one parameter of its second stage changed. */
function withParam(name: string, value: ParamValue): SkipDocument {
  const changed = { ...stage, params: { ...stage.params, [name]: value } };
  return { ...whole, graph: { ...whole.graph, nodes: { ...whole.graph.nodes, [stage.id]: changed } } };
}

/** The network with an instance of this block inside of each of these. */
function withInside(...pairs: readonly (readonly [outer: BlockDefinition, inner: BlockDefinition])[]): SkipDocument {
  const blocks = pairs.map(([outer, inner]): BlockDefinition => {
    const instance: GraphNode = { ...stage, id: 'again', name: 'again', block: inner.id, params: {} };
    return { ...outer, graph: { ...outer.graph, nodes: { ...outer.graph.nodes, again: instance } } };
  });
  return { ...whole, blocks: Object.fromEntries(blocks.map((block) => [block.id, block])) };
}

const other: BlockDefinition = { ...definition, id: 'other', name: 'other' };

const cases: readonly (readonly [string, SkipDocument, RegExp])[] = [
  ['a block that contains itself', withInside([definition, definition]), /contains itself\. Take this instance out of it/],
  ['two blocks that contain each other', withInside([definition, other], [other, definition]), /contains itself\. Take this instance/],
  ['a division by zero', withParam('filters', { $: '32 / (index - index)' }), /at character 4, 32 \/ 0 is a division by zero/],
  ['an unknown name', withParam('filters', { $: 'nobody * 2' }), /at character 1, "nobody" is not a parameter of this block/],
  ['an expression that ends too soon', withParam('filters', { $: '32 * ((' }), /at character 8, a value was expected at the end/],
  ['a hundred thousand brackets', withParam('filters', { $: `${'('.repeat(50_000)}1${')'.repeat(50_000)}` }), /cannot be computed/],
  ['a billion copies', withParam('repeat', 1e9), /repeated 1000000000 times\. Expected a whole number from 1 to 10,000/],
  ['less than no copy', withParam('repeat', -3), /repeated -3 times\. Expected a whole number from 1 to 10,000/],
  ['a definition that is gone', { ...whole, blocks: {} }, /definition/],
];

describe.each(cases)('a network with %s', (_, document, words) => {
  it('says so at its place, in words that a person reads', () => {
    const problems = analyze(document).problems.filter(({ message }) => words.test(message));
    expect(problems.length).toBeGreaterThan(0);
    for (const { message } of problems) expect(message.length).toBeLessThan(400);
  });

  it('loses nothing when it is saved and opened again', () => {
    const text = serializeDocument(document);
    const opened = parseDocument(text);
    expect(opened.ok && serializeDocument(opened.value.document)).toBe(text);
  });
});

it.each(cases.filter(([name]) => /billion|gone|less than no/.test(name)))(
  'what stands behind %s is not told to be unwired',
  (_, document) => {
    const codes = new Set(analyze(document).problems.map(({ code }) => code));
    expect([...codes].filter((code) => !code.startsWith('block/'))).toEqual([]);
  },
);

it('four copies of four copies, thirty deep, are one problem of the outermost block, and what is beside it is known', () => {
  const ends = (id: string, type: string): GraphNode => ({ id, type, name: id, params: {}, position: { x: 0, y: 0 } });
  const blocks = Array.from({ length: 30 }, (_, level): BlockDefinition => {
    const inner: GraphNode = { ...stage, id: 'a', name: 'a', block: level === 0 ? definition.id : `x${level - 1}`, params: { repeat: 4 } };
    const nodes = { x: ends('x', 'blockInput'), a: inner, y: ends('y', 'blockOutput') };
    const edges = {
      in: { id: 'in', from: { node: 'x', port: 'y' }, to: { node: 'a', port: 'x' } },
      out: { id: 'out', from: { node: 'a', port: 'y' }, to: { node: 'y', port: 'x' } },
    };
    return { ...other, id: `x${level}`, name: `x${level}`, parameters: [], graph: { nodes, edges } };
  });
  const nodes = { ...whole.graph.nodes, [stage.id]: { ...stage, block: 'x29', params: {} } };
  const document = {
    ...whole,
    blocks: { ...whole.blocks, ...Object.fromEntries(blocks.map((block) => [block.id, block])) },
    graph: { ...whole.graph, nodes },
  };
  const { problems, flat } = analyze(document);
  expect(problems.map(({ code, node }) => [code, node])).toEqual([['block/too-large', stage.id]]);
  expect(flat.nodes.size).toBeLessThan(100);
});

it('copies of copies end at the limit of layers', () => {
  const instance: GraphNode = { ...stage, id: 'inner', name: 'inner', block: definition.id, params: { repeat: 10_000 } };
  const outer: BlockDefinition = { ...other, graph: { nodes: { inner: instance }, edges: {} } };
  const nodes = { ...whole.graph.nodes, [stage.id]: { ...stage, block: outer.id, params: { repeat: 10_000 } } };
  const document = { ...whole, blocks: { ...whole.blocks, [outer.id]: outer }, graph: { ...whole.graph, nodes } };
  const { problems, flat } = analyze(document);
  expect(problems.some(({ code }) => code.startsWith('block/'))).toBe(true);
  expect(flat.nodes.size).toBeLessThanOrEqual(50_000);
});
