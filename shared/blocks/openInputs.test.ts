import { describe, expect, it } from 'vitest';
import type { BlockDefinition, SkipDocument } from '../document/document';
import { repairsFor } from '../diagnose/repairs/repairs';
import type { GraphNode } from '../graph/graph';
import { analyze } from '../infer/analyze';
import { networkOf, nodeOf, type Sketch } from '../testing/networks';

const instance = (name: string, block: string, params = {}) => nodeOf('block', name, { block, params });
const conv: Sketch = ['conv2d', { filters: 3, padding: 'same' }];

function block(id: string, layers: Record<string, Sketch>, wires: readonly string[], ends: readonly GraphNode[]): BlockDefinition {
  const { graph } = networkOf(layers, wires);
  return {
    id,
    name: id,
    parameters: [],
    graph: { ...graph, nodes: { ...Object.fromEntries(ends.map((end) => [end.id, end])), ...graph.nodes } },
  };
}

/** Two ways from one input that meet again. */
const residual = block(
  'residual',
  { a: conv, b: conv, sum: ['add'] },
  ['x → a → b → sum:inputs.0', 'x → sum:inputs.1', 'sum → y'],
  [nodeOf('blockInput', 'x'), nodeOf('blockOutput', 'y')],
);

function network(instances: readonly GraphNode[], wires: readonly string[], blocks: readonly BlockDefinition[] = [residual]): SkipDocument {
  const base = networkOf({ image: ['input', { shape: [8, 8, 3] }], out: ['output'] }, wires);
  return {
    ...base,
    blocks: Object.fromEntries(blocks.map((each) => [each.id, each])),
    graph: { ...base.graph, nodes: { ...base.graph.nodes, ...Object.fromEntries(instances.map((each) => [each.id, each])) } },
  };
}

const errors = (document: SkipDocument) =>
  analyze(document)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ node: at, port, message, blocked }) => ({ at, port, message, blocked }));

describe('a block without its input', () => {
  const alone = network([instance('r', 'residual')], ['image → out']);
  const problem = { at: 'r', port: 'x', message: '"r": its input is not connected. Wire a layer to it.', blocked: ['r/a', 'r/b', 'r/sum'] };

  it('is one problem, at its own input, for which all of its layers wait', () => {
    expect(errors(alone)).toEqual([problem]);
    const { nodes } = analyze(alone);
    expect(nodes.get('r')?.problems).toMatchObject([{ code: 'graph/not-connected', port: 'x' }]);
    expect(nodes.get('r/sum')).toMatchObject({ problems: [], blockedBy: 'r' });
  });

  it('makes what is wired to it wait, also a block', () => {
    const chained = network([instance('r', 'residual'), instance('s', 'residual')], ['r → s:x', 's → out']);
    expect(errors(chained)).toMatchObject([{ at: 'r', port: 'x', blocked: expect.arrayContaining(['s/sum', 'out']) as unknown }]);
  });

  it('of several copies is one problem', () => {
    expect(errors(network([instance('r', 'residual', { repeat: 3 })], ['r:y → out']))).toMatchObject([{ at: 'r', port: 'x' }]);
  });

  it('has the repairs of a layer without one, which are proven', () => {
    const analysis = analyze(alone);
    const found = repairsFor(alone, analysis, analysis.problems[0] as (typeof analysis.problems)[number]);
    expect(found.map(({ title }) => title)).toContain('Wire image to r');
  });

  it('tells what is wrong inside by itself', () => {
    const two = block(
      'two',
      { a: conv, lonely: ['relu'], sum: ['add'] },
      ['x → a → sum:inputs.0', 'lonely → sum:inputs.1', 'sum → y'],
      [nodeOf('blockInput', 'x'), nodeOf('blockOutput', 'y')],
    );
    expect(errors(network([instance('t', 'two')], ['t → out'], [two])).map(({ at }) => at)).toEqual(['t', 't/lonely']);
    expect(errors(network([instance('t', 'two')], ['image → t:x', 't → out'], [two])).map(({ at }) => at)).toEqual(['t/lonely']);
  });

  it('names the inputs that it lacks, and none that nothing inside reads', () => {
    const three = block(
      'three',
      { sum: ['add'] },
      ['a → sum:inputs.0', 'b → sum:inputs.1', 'sum → y'],
      [nodeOf('blockInput', 'a'), nodeOf('blockInput', 'b'), nodeOf('blockInput', 'unread'), nodeOf('blockOutput', 'y')],
    );
    expect(errors(network([instance('t', 'three')], ['t → out'], [three]))).toMatchObject([
      { at: 't', port: 'a', message: '"t": not connected: a, b. Wire layers to it.' },
    ]);
    expect(errors(network([instance('t', 'three')], ['image → t:a', 't → out'], [three]))).toMatchObject([
      { at: 't', port: 'b', message: '"t": not connected: b. Wire layers to it.' },
    ]);
  });

  it('inside another block is told there, once for all instances of that one', () => {
    const outer: BlockDefinition = block(
      'outer',
      {},
      ['x → y'],
      [nodeOf('blockInput', 'x'), nodeOf('blockOutput', 'y'), instance('r', 'residual')],
    );
    const document = network([instance('o', 'outer'), instance('p', 'outer')], ['image → o:x', 'o → p:x', 'p → out'], [residual, outer]);
    expect(errors(document)).toMatchObject([{ at: 'o/r', port: 'x' }]);
    const open: BlockDefinition = block(
      'outer',
      {},
      ['x → r:x', 'r → y'],
      [nodeOf('blockInput', 'x'), nodeOf('blockOutput', 'y'), instance('r', 'residual')],
    );
    expect(errors(network([instance('o', 'outer')], ['o → out'], [residual, open]))).toMatchObject([{ at: 'o', port: 'x' }]);
  });

  it('that hands its input on makes what is behind it wait', () => {
    const wire: BlockDefinition = block('wire', {}, ['x → y'], [nodeOf('blockInput', 'x'), nodeOf('blockOutput', 'y')]);
    expect(errors(network([instance('w', 'wire')], ['w:y → out'], [wire]))).toMatchObject([{ at: 'w', port: 'x', blocked: ['out'] }]);
  });

  it('and is wired, and is not again, edit by edit as anew', () => {
    const wired = network([instance('r', 'residual')], ['image → r:x', 'r:y → out']);
    const open = network([instance('r', 'residual')], ['r:y → out']);
    let analysis = analyze({ ...wired });
    for (const document of [open, wired, open, alone, wired]) {
      analysis = analyze({ ...document }, analysis);
      const fresh = analyze({ ...document });
      expect(analysis.problems).toEqual(fresh.problems);
      expect([...analysis.nodes]).toEqual([...fresh.nodes]);
    }
  });
});
