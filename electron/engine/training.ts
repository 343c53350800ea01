import type { Dataset } from '../../shared/data/dataset';
import { initialValues } from '../../shared/program/initialize';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { EpochRow, TrainingRequest } from '../../shared/rpc/contract';
import type { Backend, Batch, Session, StepResult, Tensors } from './backend';
import { batchesInOrder, feedingFor, shuffledBatches, type Feeding } from './feeding';
import { createProgress, type ProgressReport } from './progress';

/** What a running training is told from outside. */
export interface TrainingControl {
  state: 'running' | 'paused' | 'stopping';
}

export interface TrainingEvents {
  progress(report: ProgressReport): void;
  checkpoint(epoch: number, step: number, weights: Tensors): void;
}

export interface TrainingJob {
  readonly network: CompiledNetwork;
  readonly dataset: Dataset;
  readonly request: TrainingRequest;
  readonly backend: Backend;
  readonly resume: { readonly weights: Tensors; readonly epoch: number; readonly step: number } | null;
  readonly control: TrainingControl;
  readonly events: TrainingEvents;
}

export interface TrainingOutcome {
  readonly status: 'finished' | 'stopped' | 'failed';
  readonly message: string | null;
  readonly testAccuracy: number | null;
}

/** Batches of evaluation; larger ones gain nothing and take memory. */
const EVALUATION_BATCH = 256;

/** Trains to the end, to a stop or to the first loss that is not a number. Yields between steps, so that it can be told so. */
export async function trainNetwork(job: TrainingJob): Promise<TrainingOutcome> {
  const { network, dataset, request, backend, resume, control, events } = job;
  const feeding = feedingFor(network, dataset.info);
  const batchesPerEpoch = Math.ceil(dataset.splits.train.count / request.batchSize);
  const progress = createProgress({
    engine: `${backend.name} ${backend.version}`,
    batchesPerEpoch,
    epochs: request.epochs,
    startStep: resume?.step ?? 0,
    report: (report) => events.progress(report),
  });
  progress.status('preparing', resume?.epoch ?? 0);
  await yieldToMessages();
  const session = await backend.load(network);
  try {
    await session.initialize(resume?.weights ?? freshWeights(network, request.seed));
    return await epochs(job, session, feeding, progress, resume?.epoch ?? 0, resume?.step ?? 0);
  } finally {
    control.state = 'stopping';
    session.dispose();
  }
}

/** Initial weights under a seed; the same for every engine. */
export function freshWeights(network: CompiledNetwork, seed: number): Tensors {
  const variables = network.variables.filter(({ role }) => role !== 'optimizer');
  const values = initialValues(variables, seed);
  return Object.fromEntries(variables.map(({ name, shape }) => [name, { dtype: 'float32', shape, data: values[name] as Float32Array }]));
}

async function epochs(
  job: TrainingJob,
  session: Session,
  feeding: Feeding,
  progress: ReturnType<typeof createProgress>,
  firstEpoch: number,
  firstStep: number,
): Promise<TrainingOutcome> {
  const { request, dataset, events, control } = job;
  let step = firstStep;
  for (let epoch = firstEpoch; epoch < request.epochs; epoch += 1) {
    const started = performance.now();
    const sums = { loss: 0, correct: 0, count: 0 };
    for (const batch of shuffledBatches(dataset, feeding, request.batchSize, request.seed, epoch)) {
      await whilePaused(control, () => progress.status('paused', epoch));
      if (stopping(control)) return await stopped(session, events, progress, epoch, step);
      const result = await session.train(batch, { learningRate: request.optimizer.learningRate, seed: [request.seed, step] });
      step += 1;
      if (!Number.isFinite(result.loss)) return diverged(result, epoch, step);
      addUp(sums, result, batch);
      progress.step(step, epoch, result.loss, firstOutput(result));
      await yieldToMessages();
    }
    const validation = await evaluate(session, feeding, dataset, 'validation');
    progress.epoch({
      epoch: epoch + 1,
      trainLoss: sums.loss / sums.count,
      trainAccuracy: sums.correct / sums.count,
      validationLoss: validation.loss,
      validationAccuracy: validation.accuracy,
      seconds: (performance.now() - started) / 1000,
    } satisfies EpochRow);
    events.checkpoint(epoch + 1, step, await session.read());
    await yieldToMessages();
  }
  const test = await evaluate(session, feeding, dataset, 'test');
  progress.flush();
  return { status: 'finished', message: null, testAccuracy: test.accuracy };
}

function stopping({ state }: TrainingControl): boolean {
  return state === 'stopping';
}

async function stopped(
  session: Session,
  events: TrainingEvents,
  progress: ReturnType<typeof createProgress>,
  epoch: number,
  step: number,
): Promise<TrainingOutcome> {
  progress.status('stopping', epoch);
  events.checkpoint(epoch, step, await session.read());
  return { status: 'stopped', message: `Stopped after ${step} steps.`, testAccuracy: null };
}

/** The weights are lost with the step that broke them; the last checkpoint is still good. */
function diverged({ loss }: StepResult, epoch: number, step: number): TrainingOutcome {
  return {
    status: 'failed',
    message: `The loss is ${Number.isNaN(loss) ? 'not a number' : 'infinite'} at step ${step} (epoch ${epoch + 1}). Use a smaller learning rate; the weights of the last whole epoch are kept.`,
    testAccuracy: null,
  };
}

function firstOutput(result: StepResult): { correct: number; count: number } {
  return Object.values(result.outputs)[0] ?? { correct: 0, count: 1 };
}

function addUp(sums: { loss: number; correct: number; count: number }, result: StepResult, batch: Batch): void {
  const samples = Object.values(batch.inputs)[0]?.shape[0] ?? 0;
  const { correct, count } = firstOutput(result);
  sums.loss += result.loss * samples;
  sums.correct += (correct / count) * samples;
  sums.count += samples;
}

/** Loss and accuracy over a whole split. */
export async function evaluate(
  session: Session,
  feeding: Feeding,
  dataset: Dataset,
  split: keyof Dataset['splits'],
): Promise<{ loss: number; accuracy: number; count: number }> {
  const sums = { loss: 0, correct: 0, count: 0 };
  for (const batch of batchesInOrder(feeding, dataset.info, dataset.splits[split], EVALUATION_BATCH)) {
    addUp(sums, await session.evaluate(batch), batch);
    await yieldToMessages();
  }
  return { loss: sums.loss / sums.count, accuracy: sums.correct / sums.count, count: sums.count };
}

async function whilePaused(control: TrainingControl, tell: () => void): Promise<void> {
  if (control.state !== 'paused') return;
  tell();
  while (control.state === 'paused') await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Lets messages in: a native step blocks the thread, and a stop must be heard. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
