import { chooseEngine } from '../electron/engine/engines';
import type { Batch, Session } from '../electron/engine/backend';
import { shuffledBatches, feedingFor } from '../electron/engine/feeding';
import { freshWeights, trainNetwork } from '../electron/engine/training';
import { inMemory, type Dataset, type ImageSource, type Samples } from '../shared/data/dataset';
import type { CompiledNetwork } from '../shared/program/compiled';
import { engineContract } from '../shared/rpc/engineContract';
import { randomOf } from '../shared/program/random';
import { cifarResnet } from '../shared/testing/knownNetworks';
import { comparisonOfCosts, costNow, type Cost, type Round } from './cost';
import type { Comparison } from './harness';
import { OPTIMIZER, sessionIn, subjectOf } from './subjects';

const BATCH = 64;
const COUNTS = { train: BATCH * 24, validation: BATCH * 2, test: BATCH * 2 };

/** Rounds of an epoch each, after two that do not count. */
const ROUNDS = 9;
const WARM_UP = 2;

/**
 * An epoch as a run has it – first weights, shuffling, events, metrics, checkpoint – against the same steps and evaluations one after
 * another on a session of their own. Each of the run's calls of the engine is followed by the bare one, whose time is not the run's: a
 * machine's clock and other load change within seconds, and then meet both.
 */
export async function epochOverhead(): Promise<Comparison> {
  const subject = subjectOf(cifarResnet(20), BATCH);
  const { network } = subject;
  const source = inMemory(randomImages());
  const feeding = feedingFor(network, source.info);
  const sessions = { ours: await sessionIn('tensorflow', subject), bare: await sessionIn('tensorflow', subject) };
  const batches = await all(shuffledBatches(source, feeding, { batchSize: BATCH, seed: 1, epoch: 0 }));
  const weights = freshWeights(network, 1);
  const ledger = createLedger();
  /** A call of the run's session, and after it the like on the bare one. */
  const followed = async <T>(ours: () => Promise<T>, bare: () => Promise<unknown>): Promise<T> => {
    const answer = await ledger.charge('steps', ours);
    await ledger.charge('bare', bare);
    return answer;
  };
  const { ours, bare } = sessions;
  let taken = 0;
  const session: Session = {
    ...ours,
    initialize: (given) =>
      followed(
        () => ours.initialize(given),
        () => bare.initialize(weights),
      ),
    train: (batch, settings) =>
      followed(
        () => ours.train(batch, settings),
        () => bare.train(batches[taken++ % batches.length] as Batch, settings),
      ),
    evaluate: (batch) =>
      followed(
        () => ours.evaluate(batch),
        () => bare.evaluate(batch),
      ),
    // Compiled ahead, as it is in the app; the run may not end it.
    dispose: () => undefined,
  };
  const rounds: (Round & { readonly steps: Cost })[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    ledger.begin();
    await ledger.charge('run', () => epochOfRun(network, source, session));
    const { run, steps, bare: peer } = ledger.end();
    if (round >= 0) rounds.push({ ours: { clock: run.clock + steps.clock, processor: run.processor + steps.processor }, peer, steps });
  }
  const sum = (of: (round: (typeof rounds)[number]) => number) => rounds.reduce((total, round) => total + of(round), 0);
  const beside = sum((round) => round.ours.clock - round.steps.clock) / sum(({ ours: all }) => all.clock);
  console.error(`Beside the engine's calls a run does ${(100 * beside).toFixed(2)} % of its time.`);
  const names = { ours: 'an epoch of a run', peer: 'bare steps' };
  return comparisonOfCosts({ title: 'Host overhead of an epoch, ResNet-20 b64', bar: { atMostTimes: 1.03 } }, names, rounds);
}

async function epochOfRun(network: CompiledNetwork, source: ImageSource, session: Session): Promise<void> {
  const outcome = await trainNetwork({
    network,
    dataset: source,
    request: { dataset: 'bench', epochs: 1, batchSize: BATCH, seed: 1, engine: 'tensorflow', optimizer: OPTIMIZER },
    backend: chooseEngine('tensorflow'),
    resume: null,
    control: { state: 'running' },
    session,
    events: {
      progress: ({ points, epochs, unreadable, ...report }) =>
        void engineContract.events['train.progress'].parse({
          runId: 'bench',
          ...report,
          points: [...points],
          epochs: [...epochs],
          unreadable: [...unreadable],
        }),
      checkpoint: () => undefined,
    },
  });
  if (outcome.status !== 'finished') throw new Error(outcome.message ?? outcome.status);
}

type Account = 'run' | 'steps' | 'bare';

/** Whose time it is: one account at a time, and of what is charged within another the inner one's. */
function createLedger() {
  let costs: Record<Account, Cost>;
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
    begin() {
      const nothing = { clock: 0, processor: 0 };
      costs = { run: nothing, steps: nothing, bare: nothing };
    },
    async charge<T>(account: Account, work: () => Promise<T>): Promise<T> {
      const outer = current;
      turnTo(account);
      try {
        return await work();
      } finally {
        turnTo(outer);
      }
    },
    end: () => costs,
  };
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
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
