import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/infer/analyze';
import { findLayer } from '../../shared/layers/index';
import { compileNetwork } from '../../shared/program/compile';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Objective } from '../../shared/program/objective';
import { trainingPosition, type EpochRow, type TrainingPosition } from '../../shared/rpc/contract';
import { networkOf } from '../../shared/testing/networks';
import { lossSettings } from '../../shared/training/losses/index';
import { metrics, metricSettings } from '../../shared/training/metrics/index';
import { batchesInMemory } from './batches';
import type { Session, Tensors } from './backend';
import { engines } from './engines';
import type { Columns } from './feeding';
import { createReferenceBackend } from './testing/referenceBackend';
import { stripes } from './testing/stripes';
import { trainNetwork, type TrainingControl, type TrainingJob } from './training';

/** 22 samples in batches of 4: six steps an epoch. */
const source = () => batchesInMemory(stripes({ train: 22, validation: 6, test: 9 }));
const STEPS_PER_EPOCH = 6;

/** One output of each sort: classes, yes or no (of which class it is not), numbers (the image again). */
const document = networkOf(
  {
    image: ['input', { shape: [4, 4, 1] }],
    flat: ['flatten'],
    hidden: ['dense', { units: 8 }],
    tanh: ['tanh'],
    scores: ['dense', { units: 3 }],
    softmax: ['softmax'],
    kind: ['output'],
    answers: ['dense', { units: 3 }],
    sigmoid: ['sigmoid'],
    which: ['output'],
    pixels: ['dense', { units: 16 }],
    again: ['output'],
  },
  ['image → flat → hidden → tanh → scores → softmax → kind', 'tanh → answers → sigmoid → which', 'tanh → pixels → again'],
);
const objectives: readonly Objective[] = [
  { output: 'kind', loss: lossSettings.parse({ kind: 'sparseCategoricalCrossentropy' }), weight: 1 },
  { output: 'which', loss: lossSettings.parse({ kind: 'binaryCrossentropy' }), weight: 1 },
  { output: 'again', loss: lossSettings.parse({ kind: 'meanSquaredError' }), weight: 1 },
];
const columns: Columns = { inputs: {}, outputs: { again: 'image' } };
const all = metrics.map(({ kind }) => metricSettings.parse(kind === 'topKCategoricalAccuracy' ? { kind, k: 2 } : { kind }));

function network(): CompiledNetwork {
  const optimizer = { kind: 'sgd', momentum: 0.9, nesterov: false } as const;
  const result = compileNetwork(analyze(document), { findLayer, training: { optimizer, objectives, predictions: true } });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

interface Trained {
  readonly rows: readonly Omit<EpochRow, 'seconds'>[];
  readonly last: { readonly position: TrainingPosition; readonly weights: Tensors };
}

async function train(backend: TrainingJob['backend'], stopAt = Infinity, resume: TrainingJob['resume'] = null): Promise<Trained> {
  const control: TrainingControl = { state: 'running' };
  const stopping = (session: Session): Session => ({
    ...session,
    train(batch, settings) {
      if (settings.seed[1] === stopAt - 1) control.state = 'stopping';
      return session.train(batch, settings);
    },
  });
  const rows: EpochRow[] = [];
  let last: Trained['last'] | undefined;
  const optimizer = { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false } as const;
  await trainNetwork({
    network: network(),
    dataset: source(),
    metrics: all,
    columns,
    request: { dataset: 'stripes', epochs: 2, batchSize: 4, seed: 1, engine: null, optimizer },
    backend: { ...backend, load: async (compiled) => stopping(await backend.load(compiled)) },
    resume,
    control,
    events: {
      progress: ({ epochs }) => void rows.push(...epochs),
      checkpoint: (position, weights) => void (last = { position, weights }),
    },
  });
  if (!last) throw new Error('There is no checkpoint.');
  return { rows: rows.map(({ seconds: _, ...row }) => row), last };
}

const backends = [createReferenceBackend(), ...engines().flatMap(({ backend }) => (backend ? [backend] : []))];

describe.each(backends.map((backend) => [`${backend.name} ${backend.version}`, backend] as const))(
  'metrics of a resumed training on %s',
  (_, backend) => {
    it('are those of one that was never stopped, every one of them', async () => {
      const whole = await train(backend);
      const measured = Object.entries(whole.rows[1]?.metrics ?? {});
      for (const { kind } of metrics)
        expect(
          measured.some(([name]) => name.includes(`/${kind}`)),
          kind,
        ).toBe(true);
      for (const [name, { train: value }] of measured) expect(value, name).toEqual(expect.any(Number));
      for (const stopAt of [2, STEPS_PER_EPOCH + 3, 2 * STEPS_PER_EPOCH]) {
        const stopped = await train(backend, stopAt);
        expect(stopped.last.position.step).toBe(stopAt);
        // As it crosses the pipe to the host and back.
        const position = trainingPosition.parse(structuredClone(stopped.last.position));
        const resumed = await train(backend, Infinity, { weights: stopped.last.weights, position });
        expect([...stopped.rows, ...resumed.rows]).toEqual(whole.rows);
      }
    });
  },
);
