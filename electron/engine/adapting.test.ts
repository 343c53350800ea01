import { afterEach, describe, expect, it } from 'vitest';
import { analyze } from '../../shared/infer/analyze';
import { findLayer } from '../../shared/layers/index';
import { compileNetwork } from '../../shared/program/compile';
import type { CompiledNetwork } from '../../shared/program/compiled';
import { networkOf } from '../../shared/testing/networks';
import { batchesInMemory } from './batches';
import { adapt } from './adapting';
import type { Batch, Session } from './backend';
import { createOnnxruntimeBackend } from './onnxruntime/backend';
import { stripes } from './testing/stripes';
import { freshWeights, trainNetwork } from './training';

const open: Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

/** Two channels far from 0 and of unlike spread, in three batches of unlike size. */
const SAMPLES = [
  [1000, -3, 1002, -1, 1001, 5],
  [1004, 2, 998, 0, 1000, -7],
  [1003, 4, 1001, 1, 997, -2],
  [1005, 3, 999, 6, 1002, 8],
  [996, -4, 1006, 2, 1000, -1],
] as const;
const CUTS = [0, 2, 3, 5];

async function* batches(isFirst: boolean): AsyncGenerator<Batch> {
  await Promise.resolve();
  yield* batchList(isFirst);
}

function batchList(isFirst: boolean): readonly Batch[] {
  return CUTS.slice(1).map((end, index) => {
    const rows = SAMPLES.slice(CUTS[index], end);
    // Three steps of two channels, or the same with the channels first.
    const values = rows.flatMap((row) => (isFirst ? [row[0], row[2], row[4], row[1], row[3], row[5]] : row));
    const shape = isFirst ? [rows.length, 2, 1, 3] : [rows.length, 1, 3, 2];
    return { inputs: { image: { dtype: 'float32', shape, data: Float32Array.from(values) } }, targets: {} };
  });
}

function network(isFirst: boolean): CompiledNetwork {
  const document = networkOf(
    {
      image: ['input', { shape: isFirst ? [2, 1, 3] : [1, 3, 2] }],
      outer: ['normalization'],
      scaled: ['rescaling', { scale: 3, offset: 2 }],
      inner: ['normalization'],
      out: ['output'],
    },
    ['image → outer → scaled → inner → out'],
    isFirst ? 'channelsFirst' : 'channelsLast',
  );
  const result = compileNetwork(analyze(document), { findLayer });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

describe('adapting to the data', () => {
  it.each([false, true])('gives each layer the mean and variance of what it reads, channels first: %s', async (isFirst) => {
    const compiled = network(isFirst);
    const session = await createOnnxruntimeBackend().load(compiled);
    open.push(session);
    await session.initialize(freshWeights(compiled, 1));
    await adapt(
      session,
      compiled.adaptations,
      () => batches(isFirst),
      () => Promise.resolve(true),
    );
    const weights = await session.read();
    [0, 1].forEach((channel) => {
      const { mean, variance } = momentsOf(SAMPLES.flatMap((row) => row.filter((_, index) => index % 2 === channel)));
      expect(weights['outer/mean']?.data[channel]).toBeCloseTo(mean, 3);
      expect(weights['outer/variance']?.data[channel]).toBeCloseTo(variance, 3);
      // It reads 3 · standardised + 2.
      expect(weights['inner/mean']?.data[channel]).toBeCloseTo(2, 3);
      expect(weights['inner/variance']?.data[channel]).toBeCloseTo(9, 2);
    });
  });

  it('leaves all as it was where it is told to stop', async () => {
    const compiled = network(false);
    const session = await createOnnxruntimeBackend().load(compiled);
    open.push(session);
    await session.initialize(freshWeights(compiled, 1));
    await adapt(
      session,
      compiled.adaptations,
      () => batches(false),
      () => Promise.resolve(false),
    );
    expect([...((await session.read())['outer/mean']?.data ?? [])]).toEqual([0, 0]);
  });
});

it('a training adapts before its first step', async () => {
  const document = networkOf(
    {
      image: ['input', { shape: [4, 4, 1] }],
      norm: ['normalization'],
      flat: ['flatten'],
      scores: ['dense', { units: 3 }],
      kind: ['output'],
    },
    ['image → norm → flat → scores → kind'],
  );
  const optimizer = { kind: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false } as const;
  const compiled = compileNetwork(analyze(document), { findLayer, training: { optimizer, objectives: [] } });
  if (!compiled.ok) throw new Error(compiled.error.message);
  const dataset = stripes({ train: 70, validation: 6, test: 6 });
  const means: number[] = [];
  const outcome = await trainNetwork({
    network: compiled.value,
    dataset: batchesInMemory(dataset),
    request: { dataset: 'stripes', epochs: 1, batchSize: 16, seed: 1, engine: null, optimizer },
    backend: createOnnxruntimeBackend(),
    resume: null,
    control: { state: 'running' },
    events: { progress: () => undefined, checkpoint: (_position, weights) => void means.push(weights['norm/mean']?.data[0] as number) },
  });
  expect(outcome.status).toBe('finished');
  expect(means[0]).toBeCloseTo(momentsOf([...dataset.splits.train.pixels]).mean, 5);
});
