import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unet } from '../../blocks/templates/images';
import { buildTemplate } from '../../blocks/templates/template';
import type { SkipDocument } from '../../document/document';
import { parseDocument } from '../../document/parse';
import { applyEdits } from '../../graph/applyEdits';
import type { Repair } from '../../graph/problem';
import { analyze } from '../../infer/analyze';
import type { GraphNode, Params } from '../../graph/graph';
import { flattened } from '../../testing/flattened';
import { imageNetResnet } from '../../testing/knownNetworks';
import { evenCircle, networkOf, type Sketch } from '../../testing/networks';
import { withImageSize } from '../inputSizes';
import { repairEverything } from './repairAll';
import { repairsFor } from './repairs';

function sample(name: string): SkipDocument {
  const parsed = parseDocument(readFileSync(new URL(`../../../assets/samples/${name}.skip.json`, import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

/** Repairs of the first problem with this code, each applied here again: none may leave it, none may bring another. */
function repairsOf(document: SkipDocument, code: string): readonly Repair[] {
  const analysis = analyze(document);
  const problem = analysis.problems.find((candidate) => candidate.code === code);
  if (!problem) throw new Error(`no ${code} in ${analysis.problems.map((other) => other.code).join(', ')}`);
  const repairs = repairsFor(document, analysis, problem);
  for (const { title, edits, reveals } of repairs) {
    const after = analyze(applyEdits(document, edits)).problems;
    expect(
      after.filter(({ id }) => id === problem.id),
      title,
    ).toEqual([]);
    const known = new Set(analysis.problems.map(({ id }) => id));
    expect(
      after.filter(({ id }) => !known.has(id)).map((found) => found.code),
      title,
    ).toEqual(reveals);
  }
  return repairs;
}

const titles = (repairs: readonly Repair[]) => repairs.map(({ title }) => title);
const image = (...shape: number[]): Sketch => ['input', { shape }];
const conv = (filters: number, strides = 1, more = {}): Sketch => [
  'conv2d',
  { filters, strides: [strides, strides], padding: 'consistent', useBias: false, ...more },
];

describe('a stride without projection', () => {
  const document = sample('mismatched-add');
  const repairs = repairsOf(document, 'shape/add-stride');

  it('in a pre-activation network is mended by its shortcut layer, with the cost of a hand calculation', () => {
    expect(repairs[0]?.title).toBe('Project the shortcut: shortcut1 with 128 filters, strides 2');
    expect(repairs[0]?.cost).toMatchObject({ parameters: 64 * 128, macs: 28 * 28 * 64 * 128 });
  });

  it('may be mended without parameters, and by keeping the size', () => {
    expect(titles(repairs)).toEqual(
      expect.arrayContaining([
        'No parameters: average-pool 2, zero-pad the shortcut 64 → 128 channels',
        'Keep the size on the main path: strides 1 and 64 filters in conv2a, conv2b',
      ]),
    );
    expect(repairs.find(({ title }) => title.startsWith('No parameters'))?.cost.parameters).toBe(0);
  });

  it('is one step for everything', () => {
    const { done, analysis } = repairEverything(document, analyze(document));
    expect(done).toHaveLength(1);
    expect(analysis.problems).toEqual([]);
  });
});

describe('a projection in a pre-activation network made of plain layers', () => {
  const document = networkOf(
    {
      image: image(16, 16, 8),
      bn: ['batchNormalization'],
      relu: ['relu'],
      a: conv(16, 2),
      bn2: ['batchNormalization'],
      relu2: ['relu'],
      b: conv(16),
      add: ['add'],
      end: ['output'],
    },
    ['image → bn → relu → a → bn2 → relu2 → b → add:inputs.0', 'image → add:inputs.1', 'add → end'],
  );

  it('takes its input from the activation, and says so', () => {
    const [first] = repairsOf(document, 'shape/add-stride');
    expect(first?.title).toBe('Project the shortcut from the pre-activated input (relu): 1×1 conv, 16 filters, strides 2');
    const after = applyEdits(document, first?.edits ?? []);
    const projection = Object.values(after.graph.nodes).find(({ name }) => name === 'projection');
    expect(Object.values(after.graph.edges).find(({ to }) => to.node === projection?.id)?.from.node).toBe('relu');
  });
});

describe('inside a block', () => {
  it('a projection that an instance lacks is set at the instance', () => {
    const document = sample('digits-resnet');
    const broken = applyEdits(document, [
      { kind: 'setParams', id: 'n4', params: { ...document.graph.nodes['n4']?.params, shortcutFilters: null }, graph: 'network' },
    ]);
    const code = analyze(broken).problems[0]?.code ?? '';
    const [first] = repairsOf(broken, code);
    const mended = applyEdits(broken, first?.edits ?? []);
    expect(mended.graph.nodes['n4']?.params['shortcutFilters']).toBe(32);
    expect(mended.blocks).toEqual(document.blocks);
  });

  it('a fault of the definition is mended in the definition, for all its instances', () => {
    const document = sample('digits-resnet');
    const conv2b = Object.values(document.blocks['residual']?.graph.nodes ?? {}).find(({ name }) => name === 'conv2b');
    const broken = applyEdits(document, [
      { kind: 'setParams', id: conv2b?.id ?? '', params: { ...conv2b?.params, strides: [2, 2] }, graph: { block: 'residual' } },
    ]);
    const repairs = repairsOf(broken, 'shape/add-stride');
    expect(titles(repairs)).toContain('block1/conv2b: strides 2 → 1');
    const repair = repairs.find(({ title }) => title === 'block1/conv2b: strides 2 → 1');
    expect(analyze(applyEdits(broken, repair?.edits ?? [])).problems).toEqual([]);
  });
});

describe('one pixel too few', () => {
  const document = networkOf({ image: image(15, 15, 8), conv: conv(8, 2), pool: ['maxPooling2d'], add: ['add'], end: ['output'] }, [
    'image → conv → add:inputs.0',
    'image → pool → add:inputs.1',
    'add → end',
  ]);

  it('is mended by paddings that agree, by a pixel, or by another input size – never by a projection', () => {
    const found = titles(repairsOf(document, 'shape/add-off-by-one'));
    expect(found[0]).toBe('pool: padding valid → consistent');
    expect(found).toEqual(
      expect.arrayContaining([
        'Pad the shortcut by 1 row and 1 column of zeros',
        'Crop 1 row and 1 column off the main path',
        'Use an input that works: image 15×15×8 → 16×16×8',
      ]),
    );
    expect(found.filter((title) => title.includes('Project'))).toEqual([]);
  });
});

describe('an image that a U-Net cannot halve often enough', () => {
  const at = (size: number) => withImageSize(buildTemplate(unet, 'u'), size, size) as SkipDocument;

  it('gets the next sizes at which nothing is wrong, or zeros around it, and the result is cut back', () => {
    const document = at(100);
    const repairs = repairsOf(document, 'shape/concatenate-off-by-one');
    expect(titles(repairs)).toEqual([
      'Use an input that works: image 100×100×1 → 96×96×1',
      'Use an input that works: image 100×100×1 → 112×112×1',
      'Put zeros around image: 100×100 → 112×112, and cut the result back',
    ]);
    const after = analyze(applyEdits(document, repairs[2]?.edits ?? []));
    const end = [...after.flat.nodes.values()].find(({ type }) => type === 'output');
    expect(after.nodes.get(end?.path ?? '')?.inputs['x']?.shape.slice(1, 3)).toEqual([100, 100]);
  });

  it('a size to which images are cut changes with that of the input', () => {
    const cut = at(100);
    const input = Object.values(cut.graph.nodes).find(({ type }) => type === 'input') as GraphNode;
    const params = { ...input.params, minAspectDim: 100, resizeDim: 100, colours: 'grey' };
    const document = applyEdits(cut, [{ kind: 'setParams', id: input.id, params, graph: 'network' }]);
    const repair = repairsOf(document, 'shape/concatenate-off-by-one').find(({ title }) => title.endsWith('112×112×1'));
    expect(applyEdits(document, repair?.edits ?? []).graph.nodes[input.id]?.params).toMatchObject({ resizeDim: 112, minAspectDim: 112 });
  });
});

it('a circle through a merge is opened with the merge that would be left with one input', () => {
  const document = networkOf({ image: image(8, 8, 4), a: ['add'], b: conv(4), end: ['output'] }, [
    'image → a:inputs.0',
    'b → a:inputs.1',
    'a → b → end',
  ]);
  expect(titles(repairsOf(document, 'graph/cycle'))).toEqual(['Remove the wire from b to a, and a with it']);
});

it('a circle into a port that has another wire, too, is opened at the wire of the circle', () => {
  const document = networkOf({ image: image(8, 8, 4), a: ['relu'], b: conv(4), end: ['output'] }, ['image → a', 'b → a', 'a → b → end']);
  expect(titles(repairsOf(document, 'graph/cycle'))).toContain('Remove the wire from b to a');
});

it('an attention may take its keys from where its queries come from', () => {
  const document = networkOf(
    {
      words: ['input', { shape: [16], dtype: 'int32' }],
      e: ['embedding', { inputDim: 100, outputDim: 32 }],
      q: ['dense', { units: 24 }],
      look: ['scaledDotProductAttention'],
      end: ['output'],
    },
    ['words → e → q → look:query', 'e → look:value', 'look → end'],
  );
  expect(repairsOf(document, 'graph/not-connected')[0]?.title).toBe('Wire q to key of look');
});

it('two mismatches one below the other: each is mended, and the second is said to come to light', () => {
  const document = networkOf({ image: image(16, 16, 4), a: conv(8), add1: ['add'], b: conv(12, 2), add2: ['add'], end: ['output'] }, [
    'image → a → add1:inputs.0',
    'image → add1:inputs.1',
    'add1 → b → add2:inputs.0',
    'add1 → add2:inputs.1',
    'add2 → end',
  ]);
  expect(repairsOf(document, 'shape/add-channels')[0]?.reveals).toEqual(['shape/add-stride']);
  const { done, analysis } = repairEverything(document, analyze(document));
  expect([done.length, analysis.problems]).toEqual([2, []]);
});

it('where two repairs are as good as each other, nothing is chosen, and both are told', () => {
  const document = evenCircle();
  const { done, undecided } = repairEverything(document, analyze(document));
  expect(done).toEqual([]);
  expect(undecided.map(({ between }) => titles(between))).toEqual([['Remove the wire from b to a', 'Remove the wire from a to b']]);
});

it('one repair that mends several mismatches is cheaper than one for each', () => {
  const document = networkOf(
    { image: image(8, 8, 3), stem: conv(12), a: conv(8), add1: ['add'], b: conv(8), add2: ['add'], join: ['concatenate'], end: ['output'] },
    [
      'image → stem → a → add1:inputs.0',
      'stem → add1:inputs.1',
      'stem → b → add2:inputs.0',
      'stem → add2:inputs.1',
      'add1 → join:inputs.0',
      'add2 → join:inputs.1',
      'join → end',
    ],
  );
  const { done, analysis } = repairEverything(document, analyze(document));
  expect(done.map(({ repair }) => repair.title)).toEqual(['stem: filters 12 → 8']);
  expect(analysis.problems).toEqual([]);
});

it('three faults of a ResNet are mended by three repairs, each at its layer, as one list of edits', () => {
  const document = flattened(imageNetResnet(18));
  const set = (name: string, more: Params) => {
    const { id, params } = Object.values(document.graph.nodes).find((node) => node.name === name) as GraphNode;
    return { kind: 'setParams', id, params: { ...params, ...more }, graph: 'network' } as const;
  };
  const broken = applyEdits(document, [
    set('stage1[1] conv2', { filters: 77 }),
    set('stage2[2] conv1', { strides: [2, 2] }),
    set('stage3[2] conv2', { padding: 'valid' }),
  ]);
  const { done, edits, analysis } = repairEverything(broken, analyze(broken));
  expect(done.map(({ repair }) => repair.title)).toEqual([
    'stage1[1] conv2: filters 77 → 64',
    'Project the shortcut: stage2[2] shortcut with 128 filters, strides 2',
    'stage3[2] conv2: padding valid → consistent',
  ]);
  const errors = analyze(applyEdits(broken, edits)).problems.filter(({ severity }) => severity === 'error');
  expect([errors, analysis.totals.leftOut]).toEqual([[], 0]);
});

describe('everything that is wrong', () => {
  it('makes an image a row of tokens, where they are looked up, rather than take the layers away', () => {
    const document = networkOf(
      { image: ['input'], words: ['embedding'], memory: ['lstm'], scores: ['dense', { units: 10 }], result: ['output'] },
      ['image → words → memory → scores → result'],
    );
    const { done, analysis } = repairEverything(document, analyze(document));
    expect(done.map(({ repair }) => repair.title)).toEqual(['image: a row of 28 tokens (int32)']);
    expect(analysis.problems).toEqual([]);
  });

  it('leaves to a person what only a last resort would mend', () => {
    const document = networkOf({ image: ['input'], conv: ['conv2d'], words: ['embedding'], result: ['output'] }, [
      'image → conv → words → result',
    ]);
    const analysis = analyze(document);
    const [problem] = analysis.problems.filter(({ node }) => node === 'words');
    expect(problem && repairsFor(document, analysis, problem).map(({ title }) => title)).toEqual(['Take words out']);
    expect(repairEverything(document, analysis).done).toEqual([]);
  });
});
