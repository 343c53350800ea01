import { feedingFor, shuffledBatches } from '../electron/engine/feeding';
import { folderInfo, folderSource } from '../electron/images/folderSource';
import { scanFolder } from '../electron/images/scanFolder';
import type { Batch } from '../electron/engine/backend';
import { yieldToMessages } from '../electron/engine/training';
import { imageNetResnet } from '../shared/testing/knownNetworks';
import { comparisonOf, type Comparison } from './harness';
import { JPEG_CLASSES, JPEG_SIDE, jpegFolder } from './jpegs';
import { OPTIMIZER, sessionIn, subjectOf } from './subjects';

const BATCH = 40;
/** Of a network's input. ResNet-18 at 128² takes some 50 ms of both cores for an image, and decoding one some 2 ms of one core. */
const SIDE = 128;
const DEPTH = 18;

/** A part of an epoch: so many steps from so many batches on. */
interface Part {
  readonly from: number;
  readonly steps: number;
}

/** The whole epoch of 250 steps in ten parts: on a quiet machine of two cores about half an hour. */
export function imagePipelineEpoch(): Promise<Comparison> {
  return compared(Array.from({ length: 10 }, (_, index) => ({ from: index * 25, steps: 25 })));
}

/** Three parts of it, short enough to be run with all others. */
export function imagePipeline(): Promise<Comparison> {
  return compared([0, 80, 160].map((from) => ({ from, steps: 10 })));
}

/**
 * Steps on images decoded ahead from 10,000 JPEGs of 256² in the order of an epoch, against as many steps on one batch that is there, part
 * after part, so that whatever else the machine does meets both. Each part begins with nothing decoded, which a run has once an epoch.
 * Of the processor's time, which other load does not change much, both are told on the error stream.
 */
async function compared(parts: readonly Part[]): Promise<Comparison> {
  const subject = subjectOf(imageNetResnet(DEPTH, SIDE, JPEG_CLASSES), BATCH);
  const session = await sessionIn('tensorflow', subject);
  const folder = await scanFolder(await jpegFolder());
  const source = folderSource(folder, await folderInfo('bench', folder), { shape: [SIDE, SIDE, 3] });
  const feeding = feedingFor(subject.network, source.info);
  let waited = 0;
  const step = async (batch: Batch, index: number) => {
    await session.train(batch, { learningRate: OPTIMIZER.learningRate, seed: [1, index] });
    await yieldToMessages();
  };
  const fromFiles = async ({ from, steps }: Part) => {
    let index = 0;
    const order = { batchSize: BATCH, seed: 1, epoch: 0, from };
    for await (const batch of shuffledBatches(source, feeding, order, (milliseconds) => void (waited += milliseconds))) {
      await step(batch, index);
      if ((index += 1) === steps) return;
    }
  };
  const cached = async ({ steps }: Part) => {
    for (let index = 0; index < steps; index += 1) await step(subject.batch, index);
  };
  await fromFiles({ from: 0, steps: 3 });
  await cached({ from: 0, steps: 3 });
  waited = 0;
  const rounds: { ours: Cost; peer: Cost }[] = [];
  for (const part of parts) rounds.push({ ours: await costOf(() => fromFiles(part)), peer: await costOf(() => cached(part)) });
  session.dispose();
  const total = (side: 'ours' | 'peer', what: keyof Cost) => rounds.reduce((sum, round) => sum + round[side][what], 0);
  console.error(
    `Processor time ${(total('ours', 'processor') / total('peer', 'processor')).toFixed(3)} times, time ${(total('ours', 'clock') / total('peer', 'clock')).toFixed(3)} times that of the cached batch in all; ` +
      `images were waited for ${((100 * waited) / total('ours', 'clock')).toFixed(1)} % of the time.`,
  );
  const steps = parts.reduce((sum, part) => sum + part.steps, 0);
  const { length: images } = folder.splits.train.files;
  return comparisonOf(
    {
      title: `${steps} steps of ${BATCH} of ResNet-${DEPTH} at ${SIDE}² on ${images.toLocaleString('en')} JPEGs of ${JPEG_SIDE}²`,
      bar: { atMostTimes: 1.05 },
    },
    { ours: 'images decoded ahead', peer: 'a cached batch' },
    rounds.map(({ ours, peer }) => ({ ours: ours.clock, peer: peer.clock })),
  );
}

/** Milliseconds, by the clock and of the processor in all threads of this process. */
interface Cost {
  readonly clock: number;
  readonly processor: number;
}

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { clock: performance.now() - started, processor: (user + system) / 1000 };
}
