import { describe, expect, it } from 'vitest';
import { applyEdits } from '../graph/applyEdits';
import { analyze } from '../infer/analyze';
import { networkOf, type Sketch } from '../testing/networks';
import { wiringCases } from '../testing/problems/wiring';

const image: Sketch = ['input', { shape: [8, 8, 4] }];
const layers = { image, relu: ['relu'], add: ['add'], end: ['output'] } satisfies Record<string, Sketch>;
const wires = ['image → relu → add:inputs.0', 'image → add:inputs.1', 'add → end'];
const told = (more: readonly string[]) =>
  analyze(networkOf(layers, [...wires, ...more])).problems.map(({ code, message }) => `${code} ${message}`);

describe('a wire at a port that is not there', () => {
  it('is told with its ends and the ports that there are, whether it enters or leaves', () => {
    expect(told(['image → relu:data'])).toEqual([
      'graph/unknown-port "relu": a wire from image enters its port "data", which it does not have, so that the wire is left out. Its inputs: "x". Lead the wire to one of them, or remove it.',
    ]);
    expect(told(['relu:z → add:inputs.2'])).toEqual([
      'graph/unknown-port "relu": a wire to add leaves its port "z", which it does not have, so that the wire is left out. Its outputs: "y". Lead the wire to one of them, or remove it.',
    ]);
    expect(told(['relu → add:inputs.99999999999'])).toEqual([expect.stringContaining('enters its port "inputs.99999999999"')]);
    expect(told(['end → add:inputs.2'])).toEqual([expect.stringContaining('It has no outputs. Remove the wire.')]);
  });

  it('is told once a port, and only where the kind of layer is known', () => {
    expect(told(['image → relu:data', 'add → relu:data', 'relu → relu:data'])).toHaveLength(1);
    expect(told(['relu → add:inputs.7'])).toEqual([]);
    const strange = networkOf({ ...layers, relu: ['hologram'] }, ['image → relu:light', 'relu:dark → end']);
    expect(analyze(strange).problems.map(({ code }) => code)).not.toContain('graph/unknown-port');
  });

  it('of an instance is told by the ends of its definition, and comes and goes with them', () => {
    const document = wiringCases.find(({ code }) => code === 'block/repeat')?.document;
    const { in: entry } = document?.blocks['pair']?.graph.nodes ?? {};
    if (!document || !entry) throw new Error('the case has no block');
    const codes = (next: typeof document, before?: ReturnType<typeof analyze>) => analyze(next, before).problems.map(({ code }) => code);
    const renamed = applyEdits(document, [{ kind: 'rename', id: entry.id, name: 'image', graph: { block: 'pair' } }]);
    const cut = { ...renamed, graph: document.graph };
    expect(codes(document)).not.toContain('graph/unknown-port');
    expect(codes(cut, analyze(document))).toContain('graph/unknown-port');
    expect(codes({ ...document }, analyze(cut))).not.toContain('graph/unknown-port');
  });

  it('in a definition is one problem, however many copies of it there are', () => {
    const document = wiringCases.find(({ code }) => code === 'block/too-large')?.document;
    const { pair } = document?.blocks ?? {};
    const { block } = document?.graph.nodes ?? {};
    if (!document || !pair || !block) throw new Error('the case has no block');
    const bad = { id: 'bad', from: { node: 'c0', port: 'y' }, to: { node: 'out', port: 'z' } };
    const blocks = { pair: { ...pair, graph: { ...pair.graph, edges: { ...pair.graph.edges, bad } } } };
    const nodes = { ...document.graph.nodes, block: { ...block, params: { repeat: 3 } } };
    const { problems } = analyze({ ...document, blocks, graph: { ...document.graph, nodes } });
    expect(problems.map(({ code, path, instances }) => [code, path, instances?.map((each) => each.path)])).toEqual([
      ['graph/unknown-port', 'block[1]/out', ['block[2]/out', 'block[3]/out']],
    ]);
  });
});
