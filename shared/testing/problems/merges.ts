import { conv, end, input, mended, relu, type ProblemCase } from './problemCase';

const MERGES = ['add', 'subtract', 'multiply', 'average', 'maximum', 'minimum', 'concatenate'] as const;

type Merge = (typeof MERGES)[number];

function ofMerge(merge: Merge): readonly ProblemCase[] {
  const image = input(16, 16, 8);
  const join = { merge: [merge] as const, end };
  const [first, second] = merge === 'subtract' ? ['merge:a', 'merge:b'] : ['merge:inputs.0', 'merge:inputs.1'];
  const wires = [`image → a → relu → b → ${first}`, `image → ${second}`, 'merge → end'];
  const isJoined = merge === 'concatenate';
  return [
    ...(isJoined
      ? []
      : [
          mended(`shape/${merge}-channels`, 'b: filters 12 → 8', { image, a: conv(8), relu, b: conv(12), ...join }, wires),
          mended(
            `shape/${merge}-broadcast`,
            merge === 'multiply' ? 'b: strides 16×1 → 1' : 'b: filters 1 → 8',
            { image, a: conv(8), relu, b: conv(1, 1, merge === 'multiply' ? { strides: [16, 1] } : {}), ...join },
            wires,
          ),
        ]),
    mended(`shape/${merge}-stride`, 'a: strides 2 → 1', { image, a: conv(8, 2), relu, b: conv(8), ...join }, wires),
    mended(
      `shape/${merge}-off-by-one`,
      'pool: padding valid → consistent',
      { image: input(15, 15, 8), a: conv(8, 2), relu, pool: ['maxPooling2d'], ...join },
      [`image → a → relu → ${first}`, `image → pool → ${second}`, 'merge → end'],
    ),
    // Rows that are joined end to end may be as long as they are; sequences may not.
    isJoined
      ? mended(
          `shape/${merge}-stride`,
          'a: strides 2 → 1',
          { row: input(16, 4), a: ['conv1d', { filters: 4, strides: 2, padding: 'same' }], ...join },
          [`row → a → ${first}`, `row → ${second}`, 'merge → end'],
        )
      : mended(
          `shape/${merge}-size`,
          merge === 'subtract' ? 'Project input b (16 of row): dense, 24 units' : 'Project the shortcut (16 of row): dense, 24 units',
          { row: input(16), a: ['dense', { units: 24 }], ...join },
          [`row → a → ${first}`, `row → ${second}`, 'merge → end'],
        ),
    mended(
      `shape/${merge}-rank`,
      merge === 'subtract' ? 'Flatten input b (4×4×8)' : 'Flatten the shortcut (4×4×8)',
      { image: input(4, 4, 8), flat: ['flatten'], a: ['dense', { units: 128 }], ...join },
      [`image → flat → a → ${first}`, `image → ${second}`, 'merge → end'],
    ),
    mended(
      `shape/${merge}-unproven`,
      'Give image fixed sizes: H×W×8 → 224×224×8',
      { image: input('H', 'W', 8), a: conv(8, 2), up: ['upSampling2d'], ...join },
      [`image → a → up → ${first}`, `image → ${second}`, 'merge → end'],
    ),
  ];
}

const shorterKeys = {
  rows: input('T', 8),
  pool: ['averagePooling1d', { poolSize: 2, strides: 2 }],
  up: ['conv1dTranspose', { filters: 8, kernelSize: 2, strides: 2 }],
} as const;
const qkv = ['rows → q → attend:query', 'rows → attend:key', 'rows → attend:value', 'attend → end'];
const attend = ['scaledDotProductAttention'] as const;
const dot = ['row → left → dot:a', 'row → right → dot:b', 'dot → end'];

/** Merges of all kinds whose inputs do not agree. */
export const mergeCases: readonly ProblemCase[] = [
  ...MERGES.flatMap(ofMerge),
  mended('shape/add-channels', 'b: filters 6 → 4', { image: input(8, 8, 4), a: conv(4), b: conv(6), add: ['add'], end }, [
    'image → a → add:inputs.0',
    'image → b → add:inputs.1',
    'image → add:inputs.2',
    'add → end',
  ]),
  mended(
    'shape/concatenate-stride',
    'up: size 4 → 2',
    { image: input(16, 16, 8), down: conv(8, 2), up: ['upSampling2d', { size: [4, 4] }], join: ['concatenate'], end },
    ['image → down → up → join:inputs.0', 'image → join:inputs.1', 'join → end'],
  ),
  mended(
    'shape/dot-size',
    'right: units 6 → 8',
    { row: input(16), left: ['dense', { units: 8 }], right: ['dense', { units: 6 }], dot: ['dot'], end },
    dot,
  ),
  mended('shape/dot-size', 'dot: axes -1, -1 → -1, 1', { rows: input(5, 8), left: ['dense', { units: 5 }], dot: ['dot'], end }, [
    'rows → left → dot:a',
    'rows → dot:b',
    'dot → end',
  ]),
  mended('shape/dot-unproven', 'Give rows fixed sizes: T×8 → 128×8', { ...shorterKeys, dot: ['dot', { axes: [1, 1] }], end }, [
    'rows → pool → up → dot:a',
    'rows → dot:b',
    'dot → end',
  ]),
  mended('shape/attention-channels', 'q: units 12 → 8', { rows: input(5, 8), q: ['dense', { units: 12 }], attend, end }, qkv),
  mended(
    'shape/attention-channels',
    'Project the key (5×8 of rows): dense, 12 units',
    { rows: input(5, 8), q: ['dense', { units: 12 }], attend, end },
    qkv,
  ),
  mended(
    'shape/attention-steps',
    'Take the value from pool too, as the key',
    { rows: input(6, 8), pool: ['averagePooling1d', { poolSize: 2, strides: 2 }], attend, end },
    ['rows → attend:query', 'rows → pool → attend:key', 'rows → attend:value', 'attend → end'],
  ),
  mended('shape/attention-unproven', 'Give rows fixed sizes: T×8 → 128×8', { ...shorterKeys, attend, end }, [
    'rows → attend:query',
    'rows → pool → up → attend:key',
    'rows → attend:value',
    'attend → end',
  ]),
];
