import { analyze } from '../infer/analyze';
import { findLayer } from '../layers/index';
import { compileNetwork } from '../program/compile';
import type { CompiledNetwork } from '../program/compiled';
import { randomOf } from '../program/random';
import { optimizerSettings } from '../training/optimizers/index';
import type { SkipDocument } from '../document/document';
import type { TensorData, Weights } from '../weights/weights';
import { networkOf } from './networks';

const STEPS = 7;
const TOKENS = 12;
const CHANNELS = 4;
/** Of the weights and of the batch. */
export const MASK_SEED = 11;
export const MASK_BATCH = 6;
export const maskOptimizer = optimizerSettings.parse({ kind: 'adam', learningRate: 0.01 });

const tokens = ['input', { shape: [STEPS], dtype: 'int32' }] as const;
const rows = ['input', { shape: [STEPS, CHANNELS] }] as const;
const words = ['embedding', { inputDim: TOKENS, outputDim: 6, maskZero: true }] as const;
const scores = ['dense', { units: 3 }] as const;
const [softmax, out] = [['softmax'], ['output']] as const;

/** Networks in which masks are made and used, by name: held against Keras by `interop/masks`. */
export const maskedNetworks: Readonly<Record<string, SkipDocument>> = {
  'LSTM classifier': networkOf({ tokens, words, reader: ['lstm', { units: 5 }], scores, softmax, out }, [
    'tokens → words → reader → scores → softmax → out',
  ]),
  'GRU over an LSTM that reads backwards': networkOf(
    {
      tokens,
      words,
      back: ['lstm', { units: 5, goBackwards: true, returnSequences: true }],
      reader: ['gru', { units: 5 }],
      scores,
      softmax,
      out,
    },
    ['tokens → words → back → reader → scores → softmax → out'],
  ),
  'GRU that resets before, over simple RNN': networkOf(
    {
      rows,
      masking: ['masking'],
      first: ['simpleRnn', { units: 5, returnSequences: true }],
      reader: ['gru', { units: 5, resetAfter: false }],
      scores,
      softmax,
      out,
    },
    ['rows → masking → first → reader → scores → softmax → out'],
  ),
  'a class for each step, from both directions': networkOf(
    {
      tokens,
      words,
      reader: ['bidirectional', { units: 4, returnSequences: true }],
      drop: ['dropout', { rate: 0 }],
      scores,
      softmax,
      out,
    },
    ['tokens → words → reader → drop → scores → softmax → out'],
  ),
  'mean of a sum': networkOf(
    {
      rows,
      masking: ['masking', { maskValue: -1 }],
      wide: ['dense', { units: CHANNELS }],
      add: ['add'],
      norm: ['layerNormalization'],
      act: ['relu'],
      mean: ['globalAveragePooling1d'],
      scores,
      softmax,
      out,
    },
    ['rows → masking → wide → add:inputs.0', 'masking → add:inputs.1', 'add → norm → act → mean → scores → softmax → out'],
  ),
  'causal attention': networkOf(
    {
      tokens,
      words,
      look: ['multiHeadAttention', { numHeads: 2, keyDim: 3, causal: true }],
      add: ['add'],
      norm: ['layerNormalization'],
      mean: ['globalAveragePooling1d'],
      scores,
      softmax,
      out,
    },
    [
      'tokens → words → look:query',
      'words → look:value',
      'look → add:inputs.0',
      'words → add:inputs.1',
      'add → norm → mean → scores → softmax → out',
    ],
  ),
  'scaled attention at pre-activated steps': networkOf(
    {
      tokens,
      rows,
      words,
      pre: ['preActivation'],
      keys: ['dense', { units: CHANNELS }],
      asked: ['dense', { units: CHANNELS }],
      look: ['scaledDotProductAttention'],
      mean: ['globalAveragePooling1d'],
      scores,
      softmax,
      out,
    },
    ['tokens → words → pre → keys → look:key', 'pre → look:value', 'rows → asked → look:query', 'look → mean → scores → softmax → out'],
  ),
  'concatenated readers with a batch norm': networkOf(
    {
      tokens,
      words,
      a: ['lstm', { units: 3, returnSequences: true }],
      b: ['bidirectional', { layer: 'gru', units: 2, mergeMode: 'ave', returnSequences: true }],
      join: ['concatenate'],
      norm: ['batchNormalization'],
      last: ['bidirectional', { layer: 'simpleRnn', units: 4 }],
      scores,
      softmax,
      out,
    },
    ['tokens → words → a → join:inputs.0', 'words → b → join:inputs.1', 'join → norm → last → scores → softmax → out'],
  ),
};

/** The network compiled for training and for looking at its gradients. Throws where it cannot be. */
export function compiledMasked(document: SkipDocument): CompiledNetwork {
  const compiled = compileNetwork(analyze(document), {
    findLayer,
    training: { optimizer: maskOptimizer, objectives: [], predictions: true },
    looking: true,
  });
  if (!compiled.ok) throw new Error(compiled.error.message);
  return compiled.value;
}

/** Sequences of which each second one is masked in its middle, each third at its end, one at its beginning, and labels. */
export function maskedBatch({ inputs, targets }: CompiledNetwork): { readonly inputs: Weights; readonly targets: Weights } {
  const random = randomOf(MASK_SEED, 'batch');
  const given = inputs.map(({ name, type }): [string, TensorData] => {
    const shape = [MASK_BATCH, ...(type.shape.slice(1) as number[])];
    if (type.dtype === 'int32') {
      const data = Int32Array.from({ length: MASK_BATCH * STEPS }, (_, index) => (isOut(index) ? 0 : 1 + random.below(TOKENS - 1)));
      return [name, { dtype: 'int32', shape, data }];
    }
    // Steps of all zeros and of all −1: what `masking` leaves out is one of them, by its parameter.
    const data = Float32Array.from({ length: MASK_BATCH * STEPS * CHANNELS }, (_, index) => {
      const step = Math.floor(index / CHANNELS);
      return isOut(step) ? (step % 2 === 0 ? 0 : -1) : random.normal();
    });
    return [name, { dtype: 'float32', shape, data }];
  });
  const wanted = targets.map(({ name, type, classes }): [string, TensorData] => {
    const shape = [MASK_BATCH, ...(type.shape.slice(1) as number[])];
    const count = shape.reduce((product, size) => product * size, 1);
    return [name, { dtype: 'int32', shape, data: Int32Array.from({ length: count }, () => random.below(classes)) }];
  });
  return { inputs: Object.fromEntries(given), targets: Object.fromEntries(wanted) };
}

/** Whether a step, counted over all samples, is one that only fills up. */
function isOut(index: number): boolean {
  const [sample, step] = [Math.floor(index / STEPS), index % STEPS];
  return (sample % 2 === 0 && (step === 2 || step === 3)) || (sample % 3 === 0 && step >= 5) || (sample === 1 && step === 0);
}

/** One number that says of a gradient what it is: its product with numbers that are no pattern. */
export function fingerprint(data: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < data.length; index += 1) sum += (data[index] as number) * Math.cos(1 + 3 * index);
  return sum;
}
