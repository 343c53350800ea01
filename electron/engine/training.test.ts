import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../shared/data/dataset';
import type { EpochRow, StepPoint, TrainingPosition, TrainingRequest } from '../../shared/rpc/contract';
import { batchesInMemory } from './batches';
import type { Backend, Session, Tensors } from './backend';
import { engines } from './engines';
import { createReferenceBackend } from './testing/referenceBackend';
import { stripes, stripesNetwork } from './testing/stripes';
import { trainNetwork, type TrainingControl, type TrainingJob, type TrainingOutcome } from './training';

const network = stripesNetwork();
/** 22 samples in batches of 8: two whole ones and one of 6. */
const dataset = stripes({ train: 22, validation: 6, test: 9 });
const STEPS_PER_EPOCH = 3;

function request(change: Partial<TrainingRequest> = {}): TrainingRequest {
  const optimizer = { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false } as const;
  return { dataset: 'stripes', epochs: 3, batchSize: 8, seed: 1, engine: null, optimizer, ...change };
}

interface Checkpoint {
  readonly position: TrainingPosition;
  readonly weights: Tensors;
}

interface Trained {
  readonly outcome: TrainingOutcome;
  readonly points: readonly StepPoint[];
  readonly rows: readonly EpochRow[];
  readonly statuses: readonly string[];
  readonly checkpoints: readonly Checkpoint[];
}

interface Case {
  readonly backend: Backend;
  readonly settings?: TrainingRequest;
  readonly data?: Dataset;
  readonly resume?: TrainingJob['resume'];
  /** Called before each step that is about to be taken. */
  onStep?(step: number, control: TrainingControl): void;
  onStatus?(status: string, control: TrainingControl): void;
}

async function train({ backend, settings = request(), data = dataset, resume = null, onStep, onStatus }: Case): Promise<Trained> {
  const control: TrainingControl = { state: 'running' };
  const points: StepPoint[] = [];
  const rows: EpochRow[] = [];
  const statuses: string[] = [];
  const checkpoints: Checkpoint[] = [];
  const watched: Backend = { ...backend, load: async (net) => watching(await backend.load(net), (step) => onStep?.(step, control)) };
  const outcome = await trainNetwork({
    network,
    dataset: batchesInMemory(data),
    request: settings,
    backend: watched,
    resume,
    control,
    events: {
      progress(report) {
        points.push(...report.points);
        rows.push(...report.epochs);
        statuses.push(report.status);
        onStatus?.(report.status, control);
      },
      checkpoint: (position, weights) => void checkpoints.push({ position, weights }),
    },
  });
  return { outcome, points, rows, statuses, checkpoints };
}

/** A session that tells the number of each step before it is taken. */
function watching(session: Session, tell: (step: number) => void): Session {
  return {
    ...session,
    train(batch, settings) {
      tell(settings.seed[1]);
      return session.train(batch, settings);
    },
  };
}

function lastOf(trained: Trained): Checkpoint {
  return trained.checkpoints.at(-1) as Checkpoint;
}

/** Rows without the time they took. */
function metrics({ rows }: Trained) {
  return rows.map(({ seconds: _, ...row }) => row);
}

const backends = [createReferenceBackend(), ...engines().flatMap(({ backend }) => (backend ? [backend] : []))];

describe.each(backends.map((backend) => [`${backend.name} ${backend.version}`, backend] as const))('training on %s', (_, backend) => {
  it('takes every batch of every epoch, the last and smaller one too, and learns', async () => {
    const trained = await train({ backend, settings: request({ epochs: 12 }) });
    expect(trained.outcome).toMatchObject({ status: 'finished', message: null, testAccuracy: 1 });
    expect(trained.rows.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (__, index) => index + 1));
    expect(trained.checkpoints.map(({ position: { epoch, step } }) => [epoch, step])).toEqual(
      Array.from({ length: 12 }, (__, index) => [index + 1, (index + 1) * STEPS_PER_EPOCH]),
    );
    expect(trained.points.at(-1)).toMatchObject({ step: 36, epoch: 12 });
    const [first, last] = [trained.rows[0], trained.rows.at(-1)];
    expect(last?.trainLoss).toBeLessThan((first?.trainLoss ?? 0) / 4);
    expect(trained.statuses[0]).toBe('preparing');
  });

  it('gives the same curve and the same weights, bit by bit, under the same seed', async () => {
    const first = await train({ backend });
    const second = await train({ backend });
    expect(metrics(second)).toEqual(metrics(first));
    expect(lastOf(second)).toEqual(lastOf(first));
    const other = await train({ backend, settings: request({ seed: 2 }) });
    expect(lastOf(other).weights).not.toEqual(lastOf(first).weights);
  });

  it.each([
    ['before the validation of an epoch', STEPS_PER_EPOCH],
    ['in the middle of an epoch', STEPS_PER_EPOCH + 2],
  ])('goes on from a stop %s as if there had been none', async (__, stopAt) => {
    const whole = await train({ backend });
    const stopped = await train({
      backend,
      onStep(step, control) {
        // It is heard after this step.
        if (step === stopAt - 1) control.state = 'stopping';
      },
    });
    expect(stopped.outcome).toEqual({ status: 'stopped', message: `Stopped after ${stopAt} steps.`, testAccuracy: null, test: null });
    expect(lastOf(stopped).position).toMatchObject({ epoch: Math.floor((stopAt - 1) / STEPS_PER_EPOCH), step: stopAt });
    const resumed = await train({ backend, resume: lastOf(stopped) });
    expect(resumed.outcome).toEqual(whole.outcome);
    expect([...metrics(stopped), ...metrics(resumed)]).toEqual(metrics(whole));
    expect(lastOf(resumed)).toEqual(lastOf(whole));
  });

  it('takes no step while it is paused, and then goes on with the same numbers', async () => {
    const whole = await train({ backend });
    let steps = 0;
    let atPause: number | undefined;
    const paused = await train({
      backend,
      onStep(step, control) {
        steps = step;
        if (step === 2) control.state = 'paused';
      },
      onStatus(status, control) {
        if (status !== 'paused') return;
        setTimeout(() => {
          atPause = steps;
          control.state = 'running';
        }, 50);
      },
    });
    expect(atPause).toBe(2);
    expect(paused.statuses).toContain('paused');
    expect(lastOf(paused)).toEqual(lastOf(whole));
  });

  it('can be stopped while it is paused', async () => {
    const { outcome } = await train({
      backend,
      onStep(step, control) {
        if (step !== 1) return;
        control.state = 'paused';
        setTimeout(() => (control.state = 'stopping'), 30);
      },
    });
    expect(outcome).toMatchObject({ status: 'stopped', message: 'Stopped after 2 steps.' });
  });

  it('ends at the first loss that is not a number, names the step and keeps what was good', async () => {
    const diverging = await train({
      backend,
      settings: request({ epochs: 2, optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false } }),
      data: withBrokenImage(),
      onStep: () => undefined,
    });
    expect(diverging.outcome.status).toBe('failed');
    expect(diverging.outcome.message).toMatch(
      /^The loss is not a number at step [123] \(epoch 1\): the data for "image" holds a number that is not finite\. Mend the data\.$/,
    );
    expect(diverging.checkpoints).toEqual([]);
    expect(diverging.points.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  });
});

/** One image of the training part is no image. */
function withBrokenImage(): Dataset {
  const { info, splits } = dataset;
  const pixels = splits.train.pixels.slice();
  pixels.fill(NaN, 0, 16);
  return { info, splits: { ...splits, train: { ...splits.train, pixels } } };
}

describe('training', () => {
  const backend = createReferenceBackend();

  it('tells which epoch’s weights are kept when a later epoch breaks', async () => {
    const poisoned = stripes({ train: 22, validation: 6, test: 9 });
    const { outcome } = await train({
      backend,
      data: poisoned,
      onStep(step) {
        if (step === STEPS_PER_EPOCH) poisoned.splits.train.pixels.fill(NaN);
      },
    });
    // The batch of that step was made before; the next one is broken.
    expect(outcome.message).toBe(
      'The loss is not a number at step 5 (epoch 2): the data for "image" holds a number that is not finite. ' + 'Mend the data.',
    );
  });

  it('has no number for a validation loss that is none', async () => {
    const data = stripes({ train: 22, validation: 6, test: 9 });
    data.splits.validation.pixels[0] = Infinity;
    const { rows } = await train({ backend, data, settings: request({ epochs: 1 }) });
    expect(rows[0]).toMatchObject({ validationLoss: null });
  });

  /** A backend that does something to the controls at each batch that it evaluates, and the sizes of those batches. */
  function evaluating(act: (control: TrainingControl) => void) {
    const controls: TrainingControl[] = [];
    const evaluated: number[] = [];
    const acting: Backend = {
      ...backend,
      async load(net) {
        const session = await backend.load(net);
        return {
          ...session,
          evaluate(batch) {
            evaluated.push(batch.targets['kind']?.data.length ?? 0);
            for (const control of controls) act(control);
            return session.evaluate(batch);
          },
        };
      },
    };
    return { controls, backend: acting, evaluated };
  }

  it('ends an evaluation when it is told to stop', async () => {
    const { controls, backend: stopping, evaluated } = evaluating((control) => (control.state = 'stopping'));
    const { outcome, rows, checkpoints } = await train({
      backend: stopping,
      data: stripes({ train: 8, validation: 600, test: 9 }),
      onStep: (_, control) => void controls.push(control),
    });
    expect(evaluated).toEqual([256]);
    expect(outcome.status).toBe('stopped');
    expect(rows).toEqual([]);
    expect(checkpoints.map(({ position: { epoch, step } }) => [epoch, step])).toEqual([[0, 1]]);
  });

  it('is paused in the middle of an evaluation, too', async () => {
    const { controls, backend: pausing, evaluated } = evaluating((control) => (control.state = 'paused'));
    let atPause: number | undefined;
    const { outcome } = await train({
      backend: pausing,
      settings: request({ epochs: 1 }),
      data: stripes({ train: 8, validation: 600, test: 9 }),
      onStep: (_, control) => void controls.push(control),
      onStatus(status, control) {
        if (status !== 'paused') return;
        atPause ??= evaluated.length;
        control.state = 'running';
      },
    });
    expect(atPause).toBe(1);
    expect(evaluated).toEqual([256, 256, 88, 9]);
    expect(outcome.status).toBe('finished');
  });

  it('takes no step before a checkpoint has left: a native step would keep it from leaving', async () => {
    let steps = 0;
    const kept: number[] = [];
    const counting: Backend = { ...backend, load: async (net) => watching(await backend.load(net), () => (steps += 1)) };
    await trainNetwork({
      network,
      dataset: batchesInMemory(dataset),
      request: request({ epochs: 2 }),
      backend: counting,
      resume: null,
      control: { state: 'running' },
      events: {
        progress: () => undefined,
        async checkpoint() {
          await new Promise((resolve) => setTimeout(resolve, 20));
          kept.push(steps);
        },
      },
    });
    expect(kept).toEqual([STEPS_PER_EPOCH, 2 * STEPS_PER_EPOCH]);
  });

  it.each(['finished', 'stopped', 'failed'] as const)('frees its session when it has %s', async (status) => {
    let disposed = 0;
    const counting: Backend = {
      ...backend,
      load: async (net) => ({ ...(await backend.load(net)), dispose: () => void (disposed += 1) }),
    };
    const { outcome } = await train({
      backend: counting,
      data: status === 'failed' ? withBrokenImage() : dataset,
      settings: request({ epochs: 1 }),
      onStep(_, control) {
        if (status === 'stopped') control.state = 'stopping';
      },
    });
    expect(outcome.status).toBe(status);
    expect(disposed).toBe(1);
  });
});
