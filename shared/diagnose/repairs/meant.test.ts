import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../../document/document';
import { applyEdits } from '../../graph/applyEdits';
import { analyze } from '../../infer/analyze';
import { networkOf, type Sketch } from '../../testing/networks';
import { formatProblem } from '../format';
import { foundAround } from '../suspects';

/** What is told of the first problem, or the first of a code: its text, who is at fault, and what is offered. */
function told(document: SkipDocument, code?: string) {
  const analysis = analyze(document);
  const problem = analysis.problems.find((one) => code === undefined || one.code === code);
  if (!problem) throw new Error('nothing is wrong');
  const { repairs, suspects } = foundAround({ document, analysis, problem });
  const made = (title: string) => analyze(applyEdits(document, repairs.find((repair) => repair.title === title)?.edits ?? []));
  return { text: formatProblem(problem), titles: repairs.map(({ title }) => title), suspects: suspects.map(({ name }) => name), made };
}

const input = (...shape: number[]): Sketch => ['input', { shape }];
const tokens = (steps: number): Sketch => ['input', { shape: [steps], dtype: 'int32' }];
const conv = (filters: number, more = {}): Sketch => ['conv2d', { filters, kernelSize: [3, 3], padding: 'same', useBias: false, ...more }];
const words: Sketch = ['embedding', { inputDim: 50, outputDim: 12 }];
const end: Sketch = ['output'];

describe('a projection behind the convolutions', () => {
  const document = networkOf(
    {
      x: input(100, 3),
      a: ['conv1d', { filters: 64, kernelSize: 3, padding: 'causal' }],
      match: ['conv1d', { filters: 64, kernelSize: 1, padding: 'same' }],
      add: ['add'],
      end,
    },
    ['x → a → match → add:inputs.0', 'x → add:inputs.1', 'add → end'],
  );

  it('is moved to the shortcut, which it was meant for', () => {
    const { titles, made } = told(document);
    const title = 'Move match from the main path to the shortcut';
    expect(titles.slice(0, 3)).toContain(title);
    const { nodes, problems } = made(title);
    expect(problems).toEqual([]);
    // 3 × 64 weights and 64 biases, instead of 64 × 64.
    expect([...nodes.values()].find(({ name }) => name === 'match')?.parameters).toBe(3 * 64 + 64);
  });
});

describe('rows where sequences are read', () => {
  it('of what the network is given, each number is a step; of what it made, the whole is one', () => {
    const alone = (row: Readonly<Record<string, Sketch>>, wires: string) =>
      told(networkOf({ x: input(30), ...row, c: ['conv1d', { filters: 4, kernelSize: 5, padding: 'causal' }], end }, [wires])).titles[0];
    expect(alone({}, 'x → c → end')).toBe('Reshape 30 to the sequence 30×1: each number is a step');
    expect(alone({ d: ['dense', { units: 30 }] }, 'x → d → c → end')).toBe('Reshape 30 to the sequence 1×30: one step');
  });

  it('a decoder gets its row once for each step of the encoder, or all of the encoder’s steps', () => {
    const { titles, suspects, made } = told(
      networkOf({ x: input(10, 4), read: ['lstm', { units: 6 }], write: ['lstm', { units: 4, returnSequences: true }], end }, [
        'x → read → write → end',
      ]),
    );
    expect(titles.slice(0, 2)).toEqual([
      'Hand every step on, not only the last: returnSequences on in read',
      'Repeat the row 10 times before write, once for each step of read (repeatVector)',
    ]);
    expect(suspects[0]).toBe('read');
    expect(
      made(titles[1] ?? '')
        .nodes.get('end')
        ?.inputs['x']?.shape.slice(1),
    ).toEqual([10, 4]);
  });

  it('wires that go round below the layer are not followed for ever', () => {
    const { text, titles } = told(
      networkOf(
        {
          x: input(10, 4),
          read: ['lstm', { units: 6 }],
          write: ['lstm', { units: 4, returnSequences: true }],
          add: ['add'],
          relu: ['relu'],
          end,
        },
        ['x → read → write → add:inputs.0', 'add → relu → add:inputs.1', 'x → end'],
      ),
      'shape/sequence',
    );
    expect(text).toContain('expects sequences');
    expect(titles[0]).toBe('Hand every step on, not only the last: returnSequences on in read');
  });

  it('what was flattened is read row by row instead', () => {
    const { titles, suspects } = told(
      networkOf({ x: input(7, 7, 50), flat: ['flatten'], read: ['gru', { units: 6 }], end }, ['x → flat → read → end']),
    );
    expect(titles[0]).toBe('Instead of flattening (flat), reshape to the sequence 7×350: each row is a step');
    expect(suspects[0]).toBe('flat');
  });
});

describe('a row and a sequence that meet', () => {
  const between = (merge: string, row: number) =>
    told(
      networkOf({ table: input(row), text: tokens(8), words, merge: [merge], end }, [
        'table → merge:inputs.0',
        'text → words → merge:inputs.1',
        'merge → end',
      ]),
    );

  it('are put together in a way that can be added, with a dense layer where the numbers are not as many', () => {
    expect(between('add', 5).titles).toEqual([
      'Average path 2 over its steps, then dense 5',
      'Give path 1 to each of the 8 steps: dense 12, then repeatVector 8',
      'Flatten path 2 (8×12), then dense 5',
    ]);
    expect(between('concatenate', 5).titles).not.toContain('Join along the steps: reshape path 1 to one step, 1×5, and axis 1');
  });

  it('each is told from its own input on, and none of them is a shortcut', () => {
    const { text } = between('concatenate', 12);
    expect(text).toContain('Path 1 takes table (12). Path 2 comes from text (8): words (50 · 12) makes it 8×12.');
    expect(text).not.toContain('shortcut');
  });

  it('none of them is a shortcut either where each comes from several inputs', () => {
    const { text } = told(
      networkOf({ a: input(5), b: input(5), c: input(7), d: input(7), first: ['add'], second: ['add'], merge: ['add'], end }, [
        'a → first:inputs.0',
        'b → first:inputs.1',
        'c → second:inputs.0',
        'd → second:inputs.1',
        'first → merge:inputs.0',
        'second → merge:inputs.1',
        'merge → end',
      ]),
    );
    expect(text).toContain('Path 1 takes first (5). Path 2 takes second (7).');
    expect(text).not.toMatch(/shortcut|main path/);
  });

  it('the last step of a recurrent layer is taken, where it gave all', () => {
    const { titles } = told(
      networkOf(
        { table: input(5), text: tokens(8), words, read: ['lstm', { units: 6, returnSequences: true }], join: ['concatenate'], end },
        ['table → join:inputs.0', 'text → words → read → join:inputs.1', 'join → end'],
      ),
    );
    expect(titles[0]).toBe('Take the last step of read only: returnSequences off');
  });
});

describe('sizes that differ by a border', () => {
  it('a cut that is there already is made as large as it must be, along each side for itself', () => {
    const { titles } = told(
      networkOf(
        {
          x: input(32, 40, 4),
          a: conv(4, { padding: 'valid' }),
          relu: ['relu'],
          b: conv(4, { padding: 'valid', kernelSize: [5, 1] }),
          cut: ['cropping2d', { top: 1, bottom: 1, left: 1, right: 1 }],
          join: ['concatenate'],
          end,
        },
        ['x → a → relu → b → join:inputs.0', 'x → cut → join:inputs.1', 'join → end'],
      ),
    );
    expect(titles[0]).toBe('cut: cut off 6×2 instead of 2×2');
  });

  it('a residual block gets its padding before anything is cropped', () => {
    const { titles } = told(
      networkOf(
        { x: input(32, 32, 4), a: conv(4, { padding: 'valid' }), relu: ['relu'], b: conv(4, { padding: 'valid' }), add: ['add'], end },
        ['x → a → relu → b → add:inputs.0', 'x → add:inputs.1', 'add → end'],
      ),
    );
    expect(titles.slice(0, 2)).toEqual([
      'Keep the size on the main path: padding same in a, b',
      'Crop 4 rows and 4 columns off the shortcut',
    ]);
  });

  it('of input sizes that work alike, the round one is offered', () => {
    const up: Sketch = ['upSampling2d', { size: [2, 2] }];
    const { titles } = told(
      networkOf(
        { x: input(19, 19, 4), a: conv(4, { strides: [2, 2] }), b: conv(4, { strides: [2, 2] }), up, up2: up, join: ['concatenate'], end },
        ['x → a → b → up → up2 → join:inputs.0', 'x → join:inputs.1', 'join → end'],
      ),
    );
    expect(titles).toContain('Use an input that works: x 19×19×4 → 20×20×4');
    expect(titles).toContain('Use an input that works: x 19×19×4 → 16×16×4');
  });
});

describe('sizes that a reshape cannot give', () => {
  it('the square that as many numbers make is offered beside the units that the sizes need', () => {
    const { titles } = told(
      networkOf({ z: input(100), d: ['dense', { units: 6272 }], to: ['reshape', { targetShape: [8, 8, 128] }], c: conv(3), end }, [
        'z → d → to → c → end',
      ]),
    );
    expect(titles).toEqual(['to: target shape 8×8×128 → 7×7×128', 'to: target shape 8×8×128 → 8×8×98', 'd: units 6272 → 8192']);
  });
});

describe('channels at the other end', () => {
  const order = (shape: readonly number[], dataFormat: 'channelsFirst' | 'channelsLast') =>
    analyze(networkOf({ image: ['input', { shape: [...shape] }], c: conv(8), end }, ['image → c → end'], dataFormat)).problems.map(
      ({ code }) => code,
    );

  it('are told where an image has one or three rows and two other sides alike, in either order', () => {
    expect(order([3, 32, 32], 'channelsLast')).toEqual(['practice/channels-order']);
    expect(order([32, 32, 1], 'channelsFirst')).toEqual(['practice/channels-order']);
    expect(order([32, 32, 3], 'channelsLast')).toEqual([]);
    expect(order([3, 32, 32], 'channelsFirst')).toEqual([]);
    // A strip, a small map of features, and an image of another count of channels are what they are.
    expect(order([3, 64, 32], 'channelsLast')).toEqual([]);
    expect(order([3, 4, 4], 'channelsLast')).toEqual([]);
    expect(order([4, 32, 32], 'channelsLast')).toEqual([]);
  });
});

describe('a gate', () => {
  const gated = (dataFormat: 'channelsFirst' | 'channelsLast') =>
    networkOf(
      {
        image: input(...(dataFormat === 'channelsLast' ? [12, 12, 16] : [16, 12, 12])),
        mean: ['globalAveragePooling2d'],
        row: ['reshape', { targetShape: [1, 1, 16] }],
        narrow: ['dense', { units: 4 }],
        relu: ['relu'],
        wide: ['dense', { units: 16 }],
        sigmoid: ['sigmoid'],
        scale: ['multiply'],
        end,
      },
      ['image → mean → row → narrow → relu → wide → sigmoid → scale:inputs.1', 'image → scale:inputs.0', 'scale → end'],
      dataFormat,
    );

  it('may be dense on a row in the form of an image', () => {
    expect(analyze(gated('channelsLast')).problems).toEqual([]);
  });

  it('whose row stands along the wrong axis is turned where channels stand first', () => {
    const { text, titles, made } = told(gated('channelsFirst'));
    expect(text).toContain('row: shape 16 → 1×1×16');
    expect(titles[0]).toBe('Make a gate of the main path: reshape to 16×1×1');
    expect(made(titles[0] ?? '').problems).toEqual([]);
  });
});
