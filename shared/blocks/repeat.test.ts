import { describe, expect, it } from 'vitest';
import type { BlockDefinition, SkipDocument } from '../document/document';
import type { ParamValue, Params } from '../graph/graph';
import { analyze } from '../infer/analyze';
import { copiesAt } from '../infer/copies';
import { networkOf } from '../testing/networks';

const end = (type: string, name: string) => ({ id: name, type, name, params: {}, position: { x: 0, y: 0 } });

/** conv → conv, the second with four times the filters. */
function definition(inner: Params = { filters: { $: 'filters * 4' }, padding: 'same' }): BlockDefinition {
  const { graph } = networkOf(
    { a: ['conv2d', { filters: { $: 'filters' }, strides: { $: 'strides' }, padding: 'same' }], b: ['conv2d', inner] },
    ['x → a → b → y'],
  );
  return {
    id: 'pair',
    name: 'pair',
    parameters: [
      { name: 'filters', default: 2 },
      { name: 'strides', default: 1 },
    ],
    graph: { ...graph, nodes: { x: end('blockInput', 'x'), ...graph.nodes, y: end('blockOutput', 'y') } },
  };
}

function network(params: Readonly<Record<string, ParamValue>>, block = definition()): SkipDocument {
  const base = networkOf({ image: ['input', { shape: [16, 16, 3] }], out: ['output'] }, ['image → pairs', 'pairs → out']);
  const pairs = { id: 'pairs', type: 'block', block: block.id, name: 'pairs', params, position: { x: 0, y: 0 } };
  return { ...base, blocks: { [block.id]: block }, graph: { ...base.graph, nodes: { ...base.graph.nodes, pairs } } };
}

const shapes = (document: SkipDocument) => {
  const { nodes, flat } = analyze(document);
  return Object.fromEntries([...flat.nodes.values()].map(({ path, name }) => [name, nodes.get(path)?.outputs['y']?.shape.slice(1)]));
};
const messages = (document: SkipDocument) => analyze(document).problems.map(({ code, message }) => `${code} ${message}`);

const errors = (document: SkipDocument) => analyze(document).problems.filter(({ severity }) => severity === 'error');

describe('a repeated block', () => {
  it('is a chain of copies, of which each reads what the one before it gives', () => {
    expect(shapes(network({ repeat: 3 }))).toEqual({
      image: [16, 16, 3],
      'pairs[1]/a': [16, 16, 2],
      'pairs[1]/b': [16, 16, 8],
      'pairs[2]/a': [16, 16, 2],
      'pairs[2]/b': [16, 16, 8],
      'pairs[3]/a': [16, 16, 2],
      'pairs[3]/b': [16, 16, 8],
      out: undefined,
    });
  });

  it('gives each copy its own values where they use its index', () => {
    expect(shapes(network({ repeat: 2, strides: { $: 'index == 0 ? 2 : 1' }, filters: { $: '4 + 2 * index' } }))).toMatchObject({
      'pairs[1]/a': [8, 8, 4],
      'pairs[1]/b': [8, 8, 16],
      'pairs[2]/a': [8, 8, 6],
      'pairs[2]/b': [8, 8, 24],
    });
  });

  it('says on the instance how many copies it has, and what they cost together', () => {
    const one = analyze(network({})).nodes.get('pairs');
    const three = analyze(network({ repeat: 3 })).nodes.get('pairs');
    expect([one?.copies, three?.copies]).toEqual([undefined, 3]);
    // 3×3×3×2 + 2, then 3×3×2×8 + 8; the later copies have 8 channels to begin with.
    expect(one?.parameters).toBe(56 + 152);
    expect(three?.parameters).toBe(56 + 152 + 2 * (146 + 152));
  });

  it.each([
    [0, 'block/repeat'],
    [2.5, 'block/repeat'],
    [1e9, 'block/repeat'],
    ['many', 'block/repeat'],
    [null, 'block/repeat'],
  ])('is refused %j times, by name', (repeat, code) => {
    const { problems } = analyze(network({ repeat }));
    expect(problems[0]).toMatchObject({ code, path: 'pairs', param: 'repeat' });
    expect(problems[0]?.message).toContain(JSON.stringify(repeat));
  });

  it('that would not end is cut at the limit and told', () => {
    const inner = definition();
    const middle: BlockDefinition = {
      ...inner,
      id: 'middle',
      name: 'middle',
      graph: {
        nodes: {
          x: end('blockInput', 'x'),
          p: { ...end('block', 'p'), block: 'pair', params: { repeat: 10_000 } },
          y: end('blockOutput', 'y'),
        },
        edges: {
          1: { id: '1', from: { node: 'x', port: 'y' }, to: { node: 'p', port: 'x' } },
          2: { id: '2', from: { node: 'p', port: 'y' }, to: { node: 'y', port: 'x' } },
        },
      },
    };
    const document = network({ repeat: 10_000 }, middle);
    const { problems } = analyze({ ...document, blocks: { ...document.blocks, pair: inner } });
    expect(problems.map(({ code }) => code)).toContain('block/too-large');
  });

  it('needs one input and one output', () => {
    const block = definition();
    const two = { ...block, graph: { ...block.graph, nodes: { ...block.graph.nodes, z: end('blockInput', 'z') } } };
    expect(messages(network({ repeat: 2 }, two))[0]).toContain('2 inputs and 1 outputs');
  });
});

describe('the copies of a stack, one by one', () => {
  const copies = (document: SkipDocument) => copiesAt(analyze(document), 'pairs');

  it('have their own shapes and cost, which in sum are those of the stack', () => {
    const document = network({ repeat: 3, strides: { $: 'index == 0 ? 2 : 1' } });
    expect(copies(document).map(({ path, input, output }) => [path, input?.shape.slice(1), output?.shape.slice(1)])).toEqual([
      ['pairs[1]', [16, 16, 3], [8, 8, 8]],
      ['pairs[2]', [8, 8, 8], [8, 8, 8]],
      ['pairs[3]', [8, 8, 8], [8, 8, 8]],
    ]);
    const whole = analyze(document).nodes.get('pairs');
    const sum = (key: 'parameters' | 'macs') => copies(document).reduce((total, copy) => total + (copy[key] ?? NaN), 0);
    expect([sum('parameters'), sum('macs')]).toEqual([whole?.parameters, whole?.macs]);
  });

  it('say which of them is wrong, and what is unknown behind it', () => {
    // The third copy has no filters.
    const wrong = copies(network({ repeat: 4, filters: { $: '4 - 2 * index' } }));
    expect(wrong.map(({ problems }) => problems.some(({ severity }) => severity === 'error'))).toEqual([false, false, true, true]);
    expect(wrong[3]).toMatchObject({ input: undefined, parameters: undefined });
  });

  it('give nothing where a block inside of them does not, whatever it takes', () => {
    const inner = definition({ filters: 0 });
    const { graph } = networkOf({}, []);
    const wires = [
      ['x', 'y', 'inner', 'x'],
      ['inner', 'y', 'y', 'x'],
    ] as const;
    const edges = Object.fromEntries(
      wires.map(([from, out, to, port]) => [from, { id: from, from: { node: from, port: out }, to: { node: to, port } }]),
    );
    const instance = { ...end('block', 'inner'), block: inner.id };
    const outer = {
      ...inner,
      id: 'outer',
      graph: { ...graph, edges, nodes: { x: end('blockInput', 'x'), inner: instance, y: end('blockOutput', 'y') } },
    };
    const document = network({ repeat: 2 }, outer);
    const [first] = copies({ ...document, blocks: { ...document.blocks, [inner.id]: inner } });
    expect([first?.input?.shape.slice(1), first?.output]).toEqual([[16, 16, 3], undefined]);
  });

  it('are none where it stands once', () => {
    expect(copies(network({}))).toEqual([]);
    expect(copiesAt(analyze(network({})), 'nothing')).toEqual([]);
  });
});

describe('an expression inside a block', () => {
  it('points at the character that is wrong', () => {
    const [message] = messages(network({}, definition({ filters: { $: 'filters * (4 / 0)' } })));
    expect(message).toBe(
      'block/expression "pairs/b": filters = filters * (4 / 0) cannot be computed: at character 14, 4 / 0 is a division by zero.',
    );
  });

  it('that has no value is told once, and what waits for it is folded into it', () => {
    const problems = errors(network({ repeat: 3 }, definition({ filters: { $: 'filters / 0' }, padding: 'same' })));
    expect(problems.map(({ code, node, instances, blocked }) => [code, node, instances?.length, blocked])).toEqual([
      ['block/expression', 'pairs[1]/b', 2, ['pairs[2]/a', 'pairs[2]/b', 'pairs[3]/a', 'pairs[3]/b', 'out', 'pairs']],
    ]);
  });

  it('of an instance that has no value is told there, and not again of every layer that uses it', () => {
    const problems = errors(network({ repeat: 2, filters: { $: '8 / 0' } }));
    expect(problems.map(({ code, node }) => [code, node])).toEqual([['block/expression', 'pairs']]);
    expect(problems[0]?.blocked).toContain('out');
    expect(problems[0]?.blocked).not.toContain('pairs');
  });

  it('of an instance that has no value in a later copy alone is told, too', () => {
    const problems = errors(network({ repeat: 3, filters: { $: '8 / (2 - index)' } }));
    expect(problems.map(({ code, node }) => [code, node])).toEqual([['block/expression', 'pairs']]);
    expect(problems[0]?.message).toContain('division by zero');
  });
});
