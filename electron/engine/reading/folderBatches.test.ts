import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { preprocessingOf, type Preprocessing } from '../../../shared/data/preprocessing';
import { folderInfo } from '../../images/folderSource';
import { scanFolder, type ImageFolder } from '../../images/scanFolder';
import type { BatchSource, Pass, PlacedBatch } from '../batches';
import { batchesInOrder, shuffledBatches } from '../batches';
import type { Feeding } from '../feeding';
import { folderBatches } from './folderBatches';
import { spareMemory } from './memory';
import { readBatch, type BatchToRead, type ReadBatch } from './readBatch';
import { readerInThread, type Reader } from './reader';

const thread = new URL('../../../out/node/reading.js', import.meta.url);
const intake = { shape: [8, 8, 3] } as const;
const settings = preprocessingOf({ randomFlip: true, values: 'minusOneToOne' }) as Preprocessing;
const feeding: Feeding = {
  inputs: [{ name: 'image', shape: [8, 8, 3], as: 'image', prepare: { settings, values: true } }],
  targets: [
    { name: 'kind', shape: [], as: 'index' },
    { name: 'again', shape: [3, 8, 8], as: 'channelsFirst' },
  ],
};

/** Reads in the place where it is asked, for comparison with the thread. */
const inPlace: Reader = {
  read(wanted) {
    const read = readBatch(wanted, { memory: (length) => new Float32Array(length), inTurn: (decode) => decode() });
    return { ready: () => read, drop: () => undefined };
  },
};

let folder: string;
let scanned: ImageFolder;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skipwire-reading-'));
  for (let index = 0; index < 11; index += 1) {
    const path = join(folder, 'train', index % 2 === 0 ? 'even' : 'odd');
    await mkdir(path, { recursive: true });
    const noise = Uint8Array.from({ length: 10 * 10 * 3 }, (_, at) => (at * (index + 3) * 17) % 256);
    await sharp(noise, { raw: { width: 10, height: 10, channels: 3 } })
      .png()
      .toFile(join(path, `${index}.png`));
  }
  scanned = await scanFolder(folder);
});

afterEach(() => rm(folder, { recursive: true }));

async function sourceOf(reader: Reader): Promise<BatchSource> {
  return folderBatches(scanned, await folderInfo('own', scanned, [...intake.shape]), intake, reader);
}

async function listed(batches: AsyncIterable<PlacedBatch>): Promise<readonly PlacedBatch[]> {
  const list: PlacedBatch[] = [];
  for await (const batch of batches) list.push(structuredClone(batch));
  return list;
}

describe('the images of a folder in a thread of their own', () => {
  it('are the batches that are read in place, epoch by epoch, flipped by the same chance', async () => {
    const [ours, theirs] = [await sourceOf(readerInThread(thread)), await sourceOf(inPlace)];
    for (const epoch of [0, 1]) {
      const order = { batchSize: 3, seed: 5, epoch };
      const batches = await listed(shuffledBatches(ours, feeding, order));
      expect(batches).toEqual(await listed(shuffledBatches(theirs, feeding, order)));
      expect(batches.reduce((sum, { places }) => sum + places.length, 0)).toBe(scanned.splits.train.files.length);
    }
    expect(await listed(batchesInOrder(ours, feeding, 'validation', 4))).toEqual(
      await listed(batchesInOrder(theirs, feeding, 'validation', 4)),
    );
  });

  it('go back with their memory when others are asked for', async () => {
    const source = await sourceOf(readerInThread(thread));
    const batches: PlacedBatch[] = [];
    for await (const batch of shuffledBatches(source, feeding, { batchSize: 2, seed: 1, epoch: 0 })) batches.push(batch);
    const kept = batches.filter(({ inputs }) => inputs['image']?.data.length !== 0);
    expect(batches.length).toBeGreaterThan(3);
    expect(kept).toEqual(batches.slice(-3));
  });

  it('name a file that is none, leave it out, and go on after a pass that was left in its middle', async () => {
    const [first = ''] = scanned.splits.train.files;
    await writeFile(first, 'no image at all');
    const source = await sourceOf(readerInThread(thread));
    const order = { batchSize: 2, seed: 1, epoch: 0 };
    for await (const { places } of shuffledBatches(source, feeding, order)) {
      expect(places.length).toBeGreaterThan(0);
      break;
    }
    const batches = await listed(shuffledBatches(source, feeding, order));
    expect(batches.flatMap(({ places }) => [...places]).toSorted((a, b) => a - b)).toEqual(
      scanned.splits.train.files.flatMap((file, place) => (file === first ? [] : [place])),
    );
    expect(source.unreadable()).toEqual([expect.stringMatching(/^train.even.0\.png: /)]);
  });

  it('are refused with the reason where the thread ends, and read by another one after', async () => {
    const broken = await sourceOf(readerInThread(new URL('data:text/javascript,process.exit(3)')));
    for (const _ of ['once', 'again'])
      await expect(listed(batchesInOrder(broken, feeding, 'train', 4))).rejects.toThrow(
        'Images cannot be read: their thread ended with code 3.',
      );
  });
});

describe('memory that is used again', () => {
  it('is a piece that is as large as wanted, and not much larger', () => {
    const { take, give } = spareMemory();
    const pieces = [10, 100, 21].map((length) => take(length).buffer as ArrayBuffer);
    give(pieces);
    const taken = [take(10), take(10), take(60)];
    expect(taken.map(({ length }) => length)).toEqual([10, 10, 60]);
    expect(taken.map(({ buffer }) => pieces.indexOf(buffer as ArrayBuffer))).toEqual([0, -1, 1]);
  });
});

describe('batches of a folder', () => {
  it('are asked for two ahead, in order, with the memory of those before; one that is late is waited for; the rest is dropped', async () => {
    const asked: { readonly first: number | undefined; readonly spent: number }[] = [];
    const [hurried, dropped, answers]: [number[], number[], ((read: ReadBatch) => void)[]] = [[], [], []];
    const slow: Reader = {
      read({ places }, spent) {
        const id = asked.push({ first: places[0], spent: spent.length }) - 1;
        const answer = new Promise<ReadBatch>((resolve) => (answers[id] = resolve));
        return {
          ready() {
            hurried.push(id);
            return answer;
          },
          drop: () => void dropped.push(id),
        };
      },
    };
    const places = Int32Array.from({ length: 10 }, (_, index) => index);
    const pass: Pass = { feeding, split: 'train', places, batchSize: 2 };
    const batches = (await sourceOf(slow)).batches(pass) as AsyncGenerator<PlacedBatch>;
    const first = batches.next();
    await Promise.resolve();
    expect(asked.map((one) => one.first)).toEqual([0, 2, 4]);
    // The second is there before the first.
    answers[1]?.(readOf({ places: Int32Array.of(2, 3) }));
    answers[0]?.(readOf({ places: Int32Array.of(0, 1) }));
    expect((await first).value).toMatchObject({ places: Int32Array.of(0, 1) });
    expect((await batches.next()).value).toMatchObject({ places: Int32Array.of(2, 3) });
    expect(asked.map(({ spent }) => spent)).toEqual([0, 0, 0, 1]);
    await batches.return(undefined);
    expect([hurried, dropped]).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });
});

function readOf({ places }: Pick<BatchToRead, 'places'>): ReadBatch {
  const image = { dtype: 'float32', shape: [places.length, 8, 8, 3], data: new Float32Array(places.length * 192) } as const;
  return { batch: { inputs: { image }, targets: {}, places }, broken: [] };
}
