import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../../document/document';
import { parseDocument } from '../../document/parse';
import { serializeDocument } from '../../document/serialize';
import { applyEdits } from '../../graph/applyEdits';
import { analyze } from '../../infer/analyze';
import { networkOf, type Sketch } from '../../testing/networks';
import { practiceCases } from '../../testing/problems/practice';
import { repairsFor } from '../repairs/repairs';

const conv = (filters: number, strides = 1, more = {}): Sketch => [
  'conv2d',
  { filters, strides: [strides, strides], padding: 'consistent', useBias: false, ...more },
];
const image: Sketch = ['input', { shape: [16, 16, 8] }];
const end: Sketch = ['output'];

function codes(document: SkipDocument): string[] {
  return analyze(document).problems.map(({ code, severity }) => `${severity} ${code}`);
}

const transposed = (more = {}): Sketch => ['conv2dTranspose', { filters: 8, strides: [2, 2], padding: 'same', ...more }];
const odd: Sketch = ['input', { shape: [29, 29, 8] }];

describe('sizes', () => {
  it('of a transposed convolution that comes back to another one are a warning, with the padding that mends it', () => {
    const document = networkOf({ image: odd, conv: conv(8, 2), relu: ['relu'], up: transposed(), end }, ['image → conv → relu → up → end']);
    expect(codes(document)).toEqual(['warning practice/transposed-size']);
    const analysis = analyze(document);
    const [problem] = analysis.problems;
    expect(problem?.message).toContain('30×30 of 15×15, which conv made of 29×29');
    const [repair] = problem ? repairsFor(document, analysis, problem) : [];
    expect(repair?.title).toBe('up: outputPadding none → 0');
    const mended = analyze(applyEdits(document, repair?.edits ?? []));
    expect([mended.problems, mended.nodes.get('up')?.outputs['y']?.shape.slice(1)]).toEqual([[], [29, 29, 8]]);
  });

  it('of a transposed convolution say nothing where they come back, or where nothing was halved', () => {
    const even = networkOf({ image, conv: conv(8, 2), relu: ['relu'], up: transposed(), end }, ['image → conv → relu → up → end']);
    const alone = networkOf({ image: odd, up: transposed(), end }, ['image → up → end']);
    expect([codes(even), codes(alone)]).toEqual([[], []]);
  });

  it('that agree only because one is odd are a warning; that round alike are none', () => {
    const onlyOdd = networkOf({ image: odd, r: ['relu'], a: conv(8, 2, { padding: 'valid' }), p: ['maxPooling2d'], add: ['add'], end }, [
      'image → r → a → add:inputs.0',
      'r → p → add:inputs.1',
      'add → end',
    ]);
    expect(codes(onlyOdd)).toEqual(['warning practice/odd-size']);
    expect(analyze(onlyOdd).problems[0]?.message).toContain('the height of r is 29: they do where it is odd, but not at 30');
    const rest = networkOf(
      {
        image: ['input', { shape: [29, 29, 8] }],
        r: ['relu'],
        a: conv(8, 4, { kernelSize: [5, 5], padding: 'valid' }),
        p: ['maxPooling2d', { poolSize: [4, 4], strides: [4, 4] }],
        add: ['add'],
        end,
      },
      ['image → r → a → add:inputs.0', 'r → p → add:inputs.1', 'add → end'],
    );
    // At 30 and 31 they still agree, at 32 no more.
    expect(analyze(rest).problems[0]?.message).toContain('they do where it is no multiple of 4, but not at 32');
    const alike = networkOf(
      { image: odd, a: conv(8, 2), r: ['relu'], b: conv(8), p: conv(8, 2, { kernelSize: [1, 1] }), add: ['add'], end },
      ['image → a → r → b → add:inputs.0', 'image → p → add:inputs.1', 'add → end'],
    );
    expect(codes(alike)).toEqual([]);
  });

  it('to which a transposed convolution is told to come back are no accident', () => {
    const skip = (up: Sketch) =>
      networkOf({ image: odd, stem: conv(8), r: ['relu'], down: conv(8, 2), s: ['relu'], up, add: ['add'], end }, [
        'image → stem → r → down → s → up → add:inputs.0',
        'r → add:inputs.1',
        'add → end',
      ]);
    expect(codes(skip(transposed({ padding: 'consistent', outputPadding: 0 })))).toEqual([]);
    const document = skip(transposed());
    const analysis = analyze(document);
    const [problem] = analysis.problems.filter(({ code }) => code === 'shape/add-off-by-one');
    expect(problem && repairsFor(document, analysis, problem)[0]?.title).toBe('up: outputPadding none → 0');
  });

  it('that no feature sees the whole of are a warning before a global pooling, mended by holes in the last convolution', () => {
    const large: Sketch = ['input', { shape: [64, 64, 8] }];
    const depthwise: Sketch = ['depthwiseConv2d', { kernelSize: [3, 3], padding: 'consistent', useBias: false }];
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const layers = Object.fromEntries(
      names.flatMap((name, index) => [
        [name, conv(8, index === 0 ? 2 : 1)],
        [`${name}r`, ['relu'] as Sketch],
      ]),
    );
    const way = ['image', ...names.flatMap((name) => [name, `${name}r`])].join(' → ');
    const document = networkOf({ image: large, ...layers, pool: ['globalAveragePooling2d'], end }, [`${way} → pool → end`]);
    expect(codes(document)).toEqual(['warning practice/small-receptive-field']);
    const analysis = analyze(document);
    const [problem] = analysis.problems;
    expect(problem?.message).toContain('saw 31×31 of 64×64 pixels');
    const [repair] = problem ? repairsFor(document, analysis, problem) : [];
    expect(repair?.title).toBe('h: dilation 12');
    expect(codes(applyEdits(document, repair?.edits ?? []))).toEqual([]);
    const flat = networkOf({ image: large, ...layers, flat: ['flatten'], dense: ['dense'], end }, [`${way} → flat → dense → end`]);
    expect(codes(flat)).toEqual([]);
    // Depthwise convolutions look, too: the last of them is meant, not the first convolution of the network.
    const deep = Object.fromEntries(
      Object.entries(layers).map(([name, layer]) => [name, name.endsWith('r') || name === 'a' ? layer : depthwise]),
    );
    const wide = networkOf({ image: large, ...deep, pool: ['globalAveragePooling2d'], end }, [`${way} → pool → end`]);
    expect(analyze(wide).problems.map(({ message }) => message)).toEqual([expect.stringContaining('h is the last convolution')]);
  });
});

describe('good practice', () => {
  it.each(practiceCases)('$code is a warning with a repair', ({ code, mendedBy, document }) => {
    expect(codes(document)).toEqual([`warning ${code}`]);
    const analysis = analyze(document);
    const [problem] = analysis.problems;
    const repairs = problem ? repairsFor(document, analysis, problem) : [];
    expect(repairs.map(({ title }) => title)).toContain(mendedBy);
    for (const { edits, title } of repairs) expect(codes(applyEdits(document, edits)), title).toEqual([]);
  });

  it('of a projection with strides, of squeeze and excitation and of a linear bottleneck has nothing to say', () => {
    const bn: Sketch = ['batchNormalization'];
    const projected = networkOf({ image, a: conv(16, 2), n: bn, p: conv(16, 2, { kernelSize: [1, 1] }), m: bn, add: ['add'], end }, [
      'image → a → n → add:inputs.0',
      'image → p → m → add:inputs.1',
      'add → end',
    ]);
    const gated = networkOf(
      {
        image,
        pool: ['adaptiveAveragePooling2d', { height: 1, width: 1 }],
        gate: conv(8, 1, { kernelSize: [1, 1] }),
        s: ['sigmoid'],
        mul: ['multiply'],
        end,
      },
      ['image → pool → gate → s → mul:inputs.1', 'image → mul:inputs.0', 'mul → end'],
    );
    expect([codes(projected), codes(gated)]).toEqual([[], []]);
    expect(analyze(gated).nodes.get('mul')?.outputs['y']?.shape.slice(1)).toEqual([16, 16, 8]);
  });
});

describe('a silent broadcast', () => {
  it('is a warning, and the result has the larger sizes', () => {
    const document = networkOf({ image, one: conv(1), add: ['add'], end }, [
      'image → one → add:inputs.0',
      'image → add:inputs.1',
      'add → end',
    ]);
    expect(codes(document)).toEqual(['warning shape/add-broadcast']);
    const analysis = analyze(document);
    expect(analysis.nodes.get('add')?.outputs['y']?.shape.slice(1)).toEqual([16, 16, 8]);
    const [problem] = analysis.problems;
    expect(problem && repairsFor(document, analysis, problem).map(({ title }) => title)).toContain('one: filters 1 → 8');
  });
});

describe('what is switched off', () => {
  const document = networkOf({ image, conv: conv(8, 1, { useBias: true }), bn: ['batchNormalization'], end }, ['image → conv → bn → end']);

  it('is not told, in the whole document or at one layer, and the reason is kept in the file', () => {
    for (const node of [undefined, 'conv']) {
      const off = [{ code: 'practice/bias-before-norm', ...(node === undefined ? {} : { node }), reason: 'As in the paper.' }];
      const quiet = { ...document, checks: { off } };
      expect(codes(quiet)).toEqual([]);
      expect(analyze(quiet).switchedOff.map(({ code }) => code)).toEqual(['practice/bias-before-norm']);
      const parsed = parseDocument(serializeDocument(quiet));
      expect(parsed.ok && parsed.value.document.checks).toEqual({ off });
    }
  });

  it('comes back when it is switched on, also of warnings that layers tell themselves', () => {
    const broadcast = networkOf({ image, one: conv(1), add: ['add'], end }, [
      'image → one → add:inputs.0',
      'image → add:inputs.1',
      'add → end',
    ]);
    const quiet = { ...broadcast, checks: { off: [{ code: 'shape/add-broadcast', reason: '' }] } };
    const analysis = analyze(quiet, analyze(broadcast));
    expect([analysis.problems, analysis.nodes.get('add')?.problems]).toEqual([[], []]);
    expect(analyze({ ...broadcast }, analysis).problems).toHaveLength(1);
  });

  it('cannot be an error', () => {
    const broken = networkOf({ image, a: conv(4), add: ['add'], end }, ['image → a → add:inputs.0', 'image → add:inputs.1', 'add → end']);
    expect(codes({ ...broken, checks: { off: [{ code: 'shape/add-channels', reason: '' }] } })).toEqual(['error shape/add-channels']);
  });
});

it('more parameters than the budget are a warning of the whole network', () => {
  const document = networkOf({ image, conv: conv(8), end }, ['image → conv → end']);
  expect(codes({ ...document, checks: { off: [], maxParameters: 3 * 3 * 8 * 8 } })).toEqual([]);
  expect(codes({ ...document, checks: { off: [], maxParameters: 100 } })).toEqual(['warning practice/parameter-budget']);
});

it('two paths of an odd image that come together as rows are looked at without a fall', () => {
  const strided: Sketch = ['conv2d', { filters: 4, strides: [2, 2], padding: 'same' }];
  const document = networkOf(
    {
      image: ['input', { shape: [7, 7, 3] }],
      a: strided,
      b: ['maxPooling2d', { poolSize: [3, 3], strides: [2, 2], padding: 'same' }],
      rowA: ['flatten'],
      rowB: ['flatten'],
      both: ['concatenate'],
      end: ['output'],
    },
    ['image → a → rowA → both:inputs.0', 'image → b → rowB → both:inputs.1', 'both → end'],
  );
  expect(analyze(document).problems.map(({ code }) => code)).not.toContain('practice/odd-size');
});
