import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../../document/document';
import { applyEdits } from '../../graph/applyEdits';
import { formatShape } from '../../graph/tensor';
import { analyze } from '../../infer/analyze';
import { networkOf, type Sketch } from '../../testing/networks';
import { formatProblem } from '../format';
import { repairsFor } from './repairs';

/** Titles of the repairs of the first problem. */
function titlesOf(document: SkipDocument): readonly string[] {
  return firstRepairs(document).map(({ title }) => title);
}

function firstRepairs(document: SkipDocument) {
  const analysis = analyze(document);
  const [problem] = analysis.problems;
  return problem ? repairsFor(document, analysis, problem) : [];
}

/** A block of two convolutions with a shortcut around them. */
const block = (shape: readonly number[], first: Sketch, second: Sketch, pool: string) =>
  networkOf({ x: ['input', { shape }], a: first, r: ['relu'], b: second, add: ['add'], pool: [pool], end: ['output'] }, [
    'x → a → r → b → add:inputs.0',
    'x → add:inputs.1',
    'add → pool → end',
  ]);

describe('a residual block over a sequence', () => {
  const conv = (more = {}): Sketch => ['conv1d', { filters: 16, kernelSize: 3, padding: 'same', ...more }];
  const strided = block([100, 12], conv({ strides: 2 }), conv(), 'globalAveragePooling1d');

  it('is told in steps and channels, and projected by a convolution over one step', () => {
    const [problem] = analyze(strided).problems;
    expect([problem?.code, problem?.message]).toEqual([
      'shape/add-stride',
      'Add "add": inputs differ in steps and channels: b gives 50×16, x gives 100×12.',
    ]);
    expect(titlesOf(strided).slice(0, 3)).toEqual([
      'Project the shortcut: conv1d of 1, 16 filters, strides 2',
      'Average-pool 2, then project the shortcut: conv1d of 1, 16 filters',
      'Keep the size on the main path: strides 1 and 12 filters in a, b',
    ]);
    // 12 × 16 weights and 16 biases, at 50 steps.
    expect(firstRepairs(strided)[0]?.cost).toMatchObject({ parameters: 12 * 16 + 16, macs: 50 * 12 * 16 });
  });

  it('that loses steps at its ends gets them back, or the shortcut loses them too', () => {
    const short = block([100, 16], conv({ padding: 'valid' }), conv(), 'globalAveragePooling1d');
    expect(titlesOf(short)).toEqual(
      expect.arrayContaining([
        'a: padding valid → same',
        'a: padding valid → causal',
        'Crop 2 steps off the shortcut',
        'Pad the main path by 2 steps of zeros',
      ]),
    );
  });
});

it('a residual block over a volume is told in depth, height and width, and projected', () => {
  const conv = (strides: number): Sketch => ['conv3d', { filters: 8, strides: [strides, strides, strides], padding: 'same' }];
  const document = block([16, 32, 32, 4], conv(2), conv(1), 'globalAveragePooling3d');
  const [problem] = analyze(document).problems;
  expect(problem?.message).toContain('inputs differ in depth, height, width and channels');
  expect(problem?.mismatch?.paths[0]?.parts.map(({ axes, arithmetic }) => `${axes} ${arithmetic}`)).toEqual([
    'depth 16 → ⌈16/2⌉ = 8',
    'height and width 32 → ⌈32/2⌉ = 16',
    'channels 4 → 8 filters',
  ]);
  expect(titlesOf(document)[0]).toBe('Project the shortcut: 1×1×1 conv, 8 filters, strides 2');
});

it('convolutions without padding and with strides are padded, and what is left is projected', () => {
  const conv = (strides: number): Sketch => ['conv2d', { filters: 16, kernelSize: [3, 3], strides: [strides, strides], padding: 'valid' }];
  const document = block([100, 100, 12], conv(2), conv(1), 'globalAveragePooling2d');
  expect(titlesOf(document)[0]).toBe('Padding same in a, b, then project the shortcut: 1×1 conv, 16 filters, strides 2');
});

describe('values with other numbers of axes', () => {
  const image: Sketch = ['input', { shape: [32, 32, 3] }];

  it('a row that is multiplied into an image becomes a gate, with a number for each channel', () => {
    const document = networkOf(
      {
        image,
        conv: ['conv2d', { filters: 16 }],
        mean: ['globalAveragePooling2d'],
        score: ['dense', { units: 8 }],
        open: ['sigmoid'],
        gate: ['multiply'],
        end: ['output'],
      },
      ['image → conv → gate:inputs.0', 'conv → mean → score → open → gate:inputs.1', 'gate → end'],
    );
    const [first] = firstRepairs(document);
    expect(first?.title).toBe('Make a gate of the main path: score with 16 units, then reshape to 1×1×16');
    const after = analyze(applyEdits(document, first?.edits ?? []));
    expect([after.problems, formatShape(after.nodes.get('gate')?.outputs['y']?.shape ?? [])]).toEqual([[], '30×30×16']);
  });

  it('where they are joined each keeps its length, and the table has whole shapes', () => {
    const document = networkOf({ image, flat: ['flatten'], conv: ['conv2d'], join: ['concatenate'], end: ['output'] }, [
      'image → flat → join:inputs.0',
      'image → conv → join:inputs.1',
      'join → end',
    ]);
    expect(titlesOf(document)[0]).toBe('Average the main path over height and width');
    const [problem] = analyze(document).problems;
    const text = problem ? formatProblem(problem) : '';
    expect(text).toContain('  shortcut  flat      3072');
    expect(text).toContain('flat: shape 32×32×3 → 3072');
    expect(text).toContain('On the main path it keeps its axes.');
  });

  it('an image before a recurrent layer is read row by row', () => {
    const document = networkOf({ image: ['input', { shape: [28, 28, 1] }], memory: ['lstm'], end: ['output'] }, ['image → memory → end']);
    expect(titlesOf(document)[0]).toBe('Reshape 28×28×1 to the sequence 28×28: each row is a step');
  });
});

describe('where channels stand first', () => {
  const first = (document: SkipDocument): SkipDocument => ({ ...document, dataFormat: 'channelsFirst' });

  it('an image becomes a row of as many tokens as it is high', () => {
    const document = networkOf({ image: ['input', { shape: [3, 32, 40] }], words: ['embedding'], end: ['output'] }, [
      'image → words → end',
    ]);
    expect(titlesOf(first(document))).toContain('image: a row of 32 tokens (int32)');
  });

  it('a kernel that is too large becomes as large as the smaller side', () => {
    const conv: Sketch = ['conv2d', { kernelSize: [7, 7], padding: 'valid' }];
    const document = networkOf({ image: ['input', { shape: [1, 6, 4] }], conv, end: ['output'] }, ['image → conv → end']);
    expect(titlesOf(first(document))[0]).toBe('conv: kernel 7 → 4');
  });

  it('convolutions over a volume get the filters that fit', () => {
    const conv = (filters: number): Sketch => ['conv3d', { filters, kernelSize: [3, 3, 3], padding: 'same' }];
    const document = networkOf({ image: ['input', { shape: [4, 8, 8, 8] }], a: conv(6), b: conv(8), add: ['add'], end: ['output'] }, [
      'image → a → add:inputs.0',
      'image → b → add:inputs.1',
      'add → end',
    ]);
    expect(titlesOf(first(document))).toEqual(expect.arrayContaining(['a: filters 6 → 8', 'b: filters 8 → 6']));
  });
});

it('a parameter that a layer does not know is left out', () => {
  const document = networkOf({ image: ['input', { shape: [8, 8, 4] }], up: ['pixelShuffle', { blockSize: 2 }], end: ['output'] }, [
    'image → up → end',
  ]);
  expect(analyze(document).problems[0]?.message).toBe('PixelShuffle "up": blockSize: PixelShuffle has no such parameter.');
  expect(titlesOf(document)[0]).toBe('up: leave blockSize out');
});
