import { availableParallelism } from 'node:os';
import { shuffledBatches } from '../electron/engine/batches';
import { feedingFor } from '../electron/engine/feeding';
import { folderBatches } from '../electron/engine/reading/folderBatches';
import { readerInThread } from '../electron/engine/reading/reader';
import { folderInfo } from '../electron/images/folderSource';
import { scanFolder, type ImageFolder } from '../electron/images/scanFolder';
import type { Batch } from '../electron/engine/backend';
import { yieldToMessages } from '../electron/engine/training';
import { THREADS } from '../shared/rpc/engineContract';
import { imageNetResnet } from '../shared/testing/knownNetworks';
import { comparisonOfCosts, costOf, type Round } from './cost';
import type { Comparison } from './harness';
import { JPEG_CLASSES, JPEG_SIDE, jpegFolder } from './jpegs';
import { OPTIMIZER, sessionIn, subjectOf } from './subjects';

const BATCH = 40;
/** Of a network's input. */
const SIDE = 128;
const DEPTH = 18;

/** The whole epoch of 250 steps in ten parts. */
export function imagePipelineEpoch(): Promise<Comparison> {
  return compared(Array.from({ length: 10 }, (_, index) => ({ from: index * 25, steps: 25 })));
}

/** Three parts of it, short enough to be run with all others. */
export function imagePipeline(): Promise<Comparison> {
  return compared([0, 80, 160].map((from) => ({ from, steps: 10 })));
}

/** So many batches of the images from one batch on. */
interface Part {
  readonly from: number;
  readonly steps: number;
}

/**
 * Steps on images decoded ahead from 10,000 JPEGs of 256², against as many steps on one batch that is there, part after part, so that
 * whatever else the machine does meets both. The engine has one core less than there are: the spare one decodes. On two cores a step of
 * ResNet-18 at 128² then takes ten times as long as decoding its images. Each part begins with nothing decoded, as an epoch does.
 */
async function compared(parts: readonly Part[]): Promise<Comparison> {
  process.env[THREADS] ??= String(Math.max(1, availableParallelism() - 1));
  const subject = subjectOf(imageNetResnet(DEPTH, SIDE, JPEG_CLASSES), BATCH);
  const session = await sessionIn('tensorflow', subject);
  const folder = await scanFolder(await jpegFolder());
  const { length: images } = folder.splits.train.files;
  const reader = readerInThread(new URL('../out/node/reading.js', import.meta.url));
  let waited = 0;
  const step = async (batch: Batch, index: number) => {
    await session.train(batch, { learningRate: OPTIMIZER.learningRate, seed: [1, index] });
    await yieldToMessages();
  };
  const fromFiles = async (part: Part) => {
    const own = partOf(folder, part);
    const source = folderBatches(own, await folderInfo('bench', own, [SIDE, SIDE, 3]), { shape: [SIDE, SIDE, 3] }, reader);
    const order = { batchSize: BATCH, seed: 1, epoch: 0 };
    let index = 0;
    for await (const batch of shuffledBatches(source, feedingFor(subject.network, source.info), order, (time) => void (waited += time)))
      await step(batch, (index += 1));
  };
  const cached = async ({ steps }: Part) => {
    for (let index = 0; index < steps; index += 1) await step(subject.batch, index);
  };
  const warmUp = { from: 0, steps: 3 };
  await fromFiles(warmUp);
  await cached(warmUp);
  waited = 0;
  const rounds: Round[] = [];
  for (const part of parts) rounds.push({ ours: await costOf(() => fromFiles(part)), peer: await costOf(() => cached(part)) });
  session.dispose();
  const clock = rounds.reduce((sum, { ours }) => sum + ours.clock, 0);
  console.error(`Images were waited for ${((100 * waited) / clock).toFixed(1)} % of the time.`);
  const steps = parts.reduce((sum, part) => sum + part.steps, 0);
  return comparisonOfCosts(
    {
      title: `${steps} steps of ${BATCH} of ResNet-${DEPTH} at ${SIDE}² on ${images.toLocaleString('en')} JPEGs of ${JPEG_SIDE}²`,
      bar: { atMostTimes: 1.05 },
    },
    { ours: 'images decoded ahead', peer: 'a cached batch' },
    rounds,
  );
}

/** A folder of the images of a part only. */
function partOf(folder: ImageFolder, { from, steps }: Part): ImageFolder {
  const { files, labels } = folder.splits.train;
  const [start, end] = [from * BATCH, (from + steps) * BATCH];
  return { ...folder, splits: { ...folder.splits, train: { files: files.slice(start, end), labels: labels.slice(start, end) } } };
}
