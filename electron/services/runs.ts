import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseDocument } from '../../shared/document/parse';
import type { Handlers } from '../../shared/rpc/define';
import type { EpochRow, HostContract, RunSummary, StepPoint, TrainingRequest } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Weights } from '../../shared/weights/weights';
import type { Checkpoint } from './checkpointFile';
import type { DataService } from './data';
import type { EngineChooser } from './engineChoice';
import type { EngineOwner } from './engineOwner';
import type { Handles } from './handles';
import type { Host } from './host';
import type { Hub } from './hub';
import { releaseLock, takeLock } from './lock';
import type { Log } from './log';
import { createRates } from './rates';
import { createRunKeeper } from './runKeeping';
import { bestOf, ending, failedWith, isActive, isOwn, keptAtEnd, messageOf, newRun, newSummary, type Outcome, type Run } from './runRecord';
import { createRunMoves } from './runMoves';
import { createRunShelf } from './runShelf';
import {
  createRun,
  cutEvents,
  readCheckpoint,
  readRunDocument,
  readWeights,
  removeRun,
  runsFolder,
  saveSummary,
  summaryFile,
} from './runStore';
import { watchRuns } from './runWatch';

type RunCalls =
  | 'runs.start'
  | 'runs.rates'
  | 'runs.stopRates'
  | 'runs.prepare'
  | 'runs.pause'
  | 'runs.resume'
  | 'runs.stop'
  | 'runs.goOn'
  | 'runs.list'
  | 'runs.get'
  | 'runs.remove';
export type RunsService = Pick<Handlers<HostContract>, RunCalls> & {
  /** The network as it was trained, and its kept weights. */
  model(runId: string): Promise<{ summary: RunSummary; document: string; weights: Weights }>;
  /** Starts a run in a folder of the caller's choice. */
  startIn(folder: string, document: string, documentName: string, request: TrainingRequest): Promise<{ runId: string }>;
  /** Makes the runs of a folder known; the newest first. */
  load(folder: string): Promise<RunSummary[]>;
  /** Resolves when the run has ended and all is on disk. */
  ended(runId: string): Promise<RunSummary>;
  stopAll(): Promise<void>;
  /** A document got its first file, or another one: its runs go along, which nobody waits for but whoever lists them. */
  follow(documentId: string, from: string | null, to: string): void;
};

/**
 * How long a stop may take before the engine's process is ended, since a native step cannot be interrupted: this, in milliseconds, or
 * three times the longest silence of the run, which is its longest step.
 */
const STOP_GRACE = 5000;
const STOP_STEPS = 3;

interface RunsParts {
  readonly host: Host;
  readonly handles: Handles;
  readonly hub: Hub;
  readonly engine: EngineOwner;
  readonly chooser: EngineChooser;
  readonly data: Pick<DataService, 'place'>;
  readonly log: Pick<Log, 'add'>;
}

/** Runs belong to the host: they go on when the page is gone, are kept on disk, and survive the engine's death. */
export function createRunsService({ host, handles, hub, engine, chooser, data, log }: RunsParts): RunsService {
  const shelf = createRunShelf(hub);
  const holder = host.holder ?? host.kind;
  const keeper = createRunKeeper((run) => update(run, { message: messageOf(run) }));
  const moves = createRunMoves({ shelf, keeper, hub, log, holder });
  const folderOf = (documentId: string, path: string | null) => runsFolder(host.paths.userData, documentId, path);
  /** What is read to go on: it is not known as going on yet, and nothing else may begin meanwhile. */
  let readying: Run | undefined;
  const rates = createRates({ hub, engine, chooser, data, refuse: refuseTwo });

  watchRuns({ shelf, hub, engine, chooser, keeper, stuckAfter: host.stuckAfter, update, end });

  function update(run: Run, change: Partial<RunSummary>, points: readonly StepPoint[] = [], epochs: readonly EpochRow[] = []): void {
    run.summary = { ...run.summary, ...change };
    hub.emit('runs.progress', { summary: run.summary, points: [...points], epochs: [...epochs] });
  }

  function end(run: Run, outcome: Outcome, isBrokenOff = false): void {
    run.endWords = outcome.message;
    run.keptWords = outcome.status === 'failed' || isBrokenOff ? keptAtEnd(run, outcome) : null;
    update(run, { ...outcome, message: messageOf(run), endedAt: Date.now(), secondsLeft: null, silentSince: null });
    keeper.write(run, () => saveSummary(run.folder, run.summary));
    keeper.write(run, () => releaseLock(summaryFile(run.folder)));
    void run.writing.then(() => run.finish(run.summary));
  }

  async function startIn(folder: string, document: string, documentName: string, request: TrainingRequest): Promise<{ runId: string }> {
    const parsed = parseDocument(document);
    if (!parsed.ok) throw new RpcError(parsed.error.code, parsed.error.message, parsed.error.fix);
    refuseTwo();
    const runId = randomUUID();
    const summary = newSummary(runId, parsed.value.document.id, documentName, request);
    const run = newRun(join(folder, runId), summary);
    shelf.put(run);
    keeper.write(run, async () => {
      await createRun(run.folder, document);
      await takeLock(summaryFile(run.folder), holder);
      await saveSummary(run.folder, summary);
    });
    hub.emit('runs.progress', { summary, points: [], epochs: [] });
    await train(run, document, null);
    return { runId };
  }

  /** The engine gets the work; what it tells comes as events. */
  async function train(run: Run, document: string, checkpoint: Checkpoint | null): Promise<void> {
    const { id: runId, request } = run.summary;
    const resume = checkpoint && { weights: plainTensors(checkpoint.weights), position: checkpoint.position };
    engine.forgive();
    engine.renew();
    const { signal } = (run.starting = new AbortController());
    try {
      const { engine: chosen, reason } = await chooser.choose(document, request, signal);
      if (signal.aborted) return;
      update(run, { engineReason: reason });
      const client = await engine.client();
      const place = await data.place(request.dataset);
      if (signal.aborted) return;
      run.starting = undefined;
      run.heardAt = Date.now();
      await client.call('train.start', { runId, document, request: { ...request, engine: chosen }, data: place, resume });
    } catch (error) {
      // It was stopped: it has ended, and may even be going on anew.
      if (signal.aborted) return;
      run.starting = undefined;
      // A crash has ended the run already, with its own words.
      if (isActive(run)) end(run, failedWith(error));
      if (!(error instanceof RpcError && (error.code === 'E_CLOSED' || error.code === 'E_ENGINE_ENDED'))) throw error;
    }
  }

  async function goOn(runId: string, learningRate?: number): Promise<Record<string, never>> {
    const run = shelf.find(runId);
    refuseTwo();
    refuseElsewhere(run);
    if (run.summary.status === 'finished') throw new RpcError('E_FINISHED', 'This run has finished: there is nothing to go on with.');
    readying = run;
    const { checkpoint, document, events } = await readyToGoOn(run).finally(() => (readying = undefined));
    Object.assign(run, events, ending(), { isRead: true, endWords: null, keptWords: null });
    const { epoch, step } = checkpoint.position;
    const { request } = run.summary;
    update(run, {
      status: 'preparing',
      message: messageOf(run),
      brokenBy: undefined,
      request: learningRate === undefined ? request : { ...request, optimizer: { ...request.optimizer, learningRate } },
      endedAt: null,
      epoch,
      step,
      best: bestOf(run.epochs),
      testAccuracy: null,
      test: null,
    });
    await train(run, document, checkpoint);
    return {};
  }

  /** What a run goes on from; from then on it is locked, and its events end at its checkpoint. */
  async function readyToGoOn(run: Run) {
    await run.writing;
    const checkpoint = await readCheckpoint(run.folder);
    if (!checkpoint)
      throw new RpcError('E_NO_CHECKPOINT', 'This run has no checkpoint to go on from.', 'Train again: it starts from the beginning.');
    const document = await readRunDocument(run.folder);
    const other = await takeLock(summaryFile(run.folder), holder);
    if (other !== undefined) throw new RpcError('E_BUSY', `This run goes on in ${other}.`, 'Look at its document again to follow it.');
    const events = await cutEvents(run.folder, checkpoint.position).catch(async (error: unknown) => {
      await releaseLock(summaryFile(run.folder));
      throw error;
    });
    return { checkpoint, document, events };
  }

  function refuseTwo(): void {
    if (rates.isGoingOn) throw new RpcError('E_BUSY', 'Learning rates are being tried.', 'Wait until that has ended, or stop it.');
    if (readying || shelf.all().some(isOwn))
      throw new RpcError('E_BUSY', 'A network is being trained already.', 'Stop it, or wait until it has ended.');
  }

  function refuseElsewhere({ summary: { elsewhere } }: Run): void {
    if (elsewhere !== undefined) throw new RpcError('E_BUSY', `This run goes on in ${elsewhere}.`, 'Pause or stop it there.');
  }

  async function stop(runId: string): Promise<Record<string, never>> {
    const run = shelf.find(runId);
    if (!isActive(run)) return {};
    refuseElsewhere(run);
    if (run.starting) {
      run.starting.abort();
      run.starting = undefined;
      end(run, { status: 'stopped', message: 'Stopped before its first step.', testAccuracy: null });
      return {};
    }
    update(run, { status: 'stopping' });
    const patience = setTimeout(
      () => {
        if (run.summary.status === 'stopping') engine.kill('it did not answer');
      },
      Math.max(STOP_GRACE, STOP_STEPS * run.longestSilence),
    );
    patience.unref();
    const client = await engine.client();
    // Not waited for: the engine answers when its step has ended, which may take seconds.
    void client.call('train.stop', { runId }).catch(() => undefined);
    return {};
  }

  return {
    startIn,
    load: (folder) => shelf.load(folder),
    ended: (runId) => shelf.find(runId).finished,
    'runs.start': ({ document, documentName, handle, request }) => {
      const parsed = parseDocument(document);
      if (!parsed.ok) throw new RpcError(parsed.error.code, parsed.error.message, parsed.error.fix);
      return startIn(folderOf(parsed.value.document.id, handle === null ? null : handles.path(handle)), document, documentName, request);
    },
    'runs.prepare': async (input) => {
      const client = await engine.client();
      const need = await client.call('train.estimate', input);
      const isIdle = !readying && !shelf.all().some(isOwn);
      // What cannot be compiled is told when it is trained.
      if (isIdle && need.needed < need.free) void client.call('engine.prepare', input).catch(() => undefined);
      return need;
    },
    'runs.rates': rates['runs.rates'],
    'runs.stopRates': rates['runs.stopRates'],
    'runs.pause': async ({ runId }) => {
      const run = shelf.find(runId);
      refuseElsewhere(run);
      const client = await engine.client();
      if (run.summary.status === 'running') update(run, { status: 'pausing' });
      void client.call('train.pause', { runId }).catch(() => undefined);
      return {};
    },
    'runs.resume': async ({ runId }) => {
      const run = shelf.find(runId);
      refuseElsewhere(run);
      await (await engine.client()).call('train.resume', { runId });
      update(run, { status: 'running' });
      return {};
    },
    'runs.stop': ({ runId }) => stop(runId),
    'runs.goOn': ({ runId, learningRate }) => goOn(runId, learningRate),
    'runs.list': async ({ documentId, handle }) => {
      const folder = folderOf(documentId, handle === null ? null : handles.path(handle));
      await moves.arrived(folder);
      // One that goes on shows, and can be stopped, also where its document has become another file meanwhile.
      return shelf.load(folder, (run) => isOwn(run) && run.summary.documentId === documentId);
    },
    'runs.get': async ({ runId }) => {
      const run = shelf.find(runId);
      await shelf.read(run);
      const { summary, points, epochs, activity } = run;
      return { summary, points, epochs, ...(activity ? { activity } : {}) };
    },
    'runs.remove': async ({ runId }) => {
      const run = shelf.find(runId);
      if (isActive(run) || run === readying) throw new RpcError('E_BUSY', 'This run is going on.', 'Stop it first.');
      shelf.remove(run);
      await run.writing;
      await removeRun(run.folder);
      return {};
    },
    async model(runId) {
      const run = shelf.find(runId);
      await run.writing;
      // They stay, as the same object: who tries a network out asks for them at each stroke of the pen.
      if (!run.weights) {
        const kept = await readWeights(run.folder).catch(() => undefined);
        if (!run.weights && kept) shelf.hold(run, kept);
      }
      if (!run.weights) throw new RpcError('E_NO_WEIGHTS', 'This run has no weights yet.', 'Wait until its first epoch is done.');
      return { summary: run.summary, weights: run.weights, document: await readRunDocument(run.folder) };
    },
    async stopAll() {
      const active = shelf.all().filter(isOwn);
      await Promise.all(active.map(async (run) => stop(run.summary.id)));
      await Promise.all(active.map((run) => run.finished));
      await moves.arrived();
    },
    follow(documentId, from, to) {
      const [source, target] = [folderOf(documentId, from), folderOf(documentId, to)];
      moves.follow(documentId, source, target, from === null ? 'move' : 'copy');
    },
  };
}

/** As the contract has tensors: with arrays of their own. */
export function plainTensors(weights: Weights) {
  return Object.fromEntries(Object.entries(weights).map(([name, { dtype, shape, data }]) => [name, { dtype, shape: [...shape], data }]));
}
