import { describe, expect, it } from 'vitest';
import type { OutputObjective, SkipDocument } from '../../document/document';
import { applyEdits } from '../../graph/applyEdits';
import { analyze, sameToAnalysis } from '../../infer/analyze';
import { networkOf, type Sketch } from '../../testing/networks';
import { lossSettings } from '../../training/losses/index';
import { repairsFor } from '../repairs/repairs';

const row: Sketch = ['input', { shape: [8] }];

function learning(ending: Sketch | undefined, loss: Record<string, unknown>, more: Partial<SkipDocument> = {}): SkipDocument {
  const layers = { row, scores: ['dense', { units: 10 }] as Sketch, ...(ending ? { ending } : {}), end: ['output'] as Sketch };
  const document = networkOf(layers, [ending ? 'row → scores → ending → end' : 'row → scores → end']);
  const objectives: OutputObjective[] = [{ output: 'end', loss: lossSettings.parse(loss), weight: 1, column: 'label' }];
  return { ...document, training: { ...document.training, objectives }, ...more };
}

const codes = (document: SkipDocument) => analyze(document).problems.map(({ code, severity }) => `${severity} ${code}`);

function expectMended(document: SkipDocument, code: string, repair: string): void {
  expect(codes(document)).toEqual([`warning ${code}`]);
  const analysis = analyze(document);
  const [problem] = analysis.problems;
  const repairs = problem ? repairsFor(document, analysis, problem) : [];
  expect(repairs.map(({ title }) => title)).toContain(repair);
  for (const { edits, title } of repairs) expect(codes(applyEdits(document, edits)), title).toEqual([]);
  expect(codes({ ...document, checks: { off: [{ code, reason: 'meant' }] } })).toEqual([]);
}

const sparse = 'sparseCategoricalCrossentropy';
const binary = 'binaryCrossentropy';

describe('what an output ends in, and what its loss takes', () => {
  it.each<[string, Sketch | undefined, Record<string, unknown>, string, string]>([
    ['softmax and logits', ['softmax'], { kind: sparse, from: 'logits' }, 'training/softmax-twice', 'Take ending out'],
    [
      'sigmoid and logits',
      ['activation', { activation: 'sigmoid' }],
      { kind: binary, from: 'logits' },
      'training/softmax-twice',
      'Take ending out',
    ],
    [
      'scores and probabilities',
      undefined,
      { kind: sparse, from: 'probabilities' },
      'training/no-probabilities',
      'Put a softmax before end',
    ],
    [
      'scores and the binary loss',
      undefined,
      { kind: binary, from: 'probabilities' },
      'training/no-probabilities',
      'Put a sigmoid before end',
    ],
    ['sigmoid and classes', ['sigmoid'], { kind: sparse }, 'training/other-activation', 'Put a softmax in the place of ending'],
    ['softmax and answers', ['softmax'], { kind: binary }, 'training/other-activation', 'Put a sigmoid in the place of ending'],
    ['relu and classes', ['relu'], { kind: sparse }, 'training/other-activation', 'Take ending out'],
  ])('%s are a warning with a repair', (_what, ending, loss, code, repair) => expectMended(learning(ending, loss), code, repair));

  it.each<[Sketch | undefined, Record<string, unknown>]>([
    [['softmax'], { kind: sparse }],
    [undefined, { kind: sparse }],
    [undefined, { kind: sparse, from: 'logits' }],
    [['softmax'], { kind: sparse, from: 'probabilities' }],
    [['sigmoid'], { kind: binary }],
    [['hardSigmoid'], { kind: binary, from: 'probabilities' }],
    [['softmax'], { kind: binary, from: 'probabilities' }],
    [['sigmoid'], { kind: 'meanSquaredError' }],
    [['relu'], { kind: 'meanSquaredError' }],
  ])('%j before %j has nothing said against it', (ending, loss) => expect(codes(learning(ending, loss))).toEqual([]));

  it('takes probabilities that were averaged or given another shape for what they are', () => {
    const layers: Record<string, Sketch> = {
      row,
      a: ['dense', { units: 10 }],
      pa: ['softmax'],
      b: ['dense', { units: 10 }],
      pb: ['softmax'],
      both: ['average'],
      shaped: ['reshape', { targetShape: [10] }],
      end: ['output'],
    };
    const wires = ['row → a → pa → both:inputs.0', 'row → b → pb → both:inputs.1', 'both → shaped → end'];
    const document = networkOf(layers, wires);
    const objectives: OutputObjective[] = [
      { output: 'end', loss: lossSettings.parse({ kind: sparse, from: 'probabilities' }), weight: 1, column: 'label' },
    ];
    expect(codes({ ...document, training: { ...document.training, objectives } })).toEqual([]);
  });

  it('is as usual where only data was chosen, and nothing where neither was', () => {
    const document = learning(['sigmoid'], { kind: sparse });
    const silent = { ...document, training: { ...document.training, objectives: [] } };
    expect(codes({ ...silent, data: { dataset: 'digits', inputs: {} } })).toEqual(['warning training/other-activation']);
    expect(codes(silent)).toEqual([]);
  });
});

describe('the classes of the data', () => {
  const data = { data: { dataset: 'digits', inputs: {} } };
  const of = (units: number, more: Partial<SkipDocument> = data) => {
    const document = learning(['softmax'], { kind: sparse }, more);
    const nodes = { ...document.graph.nodes };
    const { scores } = nodes;
    if (scores) nodes['scores'] = { ...scores, params: { units } };
    return { ...document, graph: { ...document.graph, nodes } };
  };

  it('are what the last layer shall have units for', () => {
    expectMended(of(12), 'training/classes', 'scores: units 12 → 10');
    expect(codes(of(10))).toEqual([]);
  });

  it('are not asked where no data is chosen, or another column is learned', () => {
    expect(codes(of(12, {}))).toEqual([]);
    const document = of(12);
    const objectives = document.training.objectives.map((objective) => ({ ...objective, column: 'image' }));
    expect(codes({ ...document, training: { ...document.training, objectives } })).toEqual([]);
  });

  it('are looked at again when other data or another loss is chosen, and for nothing else of training', () => {
    const document = of(12);
    expect(sameToAnalysis(document, { ...document, data: { dataset: null, inputs: {} } })).toBe(false);
    expect(sameToAnalysis(document, { ...document, training: { ...document.training, epochs: 3 } })).toBe(true);
  });
});
