import { chooseEngine } from '../electron/engine/engines';
import { shuffledBatches, feedingFor, batchesInOrder } from '../electron/engine/feeding';
import { freshWeights, trainNetwork } from '../electron/engine/training';
import { inMemory, type Dataset, type Samples } from '../shared/data/dataset';
import { engineContract } from '../shared/rpc/engineContract';
import { randomOf } from '../shared/program/random';
import { cifarResnet } from '../shared/testing/knownNetworks';
import { compareCosts } from './cost';
import type { Comparison } from './harness';
import { OPTIMIZER, sessionIn, subjectOf } from './subjects';

const BATCH = 64;
const COUNTS = { train: BATCH * 24, validation: BATCH * 2, test: BATCH * 2 };

/** An epoch as a run has it – shuffling, events, metrics, checkpoint – against the same steps and evaluations one after another. */
export async function epochOverhead(): Promise<Comparison> {
  const subject = subjectOf(cifarResnet(20), BATCH);
  const { network } = subject;
  const source = inMemory(randomImages());
  const feeding = feedingFor(network, source.info);
  const session = await sessionIn('tensorflow', subject);
  const batches = await all(shuffledBatches(source, feeding, { batchSize: BATCH, seed: 1, epoch: 0 }));
  const evaluated = [
    ...(await all(batchesInOrder(source, feeding, 'validation', 256))),
    ...(await all(batchesInOrder(source, feeding, 'test', 256))),
  ];
  const weights = freshWeights(network, 1);
  const bare = {
    name: 'bare steps',
    async run() {
      await session.initialize(weights);
      for (const [step, batch] of batches.entries()) await session.train(batch, { learningRate: OPTIMIZER.learningRate, seed: [1, step] });
      for (const batch of evaluated) await session.evaluate(batch);
    },
  };
  const run = {
    name: 'an epoch of a run',
    async run() {
      const outcome = await trainNetwork({
        network,
        dataset: source,
        request: { dataset: 'bench', epochs: 1, batchSize: BATCH, seed: 1, engine: 'tensorflow', optimizer: OPTIMIZER },
        backend: chooseEngine('tensorflow'),
        resume: null,
        control: { state: 'running' },
        // Compiled ahead, as it is in the app; the run may not end it.
        session: { ...session, dispose: () => undefined },
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
    },
  };
  return compareCosts({ title: 'Host overhead of an epoch, ResNet-20 b64', bar: { atMostTimes: 1.03 } }, run, bare, 7);
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
