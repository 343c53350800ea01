import type { EngineContract } from '../../shared/rpc/engineContract';
import type { Emit, Handlers } from '../../shared/rpc/define';
import { errorWords, RpcError } from '../../shared/rpc/messages';
import type { Tensors } from './backend';
import { chooseEngine } from './engines';
import type { LoadDataset } from './datasets';
import { feedingFor } from './feeding';
import { findLayer } from '../../shared/layers/index';
import type { RatePoint } from '../../shared/training/rateTest';
import { compileTrace } from '../../shared/program/compile';
import { memoryNeed, refuseTooLarge } from './memoryNeed';
import { columnsOf, ofEachBatch, readyNetwork } from './networks';
import { preparedKey, type PreparedSession } from './prepared';
import { testRates } from './rateTest';
import { trainNetwork, type TrainingControl, type TrainingEvents } from './training';

type RunCalls = Pick<
  Handlers<EngineContract>,
  'engine.prepare' | 'train.rates' | 'train.estimate' | 'train.start' | 'train.pause' | 'train.resume' | 'train.stop'
>;

/** Milliseconds between signs of life while a run goes on. */
const HEARTBEAT = 1000;

interface RunsParts {
  readonly emit: Emit<EngineContract>;
  /** Resolves when all that was emitted has left. */
  sent(): Promise<void>;
  readonly loadDataset: LoadDataset;
  readonly prepared: PreparedSession;
}

/** The calls, and whether no run goes on. */
export interface Runs {
  readonly calls: RunCalls;
  isIdle(): boolean;
}

/** The runs that go on in this process. What happens in them leaves as events. */
export function createRuns({ emit, sent, loadDataset, prepared }: RunsParts): Runs {
  const running = new Map<string, TrainingControl>();
  const alive = heartbeat(() => emit('engine.alive', {}));
  const control = (runId: string): TrainingControl => {
    const found = running.get(runId);
    if (!found) throw new RpcError('E_NO_RUN', 'This run has ended.');
    return found;
  };
  /** From here on it can be stopped, also while the data are read. */
  const begin = (runId: string): TrainingControl => {
    const own: TrainingControl = { state: 'running' };
    running.set(runId, own);
    alive.start();
    return own;
  };
  const over = (runId: string): void => {
    running.delete(runId);
    if (running.size === 0) alive.stop();
  };
  /** Compiling blocks the process: a run that goes on is worth more than what may come. */
  const isIdle = () => running.size === 0;
  const calls: RunCalls = {
    'engine.prepare': async ({ document, request }) => {
      const backend = chooseEngine(request.engine);
      const { compiled } = readyNetwork(document, request.optimizer);
      if (isIdle()) await prepared.prepare(preparedKey(backend, document, request), backend, compiled, isIdle);
      return {};
    },
    'train.estimate': ({ document, request }) =>
      memoryNeed(readyNetwork(document, request.optimizer).compiled, request.batchSize, chooseEngine(request.engine).name),
    'train.rates': async ({ runId, document, request, data }) => {
      const backend = chooseEngine(request.engine);
      const { compiled: network, analysis, document: parsed } = readyNetwork(document, ofEachBatch(request.optimizer));
      const own = begin(runId);
      try {
        const dataset = await loadDataset(request.dataset, data, analysis);
        refuseTooLarge(network, request.batchSize, backend.name);
        const tell = (point: RatePoint) => emit('train.rate', { runId, point });
        return { points: [...(await testRates({ network, dataset, request, columns: columnsOf(parsed), backend, control: own }, tell))] };
      } finally {
        over(runId);
      }
    },
    'train.start': async ({ runId, document, request, data, resume }) => {
      if (running.has(runId)) throw new RpcError('E_BUSY', 'This run goes on already.');
      const backend = chooseEngine(request.engine);
      const { compiled: network, analysis, document: parsed } = readyNetwork(document, request.optimizer);
      const columns = columnsOf(parsed);
      const own = begin(runId);
      const reading = loadDataset(request.dataset, data, analysis).then((source) => {
        feedingFor(network, source.info, columns);
        refuseTooLarge(network, request.batchSize, backend.name);
        return source;
      });
      reading.catch(() => over(runId));
      const dataset = await reading;
      const session = prepared.take(preparedKey(backend, document, request));
      const trace = () => ({
        network: compileTrace(analysis, findLayer),
        nameOf: (path: string) => analysis.flat.nodes.get(path)?.name ?? path,
      });
      const { metrics } = parsed.training;
      const events = eventsOf(emit, sent, runId);
      void trainNetwork({ network, dataset, request, metrics, columns, backend, resume, control: own, events, session, trace })
        .catch((error: unknown) => ({ status: 'failed' as const, message: errorWords(error), testAccuracy: null, test: null }))
        .then((outcome) => {
          over(runId);
          emit('train.ended', { runId, ...outcome });
        });
      return {};
    },
    'train.pause': ({ runId }) => {
      const own = control(runId);
      if (own.state === 'running') own.state = 'paused';
      return {};
    },
    'train.resume': ({ runId }) => {
      const own = control(runId);
      if (own.state === 'paused') own.state = 'running';
      return {};
    },
    'train.stop': ({ runId }) => {
      control(runId).state = 'stopping';
      return {};
    },
  };
  return { calls, isIdle };
}

/** Also an evaluation of many images, which has no progress of its own, is heard of. */
function heartbeat(beat: () => void) {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => void (timer ??= setInterval(beat, HEARTBEAT)),
    stop() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** What happens in a training, as the process's events. */
export function eventsOf(emit: Emit<EngineContract>, sent: RunsParts['sent'], runId: string): TrainingEvents {
  return {
    progress: ({ points, epochs, unreadable, ...report }) =>
      emit('train.progress', { runId, ...report, points: [...points], epochs: [...epochs], unreadable: [...unreadable] }),
    activity: ({ layers, ...report }) => emit('train.activity', { runId, activity: { ...report, layers: [...layers] } }),
    checkpoint(position, weights) {
      emit('train.checkpoint', { runId, position, weights: plain(weights) });
      return sent();
    },
  };
}

/** As the contract has tensors: with arrays of their own. */
function plain(weights: Tensors) {
  return Object.fromEntries(Object.entries(weights).map(([name, { dtype, shape, data }]) => [name, { dtype, shape: [...shape], data }]));
}
