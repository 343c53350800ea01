import { fork } from 'node:child_process';
import type { Batch, Session } from '../electron/engine/backend';
import { chooseEngine } from '../electron/engine/engines';
import { batchesInMemory, shuffledBatches } from '../electron/engine/batches';
import { feedingFor } from '../electron/engine/feeding';
import { readyNetwork } from '../electron/engine/networks';
import { eventsOf } from '../electron/engine/runs';
import { trainNetwork } from '../electron/engine/training';
import type { Dataset, Samples } from '../shared/data/dataset';
import type { SkipDocument } from '../shared/document/document';
import { serializeDocument } from '../shared/document/serialize';
import { randomOf } from '../shared/program/random';
import type { Emit } from '../shared/rpc/define';
import { engineContract, type EngineContract } from '../shared/rpc/engineContract';
import { cifarResnet } from '../shared/testing/knownNetworks';
import { comparisonOfCosts, costNow, type Cost, type Round } from './cost';
import type { Comparison } from './harness';
import { OPTIMIZER, sessionIn } from './subjects';

const BATCH = 64;
const COUNTS = { train: BATCH * 24, validation: BATCH * 2, test: BATCH * 2 };

/** Epochs of one run, after two that do not count. */
const ROUNDS = 9;
const WARM_UP = 2;

/**
 * An epoch as a run has it – shuffling, gathering batches, metrics, looks at the layers' activity, messages to another process, the
 * checkpoint among them – against the same steps and evaluations one after another on a session of their own. Each of the run's calls
 * of the engine has the bare one before or after it, in turns, whose time is not the run's: a machine's clock and other load change within
 * seconds, and then meet both. What is once a run is not counted: first weights, the plans of its programs, the test at its end.
 */
export async function epochOverhead(): Promise<Comparison> {
  const { compiled: network } = readyNetwork(serializeDocument(measured(cifarResnet(20))), OPTIMIZER);
  const source = batchesInMemory(randomImages());
  const feeding = feedingFor(network, source.info);
  const sessions = { ours: await sessionIn('tensorflow', { network }), bare: await sessionIn('tensorflow', { network }) };
  const batches = await all(shuffledBatches(source, feeding, { batchSize: BATCH, seed: 1, epoch: 0 }));
  const ledger = createLedger();
  const host = messagesToProcess();
  let isBareFirst = false;
  /** A call of the run's session, and the like on the bare one. */
  const beside = async <T>(ours: () => Promise<T>, bare: () => Promise<unknown>): Promise<T> => {
    isBareFirst = !isBareFirst;
    if (isBareFirst) await ledger.charge('bare', bare);
    const answer = await ledger.charge('steps', ours);
    if (!isBareFirst) await ledger.charge('bare', bare);
    return answer;
  };
  const { ours, bare } = sessions;
  let taken = 0;
  const session: Session = {
    ...ours,
    train: (batch, settings) =>
      beside(
        () => ours.train(batch, settings),
        () => bare.train(batches[taken++ % batches.length] as Batch, settings),
      ),
    evaluate: (batch) =>
      beside(
        () => ours.evaluate(batch),
        () => bare.evaluate(batch),
      ),
    activity: (inputs, seed) => ledger.charge('looks', () => ours.activity(inputs, seed)),
    read: () => ledger.charge('reads', () => ours.read()),
  };
  const epochs: Costs[] = [];
  const events = eventsOf(host.emit, host.sent, 'bench');
  const outcome = await ledger
    .charge('run', () =>
      trainNetwork({
        network,
        dataset: source,
        request: { dataset: 'bench', epochs: WARM_UP + ROUNDS, batchSize: BATCH, seed: 1, engine: 'tensorflow', optimizer: OPTIMIZER },
        metrics: METRICS,
        backend: chooseEngine('tensorflow'),
        resume: null,
        control: { state: 'running' },
        session,
        // In its own time: looks are so many a second.
        now: () => ledger.timeOf(['run', 'steps', 'looks', 'reads']),
        events: {
          ...events,
          async checkpoint(position, weights) {
            await events.checkpoint(position, weights);
            epochs.push(ledger.cut());
          },
        },
      }),
    )
    .finally(host.close);
  if (outcome.status !== 'finished') throw new Error(outcome.message ?? outcome.status);
  return comparisonOfEpochs(epochs.slice(WARM_UP));
}

/** Beside loss and accuracy: sums, and one that keeps every score. */
const METRICS = [{ kind: 'f1Score' }, { kind: 'auc' }] as const;

function measured(document: SkipDocument): SkipDocument {
  return { ...document, training: { ...document.training, metrics: METRICS } };
}

function comparisonOfEpochs(epochs: readonly Costs[]): Comparison {
  const rounds = epochs.map(({ run, steps, looks, reads, bare }): Round => ({ ours: sumOf([run, steps, looks, reads]), peer: bare }));
  const whole = sumOf(rounds.map(({ ours }) => ours)).clock;
  const share = (account: Account) => ((100 * sumOf(epochs.map((epoch) => epoch[account])).clock) / whole).toFixed(2);
  console.error(
    `Of its time an epoch looks at layers ${share('looks')} %, reads weights ${share('reads')} %, does the rest beside its steps ${share('run')} %.`,
  );
  const names = { ours: 'an epoch of a run', peer: 'bare steps' };
  return comparisonOfCosts({ title: 'Host overhead of an epoch, ResNet-20 b64', bar: { atMostTimes: 1.03 } }, names, rounds);
}

/** Sends as the engine's process does, to one that only listens. */
function messagesToProcess() {
  const child = fork('-', { execArgv: ['-e', "process.on('message', () => undefined)"], serialization: 'advanced' });
  let last = Promise.resolve();
  const emit: Emit<EngineContract> = (name, payload) => {
    const message = { kind: 'event', name, payload: engineContract.events[name].parse(payload) };
    last = new Promise((resolve) => child.send(message, () => resolve()));
  };
  return { emit, sent: () => last, close: () => child.kill() };
}

type Account = 'run' | 'steps' | 'looks' | 'reads' | 'bare';
type Costs = Record<Account, Cost>;

function nothing(): Costs {
  const none = { clock: 0, processor: 0 };
  return { run: none, steps: none, looks: none, reads: none, bare: none };
}

function sumOf(costs: readonly Cost[]): Cost {
  const of = (what: keyof Cost) => costs.reduce((sum, cost) => sum + cost[what], 0);
  return { clock: of('clock'), processor: of('processor') };
}

/** Whose time it is: one account at a time, and of what is charged within another the inner one's. */
function createLedger() {
  let costs = nothing();
  let past = nothing();
  let current: Account | undefined;
  let since = costNow();
  const turnTo = (next: Account | undefined) => {
    // Asking for the processor's time takes a quarter of a millisecond, a hundred times an epoch: it is nobody's.
    const clockNow = performance.now();
    const { processor: processorNow } = costNow();
    if (current) {
      const { clock, processor } = costs[current];
      costs[current] = { clock: clock + clockNow - since.clock, processor: processor + processorNow - since.processor };
    }
    since = costNow();
    current = next;
  };
  return {
    async charge<T>(account: Account, work: () => Promise<T>): Promise<T> {
      const outer = current;
      turnTo(account);
      try {
        return await work();
      } finally {
        turnTo(outer);
      }
    },
    /** The costs since the last cut. */
    cut(): Costs {
      turnTo(current);
      const ended = costs;
      past = mapped((account) => sumOf([past[account], ended[account]]));
      costs = nothing();
      return ended;
    },
    /** Milliseconds of some accounts in all, up to now. */
    timeOf(accounts: readonly Account[]): number {
      const running = current && accounts.includes(current) ? performance.now() - since.clock : 0;
      return running + sumOf(accounts.flatMap((account) => [past[account], costs[account]])).clock;
    },
  };
}

function mapped(of: (account: Account) => Cost): Costs {
  return { run: of('run'), steps: of('steps'), looks: of('looks'), reads: of('reads'), bare: of('bare') };
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  // The next one takes its memory.
  for await (const item of items) list.push(structuredClone(item));
  return list;
}

function randomImages(): Dataset {
  const random = randomOf(1, 'images');
  const split = (count: number): Samples => ({
    count,
    pixels: Float32Array.from({ length: count * 32 * 32 * 3 }, () => random.uniform()),
    labels: Int32Array.from({ length: count }, () => random.below(10)),
  });
  const classes = Array.from({ length: 10 }, (_, index) => String(index));
  return {
    info: {
      id: 'bench',
      title: 'Random images',
      description: 'Noise of CIFAR’s size.',
      licence: 'none',
      imageShape: [32, 32, 3],
      classes,
      counts: COUNTS,
      classCounts: classes.map(() => 0),
    },
    splits: { train: split(COUNTS.train), validation: split(COUNTS.validation), test: split(COUNTS.test) },
  };
}
