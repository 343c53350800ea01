import type { OutputObjective, SkipDocument } from '../../document/document';
import { lossSettings } from '../../training/losses/index';
import { defaultTraining } from '../../document/document';
import { bn, conv, end, input, mended, relu, type ProblemCase } from './problemCase';

const image = input(16, 16, 8);
const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const deep = Object.fromEntries(
  eight.flatMap((name, index) => [
    [name, conv(8, index === 0 ? 2 : 1)],
    [`${name}r`, relu],
  ]),
);
const upTo = (more: object) => ['conv2dTranspose', { filters: 8, strides: [2, 2], padding: 'same', ...more }] as const;

/** Warnings of good practice: each the only problem of its network. */
export const practiceCases: readonly ProblemCase[] = [
  mended('practice/bias-before-norm', 'conv: bias on → off', { image, conv: conv(8, 1, { useBias: true }), bn, end }, [
    'image → conv → bn → end',
  ]),
  mended('practice/dropout-before-norm', 'Take drop out', { image, drop: ['dropout'], bn, end }, ['image → drop → bn → end']),
  mended('practice/two-linear-layers', 'Put a relu before b', { image, flat: ['flatten'], a: ['dense'], b: ['dense'], end }, [
    'image → flat → a → b → end',
  ]),
  mended(
    'practice/projection-not-pre-activated',
    'Take p from the pre-activated input (pre)',
    { image, pre: ['preActivation'], a: conv(16, 2), p: conv(16, 2, { kernelSize: [1, 1] }), add: ['add'], end },
    ['image → pre → a → add:inputs.0', 'image → p → add:inputs.1', 'add → end'],
  ),
  mended('practice/activation-after-add', 'Take relu out', { image, pre: ['preActivation'], a: conv(8), add: ['add'], relu, end }, [
    'image → pre → a → add:inputs.0',
    'image → add:inputs.1',
    'add → relu → end',
  ]),
  mended('practice/skipped-pixels', 'conv: strides 2 → 1', { image, conv: conv(8, 2, { kernelSize: [1, 1] }), end }, [
    'image → conv → end',
  ]),
  mended('practice/downsampled-early', 'conv: kernel 3 → 1', { image: input(1, 1, 8), conv: conv(8), end }, ['image → conv → end']),
  mended(
    'practice/other-padding',
    'b: padding same → consistent',
    { image, a: conv(8, 2), r: relu, b: conv(8, 2, { padding: 'same' }), end },
    ['image → a → r → b → end'],
  ),
  mended('practice/small-receptive-field', 'h: dilation 12', { image: input(64, 64, 8), ...deep, pool: ['globalAveragePooling2d'], end }, [
    ['image', ...eight.flatMap((name) => [name, `${name}r`]), 'pool', 'end'].join(' → '),
  ]),
  mended('practice/transposed-size', 'up: outputPadding none → 0', { image: input(29, 29, 8), conv: conv(8, 2), relu, up: upTo({}), end }, [
    'image → conv → relu → up → end',
  ]),
  mended(
    'practice/odd-size',
    'a: kernel 5 → 4',
    {
      image: input(29, 29, 8),
      r: relu,
      a: conv(8, 4, { kernelSize: [5, 5], padding: 'valid' }),
      p: ['maxPooling2d', { poolSize: [4, 4], strides: [4, 4] }],
      add: ['add'],
      end,
    },
    ['image → r → a → add:inputs.0', 'r → p → add:inputs.1', 'add → end'],
  ),
  mended('practice/channels-order', 'Put the channels of image last: 3×32×32 → 32×32×3', { image: input(3, 32, 32), a: conv(8), end }, [
    'image → a → end',
  ]),
];

/** One row that is classified, what its output ends in, and what is learned of it. */
function learning(
  code: string,
  mendedBy: string,
  ending: string | undefined,
  loss: Record<string, unknown>,
  more: Partial<SkipDocument> = {},
): ProblemCase {
  const objectives: OutputObjective[] = [{ output: 'end', loss: lossSettings.parse(loss), weight: 1, column: 'label' }];
  return mended(
    code,
    mendedBy,
    { row: input(8), scores: ['dense', { units: 12 }], ...(ending === undefined ? {} : { ending: [ending] as const }), end },
    [['row', 'scores', ...(ending === undefined ? [] : ['ending']), 'end'].join(' → ')],
    {
      training: { ...defaultTraining, objectives },
      ...more,
    },
  );
}

const sparse = 'sparseCategoricalCrossentropy';

/** What the network shall learn, and what it gives. */
export const trainingCases: readonly ProblemCase[] = [
  learning('training/softmax-twice', 'Take ending out', 'softmax', { kind: sparse, from: 'logits' }),
  learning('training/no-probabilities', 'Put a softmax before end', undefined, { kind: sparse, from: 'probabilities' }),
  learning('training/other-activation', 'Put a softmax in the place of ending', 'sigmoid', { kind: sparse }),
  learning('training/classes', 'scores: units 12 → 10', 'softmax', { kind: sparse }, { data: { dataset: 'digits', inputs: {} } }),
];
