import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { digits } from '../../shared/data/digits';
import { analyze } from '../../shared/infer/analyze';
import { findLayer } from '../../shared/layers/index';
import { compileNetwork, type CompileOptions } from '../../shared/program/compile';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { EpochRow } from '../../shared/rpc/contract';
import { relativeDifference } from '../../shared/testing/closeTo';
import { networkOf } from '../../shared/testing/networks';
import { losses, lossSettings } from '../../shared/training/losses/index';
import { optimizers, optimizerSettings } from '../../shared/training/optimizers/index';
import { batchesInMemory } from './batches';
import type { Backend, Batch, Tensors } from './backend';
import { engines } from './engines';
import { createPace } from './pace';
import { createReferenceBackend } from './testing/referenceBackend';
import { freshWeights, trainNetwork } from './training';

const available = engines().flatMap(({ backend }) => (backend ? [backend] : []));
const STEPS = 10;

function compiled(
  training: NonNullable<CompileOptions['training']>,
  ending: 'softmax' | 'sigmoid' | 'identity' = 'softmax',
  more: { readonly conv?: object; readonly scores?: object } = {},
): CompiledNetwork {
  const tail = ending === 'identity' ? '' : `${ending} → `;
  const document = networkOf(
    {
      image: ['input', { shape: [3, 3, 2] }],
      conv: ['conv2d', { filters: 3, kernelSize: [2, 2], ...more.conv }],
      flat: ['flatten'],
      scores: ['dense', { units: 3, ...more.scores }],
      ...(ending === 'identity' ? {} : { [ending]: [ending] as [string] }),
      kind: ['output'],
    },
    [`image → conv → flat → scores → ${tail}kind`],
  );
  const result = compileNetwork(analyze(document), { findLayer, training });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function batchFor({ targets }: CompiledNetwork, step: number): Batch {
  const wave = (count: number, phase: number) => Float32Array.from({ length: count }, (_, index) => Math.sin(7 * index + 3 * step + phase));
  const [target] = targets;
  const labels = Int32Array.from({ length: 4 }, (_, row) => (row + step) % 3);
  const oneHot = Float32Array.from({ length: 12 }, (_, at) => (labels[Math.floor(at / 3)] === at % 3 ? 1 : 0));
  const given =
    target?.form === 'classes'
      ? ({ dtype: 'int32', shape: [4], data: labels } as const)
      : ({ dtype: 'float32', shape: [4, 3], data: oneHot } as const);
  return { inputs: { image: { dtype: 'float32', shape: [4, 3, 3, 2], data: wave(72, 0) } }, targets: { kind: given } };
}

/** The weights and slots after ten steps from the same start. */
async function trained(
  backend: Backend,
  network: CompiledNetwork,
  optimizer: Parameters<typeof optimizerSettings.parse>[0],
): Promise<Tensors> {
  const session = await backend.load(network);
  try {
    await session.initialize(freshWeights(network, 3));
    const request = { dataset: 'd', epochs: 1, batchSize: 4, seed: 3, engine: null, optimizer: optimizerSettings.parse(optimizer) };
    const pace = createPace(request, STEPS);
    for (let step = 0; step < STEPS; step += 1) await session.train(batchFor(network, step), pace.settings(step));
    return await session.read();
  } finally {
    session.dispose();
  }
}

function largestDifference(received: Tensors, expected: Tensors): number {
  expect(Object.keys(received).toSorted()).toEqual(Object.keys(expected).toSorted());
  return Math.max(...Object.entries(expected).map(([name, { data }]) => relativeDifference(received[name]?.data ?? [], data)));
}

const cases: readonly (readonly [string, Record<string, unknown>])[] = [
  ...optimizers.map(({ title, usual }) => [title, { ...usual, learningRate: 0.01 }] as const),
  ['RMSprop, centered', { kind: 'rmsprop', learningRate: 0.01, centered: true, momentum: 0.5 }],
  [
    'Adam with everything',
    { kind: 'adamW', learningRate: 0.01, weightDecay: 0.1, clipValue: 0.2, clipNorm: 0.4, globalClipNorm: 0.5, emaMomentum: 0.9 },
  ],
  ['gradients of three batches', { kind: 'sgd', learningRate: 0.1, momentum: 0.9, gradientAccumulationSteps: 3, weightDecay: 0.01 }],
];

/** Rounded to seven digits ten times over, and divided by roots of small numbers: Adagrad's relatives lose two of them. */
const BAR = 2e-4;

const bounded = { kind: 'minMaxNorm', minValue: 0.5, maxValue: 0.8, rate: 0.3, axis: [0, 1, 2] };
const constraints = {
  conv: { kernelConstraint: bounded, biasConstraint: { kind: 'nonNeg' } },
  scores: { kernelConstraint: { kind: 'maxNorm', maxValue: 0.9 }, biasConstraint: { kind: 'unitNorm' } },
};

describe.each(available.map((backend) => [`${backend.name} ${backend.version}`, backend] as const))('learning on %s', (_, backend) => {
  it.each(['sgd', 'adam', 'lion'])('%s keeps weights to their constraints as plain loops in float64 do', async (kind) => {
    const optimizer = { kind, learningRate: 0.1, weightDecay: 0.01 };
    const network = compiled({ optimizer: optimizerSettings.parse(optimizer), objectives: [] }, 'softmax', constraints);
    const expected = await trained(createReferenceBackend(), network, optimizer);
    const received = await trained(backend, network, optimizer);
    expect(largestDifference(received, expected)).toBeLessThan(BAR);
    expect(Math.min(...(received['conv/bias']?.data ?? []))).toBeGreaterThanOrEqual(0);
  });

  it('constrains after each batch of a step, and after its averages, as plain loops in float64 do', async () => {
    const optimizer = { kind: 'adam', learningRate: 0.1, gradientAccumulationSteps: 3, emaMomentum: 0.8 };
    const network = compiled({ optimizer: optimizerSettings.parse(optimizer), objectives: [] }, 'softmax', constraints);
    const expected = await trained(createReferenceBackend(), network, optimizer);
    const received = await trained(backend, network, optimizer);
    expect(Object.keys(received)).toContain('optimizer:average/conv/bias');
    expect(largestDifference(received, expected)).toBeLessThan(BAR);
    expect(Math.min(...(received['conv/bias']?.data ?? []))).toBeGreaterThanOrEqual(0);
  });

  it.each(cases)('%s takes ten steps as plain loops in float64 do', async (__, optimizer) => {
    const network = compiled({ optimizer: optimizerSettings.parse(optimizer), objectives: [] });
    const expected = await trained(createReferenceBackend(), network, optimizer);
    expect(largestDifference(await trained(backend, network, optimizer), expected)).toBeLessThan(BAR);
  });

  it.each(losses.map(({ kind }) => [kind] as const))('%s is learned as plain loops in float64 learn it', async (kind) => {
    const loss = lossSettings.parse({ kind });
    const optimizer = { kind: 'sgd', learningRate: 0.05, momentum: 0.9 };
    const ending = /categoricalCross|Focal/i.test(kind) ? 'softmax' : /binary|dice/.test(kind) ? 'sigmoid' : 'identity';
    const objectives = [{ output: 'kind', loss, weight: 1 }];
    const network = compiled({ optimizer: optimizerSettings.parse(optimizer), objectives, predictions: true }, ending);
    const expected = await trained(createReferenceBackend(), network, optimizer);
    expect(largestDifference(await trained(backend, network, optimizer), expected)).toBeLessThan(BAR);
  });
});

describe.each(available.map((backend) => [`${backend.name} ${backend.version}`, backend] as const))('two heads on %s', (_, backend) => {
  const assets = fileURLToPath(new URL('../../assets', import.meta.url));
  const document = networkOf(
    {
      image: ['input', { shape: [8, 8, 1] }],
      flat: ['flatten'],
      dense: ['dense', { units: 32 }],
      relu: ['relu'],
      drop: ['dropout', { rate: 0.1 }],
      scores: ['dense', { units: 10 }],
      digit: ['output'],
      pixels: ['dense', { units: 64 }],
      sigmoid: ['sigmoid'],
      picture: ['output'],
    },
    ['image → flat → dense → relu → drop → scores → digit', 'drop → pixels → sigmoid → picture'],
  );

  it('learn the digit and its picture together, and the same again under the same seed', async () => {
    const optimizer = optimizerSettings.parse({ kind: 'adam', learningRate: 0.005 });
    const objectives = [
      { output: 'digit', loss: lossSettings.parse({ kind: 'sparseCategoricalCrossentropy' }), weight: 1, column: 'label' },
      { output: 'picture', loss: lossSettings.parse({ kind: 'binaryCrossentropy' }), weight: 0.5, column: 'image' },
    ];
    const compilation = compileNetwork(analyze(document), { findLayer, training: { optimizer, objectives, predictions: true } });
    if (!compilation.ok) throw new Error(compilation.error.message);
    const dataset = digits.parse(new Uint8Array(readFileSync(`${assets}/data/digits/digits.bin`)));
    const train = async () => {
      const rows: EpochRow[] = [];
      let weights: Tensors = {};
      const outcome = await trainNetwork({
        network: compilation.value,
        dataset: batchesInMemory(dataset),
        request: { dataset: 'digits', epochs: 4, batchSize: 64, seed: 5, engine: null, optimizer },
        metrics: [{ kind: 'accuracy' }, { kind: 'f1Score' }, { kind: 'meanAbsoluteError' }],
        columns: { inputs: {}, outputs: { digit: 'label', picture: 'image' } },
        backend,
        resume: null,
        control: { state: 'running' },
        events: { progress: ({ epochs }) => void rows.push(...epochs), checkpoint: (__, read) => void (weights = read) },
      });
      return { outcome, rows, weights };
    };
    const first = await train();
    expect(first.outcome.testAccuracy).toBeGreaterThan(0.8);
    const [start, end] = [first.rows[0]?.metrics, first.rows.at(-1)?.metrics];
    const names = ['accuracy', 'f1Score', 'loss'];
    expect(Object.keys(end ?? {}).toSorted()).toEqual(['digit', 'picture'].flatMap((head) => names.map((name) => `${head}/${name}`)));
    for (const head of ['digit/loss', 'picture/loss']) expect(end?.[head]?.validation).toBeLessThan(start?.[head]?.validation ?? 0);
    const { trainLoss } = first.rows.at(-1) as EpochRow;
    expect(trainLoss).toBeCloseTo((end?.['digit/loss']?.train ?? 0) + 0.5 * (end?.['picture/loss']?.train ?? 0), 5);
    expect((await train()).weights).toEqual(first.weights);
  });
});
