import { basename, join, resolve } from 'node:path';
import type { SkipDocument } from '../../shared/document/document';
import { serializeDocument } from '../../shared/document/serialize';
import type { ActivityReport, EngineName, TrainingRequest } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { memoryPipes } from '../../shared/rpc/memoryPipe';
import { createClient } from '../../shared/rpc/client';
import { contract } from '../../shared/rpc/contract';
import { createServices, type Services } from '../services/services';
import { activityTable } from './activity';
import { datasetNamed, requireDataset } from './datasetNamed';
import { runDocumentFile, runsFolder } from '../services/runStore';
import { loadDocument, type LoadedDocument } from './documents';
import { print, type ExitCode } from './output';
import { resuming } from './resuming';
import { terminalHost } from './terminalHost';
import { optionName, withOptions, type TrainingOptions } from './trainingOptions';
import { trainingReport } from './trainingReport';

export interface TrainOptions extends TrainingOptions {
  readonly data?: string;
  readonly epochs?: string;
  readonly batch?: string;
  readonly seed?: string;
  readonly engine?: EngineName;
  readonly threads?: string;
  readonly out?: string;
  /** A run's id or folder, or `last`. */
  readonly resume?: string;
  /** Prints what each layer gave. */
  readonly activity?: boolean;
}

/** `skipwire train FILE`: the same services as in the window. Ctrl+C stops cleanly and keeps what was trained. */
export async function train(path: string, options: TrainOptions): Promise<ExitCode> {
  const loaded = await loadDocument(path);
  const host = terminalHost(null, 'terminal');
  const services = createServices(host);
  if (options.threads !== undefined) services.engine.setThreads(whole(options.threads, '--threads', 1, 256));
  const [page, pipe] = memoryPipes();
  services.connect(pipe);
  const client = createClient(contract, page);
  const report = trainingReport();
  client.on('runs.progress', ({ summary, epochs }) => report.progress(summary, epochs));
  let activity: ActivityReport | undefined;
  client.on('runs.activity', (told) => (activity = told.activity));
  const interrupt = () => void services.runs.stopAll();
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const folder = options.out === undefined ? runsFolder('', '', resolve(path)) : resolve(options.out);
    const runId =
      options.resume === undefined
        ? await begin(services, folder, loaded, options, report)
        : await goOn(services, folder, loaded, options.resume, options, report);
    const summary = await services.runs.ended(runId);
    report.end(summary);
    if (options.activity) print(activityTable(activity, loaded.analysis));
    if (summary.hasWeights) print(`Weights: ${join(folder, runId, 'weights.safetensors')}`);
    if (summary.hasWeights && summary.status !== 'finished') print(`It goes on with: ${resuming(path, options, summary)}`);
    // Of a run that has finished there is something to say only where it is not all on disk.
    return summary.status === 'failed' || (summary.status === 'finished' && summary.message !== null) ? 1 : 0;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    services.close();
  }
}

type Report = ReturnType<typeof trainingReport>;

async function begin(
  { runs, data }: Services,
  folder: string,
  loaded: LoadedDocument,
  options: TrainOptions,
  report: Report,
): Promise<string> {
  const dataset = await datasetNamed(data, options.data, loaded.document);
  if (options.data === undefined && loaded.document.data.dataset === null)
    print(`The document names no data: it is trained on "${dataset}". Another is named by --data.`);
  const training = withOptions(loaded.document, loaded.analysis, options);
  // The run keeps the network as it was trained, so its losses and metrics are those that were typed.
  const document = { ...loaded.document, training };
  report.about(loaded.analysis);
  const { runId } = await runs.startIn(
    folder,
    serializeDocument(document),
    `${loaded.name}.skip.json`,
    requestOf(document, { ...options, data: dataset }),
  );
  return runId;
}

/** What a run that goes on may be told; all else is as it began. */
const OF_A_RESUMED = new Set(['resume', 'out', 'threads', 'activity', 'learningRate']);

/** A run that was stopped goes on in its own folder. */
async function goOn(
  { runs, data }: Services,
  folder: string,
  { document, analysis }: LoadedDocument,
  wanted: string,
  options: TrainOptions,
  report: Report,
): Promise<string> {
  const other = Object.keys(options).find((option) => !OF_A_RESUMED.has(option));
  if (other !== undefined)
    throw new RpcError(
      'E_USAGE',
      `${optionName(other)} cannot be given with --resume: a run goes on as it began, with another --learning-rate at most.`,
      `Leave out ${optionName(other)}; or leave out --resume: that starts a new run.`,
    );
  const { learningRate: typed } = options;
  const learningRate = typed === undefined ? undefined : withOptions(document, analysis, { learningRate: typed }).optimizer.learningRate;
  const known = await runs.load(folder);
  const run = wanted === 'last' ? known[0] : known.find(({ id }) => id === basename(wanted));
  if (!run)
    throw new RpcError('E_NO_RUN', `There is no run "${wanted}" in ${folder}.`, 'Name its id or its folder, or "last" for the newest.');
  await requireDataset(data, run.request.dataset);
  // The run keeps the network that it trains, whatever its file has become.
  report.about((await loadDocument(runDocumentFile(join(folder, run.id)))).analysis);
  await runs['runs.goOn']({ runId: run.id, ...(learningRate === undefined ? {} : { learningRate }) });
  return run.id;
}

/** How a document is to be trained, with what was typed in its place. */
export function requestOf({ training, data }: SkipDocument, options: TrainOptions): TrainingRequest {
  return {
    dataset: options.data ?? data.dataset ?? 'digits',
    epochs: options.epochs === undefined ? training.epochs : whole(options.epochs, '--epochs', 1, 100_000),
    batchSize: options.batch === undefined ? training.batchSize : whole(options.batch, '--batch', 1, 65_536),
    seed: options.seed === undefined ? training.seed : whole(options.seed, '--seed', 0, 2 ** 31 - 1),
    engine: options.engine ?? null,
    optimizer: training.optimizer,
    schedule: training.schedule,
  };
}

export function whole(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RpcError('E_USAGE', `${option} is "${text}"; a whole number from ${least} to ${most.toLocaleString('en')} is expected.`);
  return value;
}
