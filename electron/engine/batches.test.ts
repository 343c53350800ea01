import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Batch } from './backend';
import { batchesInMemory, batchesInOrder, shuffledBatches, type BatchSource } from './batches';
import { feedingFor } from './feeding';
import { stripes, stripesNetwork } from './testing/stripes';

const { info } = stripes({ train: 1, validation: 1, test: 1 });

/** Samples that can be told apart: every pixel of image i is i, its label i mod 3. */
function numbered(count: number): BatchSource {
  const samples = {
    count,
    pixels: Float32Array.from({ length: count * 16 }, (_, at) => Math.floor(at / 16)),
    labels: Int32Array.from({ length: count }, (_, index) => index % 3),
  };
  return batchesInMemory({
    info: { ...info, counts: { train: count, validation: count, test: count } },
    splits: { train: samples, validation: samples, test: samples },
  });
}

async function listed(batches: AsyncIterable<Batch>): Promise<readonly Batch[]> {
  const list: Batch[] = [];
  // The next batch takes the memory of this one.
  for await (const batch of batches) list.push(structuredClone(batch));
  return list;
}

async function all(batches: AsyncIterable<Batch>): Promise<readonly (readonly number[])[]> {
  return (await listed(batches)).map(imagesOf);
}

/** The numbers of a batch's images; each must have the label of its own image. */
function imagesOf({ inputs, targets }: Batch): readonly number[] {
  const { data, shape } = inputs['image'] ?? { data: [], shape: [] };
  const images = Array.from({ length: shape[0] ?? 0 }, (_, index) => data[index * 16] as number);
  expect(Array.from(targets['kind']?.data ?? [])).toEqual(images.map((image) => image % 3));
  return images;
}

describe('the batches of an epoch', () => {
  const feeding = feedingFor(stripesNetwork(), info);

  it('have every sample once, with its label, in batches of the wanted size and a rest', async () => {
    const sizes = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(sizes, sizes, fc.nat(), fc.nat(1000), async (count, batchSize, seed, epoch) => {
        const batches = await all(shuffledBatches(numbered(count), feeding, { batchSize, seed, epoch }));
        expect(batches.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
        expect(batches.map(({ length }) => length)).toEqual(
          Array.from({ length: Math.ceil(count / batchSize) }, (_, index) => Math.min(batchSize, count - index * batchSize)),
        );
      }),
    );
  });

  it('come in an order of their own for each seed and epoch, the same each time', async () => {
    const order = async (seed: number, epoch: number) =>
      (await all(shuffledBatches(numbered(30), feeding, { batchSize: 7, seed, epoch }))).flat();
    expect(await order(1, 0)).toEqual(await order(1, 0));
    const orders = [await order(1, 0), await order(1, 1), await order(2, 0), Array.from({ length: 30 }, (_, index) => index)];
    expect(new Set(orders.map(String)).size).toBe(orders.length);
  });

  it('can begin in the middle', async () => {
    const order = { batchSize: 7, seed: 1, epoch: 0 };
    const whole = await all(shuffledBatches(numbered(30), feeding, order));
    expect(await all(shuffledBatches(numbered(30), feeding, { ...order, from: 3 }))).toEqual(whole.slice(3));
  });

  it('of an evaluation come in the order of the data', async () => {
    expect(await all(batchesInOrder(numbered(11), feeding, 'test', 4))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10],
    ]);
  });

  it('are refused where no file of the part can be read, and where there is none; a rest that cannot be read is no reason', async () => {
    const broken: BatchSource = {
      ...numbered(4),
      unreadable: () => ['cat/a.jpg: no image'],
      batches: () => [{ inputs: {}, targets: {}, places: new Int32Array() }],
    };
    const order = { batchSize: 3, seed: 1, epoch: 0 };
    await expect(all(shuffledBatches(broken, feeding, order))).rejects.toMatchObject({
      code: 'E_DATA',
      message: 'None of the 4 images in the training part of Stripes can be read: cat/a.jpg: no image.',
    });
    expect(await all(shuffledBatches(broken, feeding, { ...order, from: 1 }))).toEqual([]);
    await expect(all(shuffledBatches(numbered(0), feeding, order))).rejects.toThrow('The training part of Stripes is empty.');
    // What cannot be read is of another part.
    const empty = { ...numbered(0), unreadable: broken.unreadable };
    await expect(all(shuffledBatches(empty, feeding, order))).rejects.toThrow('The training part of Stripes is empty.');
  });
});
