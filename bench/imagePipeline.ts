import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { feedingFor, shuffledBatches } from '../electron/engine/feeding';
import { folderInfo, folderSource } from '../electron/images/folderSource';
import { scanFolder } from '../electron/images/scanFolder';
import type { Batch } from '../electron/engine/backend';
import { randomOf } from '../shared/program/random';
import { imageNetResnet } from '../shared/testing/knownNetworks';
import { compare, type Comparison } from './harness';
import { OPTIMIZER, sessionIn, subjectOf } from './subjects';

const IMAGES = 10_000;
const SIDE = 256;
const CLASSES = 10;
const BATCH = 32;
/** Of a round: an epoch of all 313 steps takes minutes, and every step of it is like the others. */
const STEPS = 30;

/**
 * Steps on images that are decoded from 10,000 JPEGs of 256² in the order of an epoch, against the same steps on one batch that is
 * there. With two cores decoding has none to itself: ResNet-18 at 128² takes so long a step that it fits into what the step leaves.
 */
export async function imagePipeline(): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), 'skipwire-images-'));
  try {
    await writeImages(folder);
    return await measured(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measured(path: string): Promise<Comparison> {
  const subject = subjectOf(imageNetResnet(18, 128, CLASSES), BATCH);
  const session = await sessionIn('tensorflow', subject);
  const folder = await scanFolder(path);
  const source = folderSource(folder, await folderInfo('bench', folder), { shape: [128, 128, 3] });
  const feeding = feedingFor(subject.network, source.info);
  const step = async (batch: Batch, index: number) => {
    await session.train(batch, { learningRate: OPTIMIZER.learningRate, seed: [1, index] });
    // As a run does between steps.
    await new Promise((resolve) => setImmediate(resolve));
  };
  let [waited, epoch] = [0, 0];
  const fromFiles = {
    name: 'images decoded ahead',
    async run() {
      let index = 0;
      const order = { batchSize: BATCH, seed: 1, epoch: (epoch += 1) };
      for await (const batch of shuffledBatches(source, feeding, order, (milliseconds) => void (waited += milliseconds))) {
        await step(batch, index);
        if ((index += 1) === STEPS) return;
      }
    },
    close: () => console.error(`${waited.toFixed(0)} ms were waited for images in all ${epoch} rounds.`),
  };
  const cached = {
    name: 'a cached batch',
    async run() {
      for (let index = 0; index < STEPS; index += 1) await step(subject.batch, index);
    },
    close: () => session.dispose(),
  };
  const title = `${STEPS} steps of ${BATCH} of ResNet-18 at 128² on ${IMAGES.toLocaleString('en')} JPEGs of ${SIDE}²`;
  return compare({ title, bar: { atMostTimes: 1.05 } }, fromFiles, cached, 3);
}

/** Smooth random pictures, as large as photographs of this size are as files. */
async function writeImages(folder: string): Promise<void> {
  const random = randomOf(1, 'jpegs');
  const coarse = { width: 32, height: 32, channels: 3 } as const;
  for (let kind = 0; kind < CLASSES; kind += 1) await mkdir(join(folder, `class${kind}`));
  for (let index = 0; index < IMAGES; index += 1) {
    const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, () => random.below(256));
    const file = join(folder, `class${index % CLASSES}`, `${index}.jpg`);
    await sharp(pixels, { raw: coarse }).resize(SIDE, SIDE, { kernel: 'cubic' }).jpeg({ quality: 90 }).toFile(file);
  }
}
