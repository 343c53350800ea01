import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { randomOf } from '../shared/program/random';

const IMAGES = 10_000;
export const JPEG_SIDE = 256;
export const JPEG_CLASSES = 10;
/** Of the noise that the pictures are cut from, and of a cut. */
const NOISE = 160;
const CUT = 32;
/** Being encoded at a time. */
const LANES = 4;

/**
 * A folder of 10,000 JPEGs of 256² to train on (and ten to validate with, so that none is parted off), each of about 20 KB, as photographs
 * of that size are. Made once, in a minute of processor time, and kept in the system's folder of temporary files (200 MB).
 */
export async function jpegFolder(): Promise<string> {
  const folder = join(tmpdir(), 'skipwire-bench-jpegs-1');
  if (await stat(folder).catch(() => undefined)) return folder;
  // Elsewhere until it is whole: half a folder would be taken for it.
  const made = await mkdtemp(join(tmpdir(), 'skipwire-bench-making-'));
  await writeJpegs(join(made, 'train'), IMAGES);
  await writeJpegs(join(made, 'validation'), JPEG_CLASSES);
  await rename(made, folder).catch(() => rm(made, { recursive: true }));
  return folder;
}

/** Smooth pictures cut out of one noise, so that making them costs what encoding them does. */
async function writeJpegs(folder: string, count: number): Promise<void> {
  const random = randomOf(1, folder.endsWith('train') ? 'train' : 'validation');
  const noise = Uint8Array.from({ length: NOISE * NOISE * 3 }, () => random.below(256));
  for (let kind = 0; kind < JPEG_CLASSES; kind += 1) await mkdir(join(folder, `class${kind}`), { recursive: true });
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const [left, top] = [random.below(NOISE - CUT), random.below(NOISE - CUT)];
      await sharp(noise, { raw: { width: NOISE, height: NOISE, channels: 3 } })
        .extract({ left, top, width: CUT, height: CUT })
        .resize(JPEG_SIDE, JPEG_SIDE, { kernel: 'cubic' })
        .jpeg({ quality: 90 })
        .toFile(join(folder, `class${index % JPEG_CLASSES}`, `${index}.jpg`));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
