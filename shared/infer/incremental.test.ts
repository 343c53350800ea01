import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templates } from '../blocks/templates/index';
import type { SkipDocument } from '../document/document';
import type { GraphNode, Params } from '../graph/graph';
import { samePlain } from '../graph/samePlain';
import { families } from '../testing/families';
import { networkOf, type Sketch } from '../testing/networks';
import { randomEdit, randomlyEdited, randomNetwork, type RandomEdit } from '../testing/randomEdits';
import type { NetworkAnalysis } from './analysis';
import { analyze } from './analyze';

/** All that an analysis says, tables in their order; that of wires has none. */
function said({ flat, nodes, order, problems, switchedOff, totals }: NetworkAnalysis) {
  return {
    flat: {
      dataFormat: flat.dataFormat,
      nodes: [...flat.nodes],
      incoming: sorted(flat.incoming),
      outgoing: sorted(flat.outgoing),
      open: sorted(flat.open),
    },
    nodes: [...nodes],
    order,
    problems,
    switchedOff,
    totals,
  };
}

function sorted<T>(table: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...table].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Analyses a document edit by edit, and at each step anew; and looks whether what says the same stayed the same object. */
function expectSame(start: SkipDocument, edits: readonly RandomEdit[]): void {
  let document = start;
  let analysis = analyze({ ...document });
  for (const edit of edits) {
    document = randomlyEdited(document, edit);
    const before = analysis;
    analysis = analyze({ ...document }, before);
    const fresh = analyze({ ...document });
    if (!samePlain(said(analysis), said(fresh))) expect(said(analysis), JSON.stringify(edit)).toEqual(said(fresh));
    expectKept(before, analysis);
  }
}

function expectKept(before: NetworkAnalysis, after: NetworkAnalysis): void {
  if (before.flat.dataFormat !== after.flat.dataFormat) return;
  for (const [path, node] of after.nodes) {
    const old = before.nodes.get(path);
    if (old && old !== node && samePlain(old, node)) expect(node, `${path} says what it said`).toBe(old);
  }
  if (samePlain(said(before), said(after))) expect(after).toBe(before);
}

const gallery: readonly SkipDocument[] = [
  ...templates.map((template) => template.build({ ...template.defaults, layers: template.layers[0] ?? template.defaults.layers })),
  ...Object.values(families).map((family) => family()),
];

/** What rules of good practice look for around them. */
const REPLACEMENTS: readonly (readonly [type: string, params: Params])[] = [
  ['relu', {}],
  ['add', {}],
  ['batchNormalization', {}],
  ['preActivation', {}],
  ['conv2d', { filters: 8, kernelSize: [1, 1], strides: [2, 2], padding: 'same', useBias: true }],
];

describe('an analysis that begins from another one', () => {
  it('of a known network says after any edits what one from nothing says, and keeps what says the same', () => {
    const network = fc.constantFrom(...gallery.keys());
    fc.assert(
      fc.property(network, fc.array(randomEdit, { minLength: 1, maxLength: 8, size: 'medium' }), (index, edits) =>
        expectSame(gallery[index] as SkipDocument, edits),
      ),
      { numRuns: 60 },
    );
  });

  it('of random layers does, too', () => {
    fc.assert(
      fc.property(randomNetwork, fc.array(randomEdit, { minLength: 1, maxLength: 12, size: 'medium' }), (graph, edits) =>
        expectSame({ ...networkOf({}, []), graph }, edits),
      ),
      { numRuns: 120 },
    );
  });

  it.each(['resNetBasic', 'preActivationResNet', 'uNet', 'invertedResiduals'])(
    'of %s does where any of its layers is replaced by another, and put back',
    (name) => {
      const document = families[name]?.() ?? expect.unreachable(name);
      const before = analyze(document);
      for (const node of Object.values(document.graph.nodes))
        for (const [type, params] of REPLACEMENTS) {
          const nodes = { ...document.graph.nodes, [node.id]: { ...node, type, params } };
          const edited = { ...document, graph: { ...document.graph, nodes } };
          const after = analyze(edited, before);
          const fresh = analyze({ ...edited });
          if (!samePlain(said(after), said(fresh))) expect(said(after), `${type} for ${node.name}`).toEqual(said(fresh));
          if (!samePlain(said(analyze({ ...document }, after)), said(before))) expect.unreachable(`${node.name} back for ${type}`);
        }
    },
  );

  it('of what a rule sees three wires away is told anew', () => {
    const conv = (size: number): Params => ({ filters: 8, kernelSize: [size, size], padding: 'same', useBias: false });
    const layers: Readonly<Record<string, Sketch>> = {
      image: ['input', { shape: [16, 16, 8] }],
      first: ['maxPooling2d', { poolSize: [2, 2], strides: [2, 2] }],
      norm: ['batchNormalization'],
      relu: ['relu'],
      conv: ['conv2d', conv(3)],
      projection: ['conv2d', conv(1)],
      add: ['add'],
      end: ['output'],
    };
    const wires = ['image → first → norm → relu → conv → add:inputs.0', 'first → projection → add:inputs.1', 'add → end'];
    const document = networkOf(layers, wires);
    const late = (analysis: NetworkAnalysis) =>
      analysis.problems.filter(({ code }) => code === 'practice/projection-not-pre-activated').length;
    const linear = networkOf({ ...layers, relu: ['dropout', { rate: 0.5 }] }, wires);
    const before = analyze(document);
    const after = analyze(
      { ...document, graph: { ...document.graph, nodes: { ...document.graph.nodes, relu: linear.graph.nodes['relu'] as GraphNode } } },
      before,
    );
    expect([late(before), late(after), late(analyze({ ...document }, after))]).toEqual([1, 0, 1]);
  });
});
