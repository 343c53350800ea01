import { SingleBar } from 'cli-progress';
import colors from 'picocolors';
import { basename, join, resolve } from 'node:path';
import type { SkipDocument } from '../../shared/document/document';
import { serializeDocument } from '../../shared/document/serialize';
import type { EngineName, EpochRow, RunSummary, TrainingRequest } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { dataNotes } from '../../shared/training/dataNotes';
import { memoryPipes } from '../../shared/rpc/memoryPipe';
import { createClient } from '../../shared/rpc/client';
import { contract } from '../../shared/rpc/contract';
import { createServices, type Services } from '../services/services';
import { datasetNamed } from './datasetNamed';
import type { RunsService } from '../services/runs';
import { runsFolder } from '../services/runStore';
import { loadDocument, type LoadedDocument } from './documents';
import { print, type ExitCode } from './output';
import { terminalHost } from './terminalHost';
import { metricWords } from './metricWords';
import { withOptions, type TrainingOptions } from './trainingOptions';

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
}

/** `skipwire train FILE`: the same services as in the window. Ctrl+C stops cleanly and keeps what was trained. */
export async function train(path: string, options: TrainOptions): Promise<ExitCode> {
  const loaded = await loadDocument(path);
  const host = terminalHost(null);
  const services = createServices(host);
  if (options.threads !== undefined) services.engine.setThreads(whole(options.threads, '--threads', 1, 256));
  const [page, pipe] = memoryPipes();
  services.connect(pipe);
  const client = createClient(contract, page);
  const report = reporter();
  client.on('runs.progress', ({ summary, epochs }) => report.progress(summary, epochs));
  const interrupt = () => void services.runs.stopAll();
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const folder = options.out === undefined ? runsFolder('', '', resolve(path)) : resolve(options.out);
    const runId =
      options.resume === undefined ? await begin(services, folder, loaded, options) : await goOn(services.runs, folder, options.resume);
    const summary = await services.runs.ended(runId);
    report.end(summary);
    if (summary.hasWeights) print(`Weights: ${join(folder, runId, 'weights.safetensors')}`);
    return summary.status === 'failed' ? 1 : 0;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    services.close();
  }
}

async function begin({ runs, data }: Services, folder: string, loaded: LoadedDocument, options: TrainOptions): Promise<string> {
  const dataset = await datasetNamed(data, options.data, loaded.document);
  const training = withOptions(loaded.document, loaded.analysis, options);
  // The run keeps the network as it was trained, so its losses and metrics are those that were typed.
  const document = { ...loaded.document, training };
  const { runId } = await runs.startIn(
    folder,
    serializeDocument(document),
    `${loaded.name}.skip.json`,
    requestOf(document, { ...options, data: dataset }),
  );
  return runId;
}

/** A run that was stopped goes on in its own folder. */
async function goOn(runs: RunsService, folder: string, wanted: string): Promise<string> {
  const known = await runs.load(folder);
  const run = wanted === 'last' ? known[0] : known.find(({ id }) => id === basename(wanted));
  if (!run)
    throw new RpcError('E_NO_RUN', `There is no run "${wanted}" in ${folder}.`, 'Name its id or its folder, or "last" for the newest.');
  await runs['runs.goOn']({ runId: run.id });
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

/** A progress bar on a terminal, a line an epoch elsewhere. */
function reporter() {
  const bar = process.stdout.isTTY
    ? new SingleBar({
        format: `{bar} {percentage} %  epoch {epoch}  loss {loss}  {left}`,
        barCompleteChar: '━',
        barIncompleteChar: '─',
        hideCursor: true,
        clearOnComplete: true,
      })
    : undefined;
  let started = false;
  return {
    progress(summary: RunSummary, epochs: readonly EpochRow[]) {
      if (bar && summary.totalSteps > 0) {
        if (!started) bar.start(summary.totalSteps, 0, { epoch: 1, loss: '–', left: '' });
        started = true;
        bar.update(summary.step, {
          epoch: `${Math.min(summary.epoch + 1, summary.request.epochs)}/${summary.request.epochs}`,
          left: summary.secondsLeft === null ? '' : `${Math.ceil(summary.secondsLeft)} s left`,
          ...(epochs[0] ? { loss: fixed(epochs.at(-1)?.trainLoss ?? null, 4) } : {}),
        });
      }
      if (!bar) for (const row of epochs) print(epochLine(row, summary.request.epochs));
    },
    end(summary: RunSummary) {
      bar?.stop();
      if (summary.status === 'finished') print(`${colors.green('Trained')} with ${summary.engine ?? 'the engine'}: ${testWords(summary)}`);
      else print(`${summary.status === 'failed' ? colors.red('Failed') : colors.yellow('Stopped')}: ${summary.message ?? ''}`);
      for (const note of dataNotes(summary)) print(colors.yellow(note));
    },
  };
}

function testWords({ testAccuracy, test }: RunSummary): string {
  const loss = testAccuracy === null && test ? [`test loss ${fixed(test.loss, 4)}`] : [`test accuracy ${percent(testAccuracy)}`];
  return [...loss, ...metricWords(test?.metrics ?? {})].join(', ');
}

function epochLine(
  { epoch, trainLoss, trainAccuracy, validationLoss, validationAccuracy, metrics = {}, seconds }: EpochRow,
  epochs: number,
): string {
  const accuracy = (share: number | null) => (share === null ? '' : `  accuracy ${percent(share)}`);
  const measured = metricWords(Object.fromEntries(Object.entries(metrics).map(([name, { validation }]) => [name, validation])));
  return [
    `epoch ${epoch}/${epochs}  loss ${fixed(trainLoss, 4)}${accuracy(trainAccuracy)}`,
    `validation loss ${fixed(validationLoss, 4)}${accuracy(validationAccuracy)}`,
    ...measured,
    `${seconds.toFixed(1)} s`,
  ].join('  ');
}

function fixed(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}

export function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(2)} %`;
}
