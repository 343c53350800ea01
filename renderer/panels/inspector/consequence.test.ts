import { beforeEach, describe, expect, it } from 'vitest';
import { newDocument } from '../../../shared/document/create';
import { noChecks, type SkipDocument } from '../../../shared/document/document';
import type { GraphNode, Params } from '../../../shared/graph/graph';
import { analyze } from '../../../shared/infer/analyze';
import { useDocument } from '../../state/document';
import { consequenceOf } from './consequence';
import { useLastEdit } from './lastEdit';

const node = (id: string, type: string, params: Params): GraphNode => ({ id, type, name: id, params, position: { x: 0, y: 0 } });

function network(filters: number, kernelSize = 3): SkipDocument {
  const nodes = [
    node('i', 'input', { shape: [8, 8, 1] }),
    node('c', 'conv2d', { filters, kernelSize }),
    node('r', 'relu', {}),
    node('o', 'output', {}),
  ];
  const wires = [
    ['i', 'c'],
    ['c', 'r'],
    ['r', 'o'],
  ] as const;
  const edges = wires.map(([from, to], index) => ({ id: `e${index}`, from: { node: from, port: 'y' }, to: { node: to, port: 'x' } }));
  return {
    ...newDocument('d'),
    graph: { nodes: Object.fromEntries(nodes.map((n) => [n.id, n])), edges: Object.fromEntries(edges.map((e) => [e.id, e])) },
  };
}

describe('what an edit changed', () => {
  it('is the output, what follows from it, and the parameters', () => {
    // 3·3·1·f weights and f biases.
    expect(consequenceOf(analyze(network(8)), analyze(network(16)), 'c')).toEqual({
      output: { before: '6×6×8', after: '6×6×16' },
      others: 1,
      parameters: { before: 80, after: 160 },
      appeared: [],
      mended: [],
    });
  });

  it('is a problem that appeared, and one that was mended', () => {
    const [fits, tooLarge] = [analyze(network(8)), analyze(network(8, 9))];
    expect(consequenceOf(fits, tooLarge, 'c')?.appeared.map(({ code }) => code)).toContain('shape/kernel-larger-than-input');
    expect(consequenceOf(tooLarge, fits, 'c')?.mended.map(({ code }) => code)).toContain('shape/kernel-larger-than-input');
  });

  it('is no problem mended where a warning is switched off, and no new one where it is switched on again', () => {
    const [on, off] = [undefined, [{ code: 'graph/dead-branch', reason: '' }]].map((entries) => {
      const document = network(8);
      const nodes = { ...document.graph.nodes, d: node('d', 'relu', {}) };
      const edges = { ...document.graph.edges, d: { id: 'd', from: { node: 'i', port: 'y' }, to: { node: 'd', port: 'x' } } };
      return analyze({
        ...document,
        graph: { ...document.graph, nodes, edges },
        ...(entries && { checks: { ...noChecks, off: entries } }),
      });
    });
    if (!on || !off) throw new Error('both are analyzed');
    expect([on.problems.length - off.problems.length, off.switchedOff.map(({ code }) => code)]).toEqual([1, ['graph/dead-branch']]);
    expect([consequenceOf(on, off, 'd'), consequenceOf(off, on, 'd')]).toEqual([undefined, undefined]);
  });

  it('is nothing where nothing differs', () => expect(consequenceOf(analyze(network(8)), analyze(network(8)), 'c')).toBeUndefined());
});

describe('the network before the last step', () => {
  const store = () => useDocument.getState();
  const set = (filters: number, label = 'Set filters') =>
    store().edit(label, [{ kind: 'setParams', graph: 'network', id: 'c', params: { filters } }], 'merge');
  const before = () => useLastEdit.getState().before?.totals.parameters;
  beforeEach(() => store().load({ document: network(8), file: null, title: 'Untitled', isDirty: false }));

  it('is that before the first key of a value', () => {
    for (const filters of [1, 12, 128]) set(filters);
    expect(before()).toBe(80);
    store().sealStep();
    set(4);
    expect(before()).toBe(1280);
  });

  it('is that before a drag', () => {
    store().beginGesture('Set filters');
    for (const filters of [9, 10, 11]) set(filters);
    expect(before()).toBe(80);
    store().endGesture();
    expect(before()).toBe(80);
    set(4, 'Another');
    expect(before()).toBe(110);
  });

  it('is none after another file is opened that has the same id, as copies have', () => {
    store().load({ document: network(16), file: null, title: 'Copy', isDirty: false });
    expect(before()).toBeUndefined();
    store().beginGesture('Set filters');
    set(4);
    store().cancelGesture();
    expect(before()).toBeUndefined();
  });

  it('is none after undo', () => {
    set(4);
    store().undo();
    expect(before()).toBeUndefined();
  });
});
