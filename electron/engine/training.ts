import { initialValues } from '../../shared/program/initialize';
import type { CompiledNetwork } from '../../shared/program/compiled';
import { evaluationBatch } from '../../shared/program/memory';
import { averagedWeights } from '../../shared/program/optimizers';
import type { ActivityReport, BrokenBy, EpochRow, Split, TrainingPosition, TrainingRequest } from '../../shared/rpc/contract';
import type { MetricSettings } from '../../shared/training/metrics/index';
import { createActivityWatch, type ActivityWatch } from './activity';
import { adapt } from './adapting';
import type { Backend, Batch, Session, StepResult, Tensors } from './backend';
import { batchesInOrder, shuffledBatches, type BatchSource } from './batches';
import { feedingFor, type Columns, type Feeding } from './feeding';
import { createMeasure, finite, type Measure, type Measured } from './measuring';
import { createPace, type Pace } from './pace';
import { FIXES, whereNotFinite, type Finding } from './notFinite';
import { outcomeOutOfMemory } from './outOfMemory';
import { createProgress, type Progress, type ProgressReport } from './progress';

/** What a running training is told from outside. */
export interface TrainingControl {
  state: 'running' | 'paused' | 'stopping';
}

export interface TrainingEvents {
  progress(report: ProgressReport): void;
  /** What layers give, now and then; where nobody listens nobody looks. */
  readonly activity?: (report: ActivityReport) => void;
  /**
   * The weights with the optimizer's slots, and where the training is: all that it takes to go on as if nothing had been. No step is
   * taken before it has resolved: a native step blocks the thread that sends them.
   */
  checkpoint(position: TrainingPosition, weights: Tensors): Promise<void> | void;
}

export interface TrainingJob {
  readonly network: CompiledNetwork;
  readonly dataset: BatchSource;
  readonly request: TrainingRequest;
  /** What is measured beside the loss. */
  readonly metrics?: readonly MetricSettings[];
  readonly columns?: Columns;
  readonly backend: Backend;
  readonly resume: { readonly weights: Tensors; readonly position: TrainingPosition } | null;
  readonly control: TrainingControl;
  readonly events: TrainingEvents;
  /** The network as it is searched for the layer whose numbers broke. */
  readonly trace?: (() => { readonly network: CompiledNetwork; nameOf(path: string): string }) | undefined;
  /** Compiled ahead; its weights are replaced. */
  readonly session?: Session | undefined;
  /** Milliseconds by which looks at the layers are due; left out: the clock's. */
  readonly now?: () => number;
}

export interface TrainingOutcome {
  readonly status: 'finished' | 'stopped' | 'failed';
  readonly message: string | null;
  /** What broke its numbers, where they broke. */
  readonly brokenBy?: BrokenBy;
  readonly testAccuracy: number | null;
  /** All that was measured on the test part. */
  readonly test: Pick<Measured, 'loss' | 'metrics'> | null;
}

const STOPPED = { status: 'stopped', testAccuracy: null, test: null } as const;

/** Every activation of a batch is in memory at once. */
const ADAPTING_BATCH = 32;

/** Trains to the end, to a stop or to the first loss that is not a number. Yields between steps, so that it can be told so. */
export async function trainNetwork(job: TrainingJob): Promise<TrainingOutcome> {
  const { network, dataset, request, backend, resume, events } = job;
  const feeding = feedingFor(network, dataset.info, job.columns);
  const batchesPerEpoch = Math.ceil(dataset.info.counts.train / request.batchSize);
  const position = startOf(job, batchesPerEpoch);
  const progress = createProgress({
    engine: `${backend.name} ${backend.version}`,
    batchesPerEpoch,
    epochs: request.epochs,
    startStep: position.step,
    unreadable: () => dataset.unreadable(),
    report: (report) => events.progress(report),
  });
  progress.status('preparing', position.epoch);
  await yieldToMessages();
  if (isStopping(job.control)) {
    job.session?.dispose();
    return { ...STOPPED, message: 'Stopped before its first step.' };
  }
  const session = job.session ?? (await backend.load(network));
  try {
    await session.initialize(resume?.weights ?? freshWeights(network, request.seed));
    if (!resume) await adaptTo(job, session, feeding);
    const pace = createPace(request, batchesPerEpoch, position.plateau ?? undefined);
    const activity = createActivityWatch(network, events.activity, job.now);
    const workshop = { session, feeding, progress, pace, activity, batchesPerEpoch, evaluationBatch: evaluationBatch(network) };
    return await epochs(job, workshop, position);
  } catch (error) {
    const outcome = outcomeOutOfMemory(error, request.batchSize);
    if (!outcome) throw error;
    return outcome;
  } finally {
    progress.flush();
    session.dispose();
  }
}

/** Where a training begins: under another batch size the steps of an epoch before tell nothing, and it begins anew. */
function startOf({ resume }: TrainingJob, batchesPerEpoch: number): TrainingPosition {
  if (!resume) return { epoch: 0, step: 0 };
  const into = resume.position.step - resume.position.epoch * batchesPerEpoch;
  return into >= 0 && into <= batchesPerEpoch ? resume.position : { ...resume.position, sums: null };
}

/** Layers that standardise take their statistics from the training part. */
export async function adaptTo(
  { network, dataset, control }: Pick<TrainingJob, 'network' | 'dataset' | 'control'>,
  session: Session,
  feeding: Feeding,
): Promise<void> {
  const batches = () => batchesInOrder(dataset, feeding, 'train', ADAPTING_BATCH);
  await adapt(session, network.adaptations, batches, async () => {
    await yieldToMessages();
    return !isStopping(control);
  });
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
  readonly pace: Pace;
  readonly activity: ActivityWatch;
  readonly batchesPerEpoch: number;
  /** Samples that are evaluated at once: to find it takes a millisecond and more, so not each time. */
  readonly evaluationBatch: number;
}

async function epochs(job: TrainingJob, workshop: Workshop, start: TrainingPosition): Promise<TrainingOutcome> {
  const { request, dataset, events, control, network, metrics = [] } = job;
  const { progress, pace } = workshop;
  const goesOn = async (epoch: number) => {
    await whilePaused(control, () => progress.status('paused', epoch));
    return !isStopping(control);
  };
  let step = start.step;
  for (let epoch = start.epoch; epoch < request.epochs; epoch += 1) {
    const started = performance.now();
    const measure = createMeasure(network, metrics, epoch === start.epoch ? (start.sums ?? undefined) : undefined);
    const trained = await trainEpoch(job, workshop, { epoch, step, measure });
    if ('outcome' in trained) return trained.outcome;
    step = trained.step;
    const validation = await evaluateAveraged(job, workshop, 'validation', () => goesOn(epoch));
    // Whoever goes on from here has the steps of this epoch behind, and its validation before.
    if (isStopping(control)) return await stopped(workshop, events, { epoch, step, sums: measure.sums() });
    pace.epochEnded(validation.loss);
    const seconds = (performance.now() - started) / 1000;
    progress.epoch(rowOf(epoch + 1, measure.result(), validation, pace.settings(step - 1).learningRate, seconds));
    await events.checkpoint({ epoch: epoch + 1, step, plateau: pace.plateau() }, await workshop.session.read());
    await yieldToMessages();
  }
  await workshop.activity.end(workshop.session);
  const test = dataset.info.counts.test > 0 ? await evaluateAveraged(job, workshop, 'test', () => goesOn(request.epochs)) : null;
  const isWhole = test !== null && !isStopping(control);
  return {
    status: 'finished',
    message: null,
    testAccuracy: isWhole ? test.accuracy : null,
    test: isWhole ? { loss: test.loss, metrics: test.metrics } : null,
  };
}

function rowOf(epoch: number, train: Measured, validation: Measured, learningRate: number, seconds: number): EpochRow {
  const names = Object.keys(train.metrics);
  const both = names.map((name) => [name, { train: train.metrics[name] ?? null, validation: validation.metrics[name] ?? null }] as const);
  return {
    epoch,
    trainLoss: finite(train.loss),
    trainAccuracy: train.accuracy,
    validationLoss: finite(validation.loss),
    validationAccuracy: validation.accuracy === null ? null : finite(validation.accuracy),
    ...(names.length > 0 ? { metrics: Object.fromEntries(both) } : {}),
    learningRate,
    seconds,
  };
}

type TrainedEpoch = { readonly step: number } | { readonly outcome: TrainingOutcome };

/** The rest of an epoch from the given step on. */
async function trainEpoch(
  job: TrainingJob,
  workshop: Workshop,
  at: { epoch: number; step: number; measure: Measure },
): Promise<TrainedEpoch> {
  const { request, dataset, events, control } = job;
  const { session, feeding, progress, pace, activity, batchesPerEpoch } = workshop;
  const { epoch, measure } = at;
  let { step } = at;
  const into = step - epoch * batchesPerEpoch;
  const from = into >= 0 && into <= batchesPerEpoch ? into : 0;
  const order = { batchSize: request.batchSize, seed: request.seed, epoch, from };
  for await (const batch of shuffledBatches(dataset, feeding, order, progress.waited)) {
    await whilePaused(control, () => progress.status('paused', epoch));
    if (isStopping(control)) return { outcome: await stopped(workshop, events, { epoch, step, sums: measure.sums() }) };
    const settings = pace.settings(step);
    const result = await session.train(batch, settings);
    step += 1;
    if (!Number.isFinite(result.loss)) {
      const found = await whereNotFinite(job, session, batch, settings.seed);
      return { outcome: diverged(result, found, epoch, step) };
    }
    measure.add(result, samplesOf(batch));
    progress.step(step, epoch, { loss: result.loss, samples: samplesOf(batch), ...firstOutput(result) });
    await activity.step(session, batch, { step, seed: settings.seed });
    await yieldToMessages();
  }
  return { step };
}

/** Over a split with the averages of the weights, where they are averaged; afterwards the weights are as before. */
async function evaluateAveraged(
  { network, dataset, metrics = [] }: TrainingJob,
  { session, feeding, evaluationBatch: batchSize }: Workshop,
  split: Split,
  goesOn: GoesOn,
): Promise<Measured> {
  const evaluation = { session, feeding, dataset, split, batchSize, measure: createMeasure(network, metrics) };
  if (!network.programs.average) return evaluate(evaluation, goesOn);
  const weights = await session.read();
  await session.initialize(averagedWeights(weights));
  try {
    return await evaluate(evaluation, goesOn);
  } finally {
    await session.initialize(weights);
  }
}

function isStopping({ state }: TrainingControl): boolean {
  return state === 'stopping';
}

async function stopped(
  { session, progress, pace }: Workshop,
  events: TrainingEvents,
  position: TrainingPosition,
): Promise<TrainingOutcome> {
  progress.status('stopping', position.epoch);
  await events.checkpoint({ ...position, plateau: pace.plateau() }, await session.read());
  return { ...STOPPED, message: `Stopped after ${position.step} steps.` };
}

/** The step was not taken, but the one before it may have broken the weights; the last checkpoint is good. */
function diverged({ loss }: StepResult, found: Finding | undefined, epoch: number, step: number): TrainingOutcome {
  const { where, brokenBy } = found ?? { where: undefined, brokenBy: 'learningRate' };
  return {
    status: 'failed',
    message: `The loss is ${Number.isNaN(loss) ? 'not a number' : 'infinite'} at step ${step} (epoch ${epoch + 1})${where ? `: ${where}` : ''}. ${FIXES[brokenBy]}.`,
    brokenBy,
    testAccuracy: null,
    test: null,
  };
}

/** The first output that has right and wrong. */
function firstOutput({ outputs }: StepResult): { correct: number; count: number } {
  const first = Object.values(outputs).find(({ correct }) => correct !== null);
  return first ? { correct: first.correct ?? 0, count: first.count } : { correct: 0, count: 0 };
}

function samplesOf({ inputs }: Batch): number {
  return Object.values(inputs)[0]?.shape[0] ?? 0;
}

export interface Evaluation extends Pick<TrainingJob, 'dataset'>, Pick<Workshop, 'session' | 'feeding'> {
  readonly split: Split;
  readonly batchSize: number;
  readonly measure: Measure;
}

/** Asked before every batch; may take as long as a pause. */
type GoesOn = () => Promise<boolean>;

/** All that is measured over a split; over a part of it where it is told to end. `watch` sees every batch's result. */
export async function evaluate(
  { session, feeding, dataset, split, batchSize, measure }: Evaluation,
  goesOn: GoesOn = () => Promise.resolve(true),
  watch: (result: StepResult, places: Int32Array) => void = () => undefined,
): Promise<Measured> {
  for await (const batch of batchesInOrder(dataset, feeding, split, batchSize)) {
    if (!(await goesOn())) break;
    const result = await session.evaluate(batch);
    measure.add(result, samplesOf(batch));
    watch(result, batch.places);
    await yieldToMessages();
  }
  return measure.result();
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
