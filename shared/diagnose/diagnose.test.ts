import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../document/document';
import { applyEdits } from '../graph/applyEdits';
import type { GraphEdit } from '../graph/edit';
import { analyze } from '../infer/analyze';
import { families } from '../testing/families';
import { networkOf, type Sketch } from '../testing/networks';
import { plantFault, randomOf } from '../testing/plantFault';
import { blame } from './blame';
import { repairsFor } from './repairs/repairs';
import { placeNode, suspectsOf } from './suspects';

const conv = (filters: number, strides = 1, more = {}): Sketch => [
  'conv2d',
  { filters, strides: [strides, strides], padding: 'consistent', ...more },
];

describe('what the paths do', () => {
  const image: Sketch = ['input', { shape: ['H', 'W', 3] }];
  const up: Sketch = ['upSampling2d', { size: [2, 2] }];

  it('is told of sizes with letters too, each layer that makes another of them', () => {
    const document = networkOf({ image, down: conv(8, 2), up, same: ['conv2d', { filters: 8, kernelSize: [1, 1] }], add: ['add'] }, [
      'image → down → up → add:inputs.0',
      'image → same → add:inputs.1',
    ]);
    const mismatch = analyze(document).problems.find(({ code }) => code === 'shape/add-unproven')?.mismatch;
    expect(mismatch?.cause).toMatch(
      /On the main path down .* and up .* in the end 2·⌊\(H\+1\)\/2⌋×.*On the shortcut nothing changes it\.$/,
    );
    expect(mismatch?.paths[0]?.parts.map(({ path, axes }) => `${path} ${axes}`)).toEqual([
      'down height',
      'down width',
      'up height',
      'up width',
    ]);
  });
});

describe('the arithmetic of the layer that parted the paths', () => {
  const parts = (main: Sketch, size = 56) => {
    const document = networkOf({ image: ['input', { shape: [size, size, 64] }], main, add: ['add'] }, [
      'image → main → add:inputs.0',
      'image → add:inputs.1',
    ]);
    const { mismatch } = analyze(document).problems.find((problem) => problem.mismatch) ?? {};
    return mismatch?.paths.flatMap((path) => path.parts.map(({ axes, arithmetic }) => `${axes} ${arithmetic}`));
  };

  // ⌊(n + pads − k)/s⌋ + 1 by hand; the sizes themselves are checked against TensorFlow.js elsewhere.
  it.each([
    [conv(128, 2), ['height and width 56 → ⌊(56 + 2·1 − 3)/2⌋ + 1 = 28', 'channels 64 → 128 filters']],
    [conv(64, 2, { padding: 'same' }), ['height and width 56 → ⌈56/2⌉ = 28']],
    [conv(64, 1, { padding: 'valid', kernelSize: [5, 3] }), ['height 56 → 56 − 5 + 1 = 52', 'width 56 → 56 − 3 + 1 = 54']],
    [['maxPooling2d', { poolSize: [3, 3], strides: [2, 2] }], ['height and width 56 → ⌊(56 − 3)/2⌋ + 1 = 27']],
    [['maxPooling2d', { poolSize: [3, 3], strides: [2, 2], ceilMode: true }], ['height and width 56 → ⌈(56 − 3)/2⌉ + 1 = 28']],
    [['maxPooling2d', { poolSize: [2, 2], strides: [3, 3], ceilMode: true }], ['height and width 56 → ⌈56/3⌉ = 19']],
    [
      ['maxPooling2d', { poolSize: [4, 4], strides: [3, 3], padding: 'consistent', ceilMode: true }],
      ['height and width 56 → ⌈(56 + 1)/3⌉ = 19'],
    ],
    [['upSampling2d', { size: [2, 2] }], ['height and width 56 → 56 · 2 = 112']],
    [['conv2dTranspose', { filters: 64, strides: [2, 2], padding: 'same' }], ['height and width 56 → 56 · 2 = 112']],
    [
      ['conv2dTranspose', { filters: 64, kernelSize: [4, 4], strides: [2, 2], padding: 'valid' }],
      ['height and width 56 → (56 − 1)·2 + 4 = 114'],
    ],
    [
      ['conv2dTranspose', { filters: 64, strides: [2, 2], padding: 'same', outputPadding: 0 }],
      ['height and width 56 → (56 − 1)·2 + 3 − 2 + 0 = 111'],
    ],
    [['cropping2d', { top: 1, bottom: 2 }], ['height 56 → 56 − 1 − 2 = 53']],
  ] as [Sketch, string[]][])('%j', (layer, wanted) => {
    expect(parts(layer)).toEqual(wanted);
  });
});

describe('with the edits of the sitting', () => {
  const start = networkOf({ image: ['input', { shape: [8, 8, 4] }], main: conv(4), relu: ['relu'], add: ['add'], end: ['output'] }, [
    'image → main → relu → add:inputs.0',
    'image → add:inputs.1',
    'add → end',
  ]);
  const told = (...edits: GraphEdit[]) => {
    const states = edits.reduce<SkipDocument[]>(
      (all, edit) => [applyEdits(all[0] as SkipDocument, [{ ...edit, graph: 'network' }]), ...all],
      [start],
    );
    const [now, ...earlier] = states as [SkipDocument, ...SkipDocument[]];
    const [problem] = analyze(now).problems;
    return problem && blame(problem, now, earlier)?.words;
  };
  const rename: GraphEdit = { kind: 'rename', id: 'relu', name: 'act' };

  it('the one that brought the problem is named, in words, however many came after it', () => {
    const params = { ...start.graph.nodes['main']?.params, strides: [2, 2] };
    expect(told({ kind: 'setParams', id: 'main', params }, rename)).toBe('since you set strides of main to 2 (before: 1)');
    expect(told(rename, { kind: 'disconnect', id: 'image → add:inputs.1' })).toBe('since you removed the wire from image to add');
    expect(told({ kind: 'removeNode', id: 'relu' }, rename)).toBe('since you deleted relu');
  });

  it('a problem that is as old as the sitting is nobody’s', () => {
    const broken = applyEdits(start, [{ kind: 'disconnect', id: 'image → add:inputs.1', graph: 'network' }]);
    const [problem] = analyze(broken).problems;
    const later = applyEdits(broken, [{ ...rename, graph: 'network' }]);
    expect(problem && blame(problem, later, [broken])).toBeUndefined();
  });
});

describe('faults planted in a dozen families', () => {
  it('all repairs hold, and the edited layer is mostly named', () => {
    let [broken, first, second, mended] = [0, 0, 0, 0];
    for (const build of Object.values(families)) {
      const document = build();
      const known = new Set(analyze(document).problems.map(({ id }) => id));
      const random = randomOf(5);
      for (let count = 0; count < 3; count += 1) {
        const fault = plantFault(document, random);
        const analysis = analyze(fault.document);
        const problem = analysis.problems.find(({ severity, id }) => severity === 'error' && !known.has(id));
        if (!problem) continue;
        broken += 1;
        const suspects = suspectsOf({ document: fault.document, analysis, problem });
        const hits = suspects.slice(0, 2).map(({ place }) => fault.places.has(placeNode(place)));
        if (hits[0]) first += 1;
        if (hits.includes(true)) second += 1;
        const repairs = repairsFor(fault.document, analysis, problem);
        const errors = (edits: (typeof repairs)[number]['edits']) =>
          analyze(applyEdits(fault.document, edits)).problems.filter(({ severity }) => severity === 'error');
        if (repairs.slice(0, 3).some(({ edits }) => errors(edits).length === 0)) mended += 1;
        for (const { edits, title } of repairs)
          expect(
            errors(edits).map(({ id }) => id),
            `${fault.words}: ${title}`,
          ).not.toContain(problem.id);
      }
    }
    expect(broken).toBeGreaterThan(8);
    expect(first / broken).toBeGreaterThanOrEqual(0.8);
    expect(second / broken).toBeGreaterThanOrEqual(0.95);
    expect(mended / broken).toBeGreaterThanOrEqual(0.9);
    // Some thousand inferences: minutes where many tests run side by side.
  }, 300_000);
});
