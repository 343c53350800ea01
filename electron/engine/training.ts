import type { Dataset } from '../../shared/data/dataset';
import { initialValues } from '../../shared/program/initialize';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { EpochRow, TrainingRequest } from '../../shared/rpc/contract';
import type { Backend, Batch, Session, StepResult, Tensors } from './backend';
import { batchesInOrder, feedingFor, shuffledBatches, type Feeding } from './feeding';
import { SMALLER_RATE, whereNotFinite, type Finding } from './notFinite';
import { createProgress, type Progress, type ProgressReport } from './progress';

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
  /** The network as it is searched for the layer whose numbers broke. */
  readonly trace?: (() => { readonly network: CompiledNetwork; nameOf(path: string): string }) | undefined;
  /** Compiled ahead; its weights are replaced. */
  readonly session?: Session | undefined;
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
  const { network, dataset, request, backend, resume, events } = job;
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
  const session = job.session ?? (await backend.load(network));
  try {
    await session.initialize(resume?.weights ?? freshWeights(network, request.seed));
    return await epochs(job, { session, feeding, progress, batchesPerEpoch });
  } finally {
    progress.flush();
    session.dispose();
  }
}

/** Initial weights under a seed; the same for every engine. */
export function freshWeights(network: CompiledNetwork, seed: number): Tensors {
  const variables = network.variables.filter(({ role }) => role !== 'optimizer');
  const values = initialValues(variables, seed);
  return Object.fromEntries(variables.map(({ name, shape }) => [name, { dtype: 'float32', shape, data: values[name] as Float32Array }]));
}

/** What a training works with from its start to its end. */
interface Workshop {
  readonly session: Session;
  readonly feeding: Feeding;
  readonly progress: Progress;
  readonly batchesPerEpoch: number;
}

async function epochs(job: TrainingJob, workshop: Workshop): Promise<TrainingOutcome> {
  const { request, dataset, events, control, resume } = job;
  const { session, feeding, progress, batchesPerEpoch } = workshop;
  const goesOn = () => !isStopping(control);
  let step = resume?.step ?? 0;
  for (let epoch = resume?.epoch ?? 0; epoch < request.epochs; epoch += 1) {
    const started = performance.now();
    const trained = await trainEpoch(job, workshop, epoch, step, stepsInto(epoch, step, batchesPerEpoch));
    if ('outcome' in trained) return trained.outcome;
    step = trained.step;
    const validation = await evaluate(session, feeding, dataset, 'validation', goesOn);
    if (isStopping(control)) return await stopped(workshop, events, epoch + 1, step);
    progress.epoch({
      epoch: epoch + 1,
      trainLoss: trained.loss,
      trainAccuracy: trained.accuracy,
      validationLoss: finite(validation.loss),
      validationAccuracy: finite(validation.accuracy),
      seconds: (performance.now() - started) / 1000,
    } satisfies EpochRow);
    events.checkpoint(epoch + 1, step, await session.read());
    await yieldToMessages();
  }
  const test = await evaluate(session, feeding, dataset, 'test', goesOn);
  return { status: 'finished', message: null, testAccuracy: isStopping(control) ? null : finite(test.accuracy) };
}

/** Batches of an epoch that were trained before a stop in the middle of it. */
function stepsInto(epoch: number, step: number, batchesPerEpoch: number): number {
  const into = step - epoch * batchesPerEpoch;
  // Under another batch size the steps before tell nothing: the epoch begins anew.
  return into >= 0 && into < batchesPerEpoch ? into : 0;
}

type TrainedEpoch = { readonly step: number; readonly loss: number; readonly accuracy: number } | { readonly outcome: TrainingOutcome };

/** The rest of an epoch from batch `from` on. */
async function trainEpoch(job: TrainingJob, workshop: Workshop, epoch: number, firstStep: number, from: number): Promise<TrainedEpoch> {
  const { request, dataset, events, control } = job;
  const { session, feeding, progress } = workshop;
  const sums = { loss: 0, correct: 0, count: 0 };
  let step = firstStep;
  for (const batch of shuffledBatches(dataset, feeding, request.batchSize, request.seed, epoch, from)) {
    await whilePaused(control, () => progress.status('paused', epoch));
    if (isStopping(control)) return { outcome: await stopped(workshop, events, epoch, step) };
    const seed = [request.seed, step] as const;
    const result = await session.train(batch, { learningRate: request.optimizer.learningRate, seed });
    step += 1;
    if (!Number.isFinite(result.loss)) {
      const found = await whereNotFinite(job, session, batch, seed);
      return { outcome: diverged(result, found, epoch, step, job.resume?.epoch) };
    }
    addUp(sums, result, batch);
    progress.step(step, epoch, { loss: result.loss, samples: samplesOf(batch), ...firstOutput(result) });
    await yieldToMessages();
  }
  return { step, loss: sums.loss / sums.count, accuracy: sums.correct / sums.count };
}

function isStopping({ state }: TrainingControl): boolean {
  return state === 'stopping';
}

/** Nothing that is no number crosses a pipe as one. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

async function stopped({ session, progress }: Workshop, events: TrainingEvents, epoch: number, step: number): Promise<TrainingOutcome> {
  progress.status('stopping', epoch);
  events.checkpoint(epoch, step, await session.read());
  return { status: 'stopped', message: `Stopped after ${step} steps.`, testAccuracy: null };
}

/** The step was not taken, but the one before it may have broken the weights; the last checkpoint is good. */
function diverged({ loss }: StepResult, found: Finding | undefined, epoch: number, step: number, resumedAt = 0): TrainingOutcome {
  const kept = epoch > resumedAt ? `; the weights of epoch ${epoch} are kept` : '';
  const where = found ? `: ${found.where}` : '';
  return {
    status: 'failed',
    message: `The loss is ${Number.isNaN(loss) ? 'not a number' : 'infinite'} at step ${step} (epoch ${epoch + 1})${where}. ${found?.fix ?? SMALLER_RATE}${kept}.`,
    testAccuracy: null,
  };
}

function firstOutput(result: StepResult): { correct: number; count: number } {
  return Object.values(result.outputs)[0] ?? { correct: 0, count: 1 };
}

function samplesOf({ inputs }: Batch): number {
  return Object.values(inputs)[0]?.shape[0] ?? 0;
}

function addUp(sums: { loss: number; correct: number; count: number }, result: StepResult, batch: Batch): void {
  const samples = samplesOf(batch);
  const { correct, count } = firstOutput(result);
  sums.loss += result.loss * samples;
  sums.correct += (correct / count) * samples;
  sums.count += samples;
}

/** Loss and accuracy over a split; over a part of it where it is told to end. */
export async function evaluate(
  session: Session,
  feeding: Feeding,
  dataset: Dataset,
  split: keyof Dataset['splits'],
  goesOn = () => true,
): Promise<{ loss: number; accuracy: number; count: number }> {
  const sums = { loss: 0, correct: 0, count: 0 };
  for (const batch of batchesInOrder(feeding, dataset.info, dataset.splits[split], EVALUATION_BATCH)) {
    if (!goesOn()) break;
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
