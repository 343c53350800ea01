import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inMemory, type ChosenSamples, type ImageSource } from '../../shared/data/dataset';
import { allImages } from '../../shared/data/images';
import { prepareImages, toChannelsFirst } from '../../shared/data/prepareImage';
import { preprocessingOf, type Preprocessing } from '../../shared/data/preprocessing';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Batch } from './backend';
import { batchesInOrder, batchOf, feedingFor, memoryOfFeeds, shuffledBatches, type Feeding } from './feeding';
import { stripes, stripesNetwork } from './testing/stripes';

const network = stripesNetwork();
const { info } = stripes({ train: 1, validation: 1, test: 1 });
const filling = { memoryOf: memoryOfFeeds() };

/** Samples that can be told apart: every pixel of image i is i, its label i mod 3. */
function numbered(count: number): ImageSource {
  const samples = {
    count,
    pixels: Float32Array.from({ length: count * 16 }, (_, at) => Math.floor(at / 16)),
    labels: Int32Array.from({ length: count }, (_, index) => index % 3),
  };
  return inMemory({
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

function samplesOf(pixels: Float32Array, size: number, labels: readonly number[]): ChosenSamples {
  return { images: allImages(pixels, size), labels: Int32Array.from(labels) };
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

function withInput(shape: readonly number[]): CompiledNetwork {
  return { ...network, inputs: [{ name: 'image', type: { dtype: 'float32', shape: ['N' as never, ...shape] } }] };
}

describe('how data fits a network', () => {
  it.each([
    ['channels-last', [4, 4, 1], 'image'],
    ['channels-first', [1, 4, 4], 'channelsFirst'],
    ['as a vector', [16], 'image'],
  ])('takes images %s', (_, shape, as) => {
    expect(feedingFor(withInput(shape), info)).toEqual({
      inputs: [{ name: 'image', shape, as }],
      targets: [{ name: 'kind', shape: [], as: 'index' }],
    });
  });

  it('names both shapes where they do not fit', () => {
    expect(() => feedingFor(withInput([8, 8, 3]), info)).toThrow('The input "image" expects 8×8×3; the images of Stripes are 4×4×1.');
  });

  it('names both numbers of classes where there are too few outputs', () => {
    const [target] = network.targets;
    const two = { ...network, targets: [{ ...(target as NonNullable<typeof target>), classes: 2 }] };
    expect(() => feedingFor(two, info)).toThrow('The output "kind" tells 2 classes apart; Stripes has 3.');
  });

  it('fills several inputs, each from its own column', () => {
    const classes = { name: 'class', type: { dtype: 'float32', shape: ['N' as never, 3] } } as const;
    const two = { ...network, inputs: [...network.inputs, classes] };
    expect(() => feedingFor(two, info)).toThrow('The input "class" expects 3; the images of Stripes are 4×4×1.');
    const feeding = feedingFor(two, info, { inputs: { class: 'label' }, outputs: {} });
    const samples = samplesOf(new Float32Array(32), 16, [2, 0]);
    expect(batchOf(feeding, info, samples, filling).inputs['class']).toEqual({
      dtype: 'float32',
      shape: [2, 3],
      data: Float32Array.of(0, 0, 1, 1, 0, 0),
    });
  });

  it.each([
    ['an image, for a network that draws it again', [4, 4, 1], 'image', 'image'],
    ['a 1 among zeros', [3], 'label', 'oneHot'],
    ['its number', [1], 'label', 'number'],
  ])('holds an output of numbers against %s', (_, shape, column, as) => {
    const [target] = network.targets;
    const values = {
      ...(target as NonNullable<typeof target>),
      form: 'values',
      type: { dtype: 'float32', shape: ['N' as never, ...shape] },
    } as const;
    const feeding = feedingFor({ ...network, targets: [values] }, info, { inputs: {}, outputs: { kind: column } });
    expect(feeding.targets).toEqual([{ name: 'kind', shape, as }]);
  });

  it('says which columns there are', () => {
    expect(() => feedingFor(network, info, { inputs: {}, outputs: { kind: 'age' } })).toThrow(
      'Stripes has no column "age". It has: image, label.',
    );
    expect(() => feedingFor(network, info, { inputs: {}, outputs: { kind: 'image' } })).toThrow('learns classes');
  });

  it('turns images for a channels-first network', () => {
    const two = { ...info, imageShape: [1, 2, 2] as [number, number, number] };
    const feeding: Feeding = { inputs: [{ name: 'image', shape: [2, 1, 2], as: 'channelsFirst' }], targets: [] };
    const samples = samplesOf(Float32Array.of(1, 10, 2, 20, 3, 30, 4, 40), 4, [0, 0]);
    const { image } = batchOf(feeding, two, samples, filling).inputs;
    expect(image).toEqual({ dtype: 'float32', shape: [2, 2, 1, 2], data: Float32Array.of(1, 2, 10, 20, 3, 4, 30, 40) });
  });
});

describe('images that are prepared', () => {
  const settings = (params: object) => preprocessingOf(params) as Preprocessing;
  const withPreprocessing = (shape: readonly number[], params: object): CompiledNetwork => {
    const [input] = withInput(shape).inputs;
    return { ...network, inputs: [{ ...(input as NonNullable<typeof input>), preprocessing: settings(params) }] };
  };
  const prepared = { minAspectDim: 6, resizeDim: 5, randomFlip: true, colours: 'rgb', values: 'minusOneToOne' };

  it.each([
    ['channels last', [5, 5, 3], 'image'],
    ['channels first', [3, 5, 5], 'channelsFirst'],
  ])('fill an input, %s', (_, shape, as) => {
    const feeding = feedingFor(withPreprocessing(shape, prepared), info);
    expect(feeding.inputs).toEqual([{ name: 'image', shape, as, prepare: { settings: settings(prepared), values: true } }]);
    const { pixels } = stripes({ train: 2, validation: 1, test: 1 }).splits.train;
    const { image } = batchOf(feeding, info, samplesOf(pixels, 16, [0, 0]), filling).inputs;
    const ours = prepareImages(settings(prepared), pixels, info.imageShape);
    expect(image).toEqual({ dtype: 'float32', shape: [2, ...shape], data: as === 'image' ? ours : toChannelsFirst(ours, [5, 5, 3]) });
  });

  it('are cut anew in each epoch, the same at each run, and from the middle when nothing is trained', async () => {
    const feeding = feedingFor(withPreprocessing([5, 5, 3], prepared), info);
    const dataset = stripes({ train: 9, validation: 2, test: 2 });
    const images = async (epoch: number, from = 0) => {
      const batches = await listed(shuffledBatches(inMemory(dataset), feeding, { batchSize: 3, seed: 7, epoch, from }));
      return batches.map(({ inputs }) => Array.from(inputs['image']?.data ?? []).join());
    };
    const first = await images(0);
    expect(await images(0)).toEqual(first);
    expect(await images(0, 2)).toEqual(first.slice(2));
    expect(await images(1)).not.toEqual(first);
    const [whole] = await listed(batchesInOrder(inMemory(dataset), feeding, 'test', 2));
    expect(whole?.inputs['image']?.data).toEqual(prepareImages(settings(prepared), dataset.splits.test.pixels, info.imageShape));
  });

  it('take the memory of the batch before, the last of them a part of it, and leave the data as they are', async () => {
    const dataset = stripes({ train: 18, validation: 1, test: 1 });
    const before = dataset.splits.train.pixels.slice();
    /** In how many pieces of memory the images of all batches are. */
    const pieces = async (feeding: Feeding) => {
      const seen: unknown[] = [];
      for await (const { inputs } of shuffledBatches(inMemory(dataset), feeding, { batchSize: 4, seed: 1, epoch: 0 }))
        seen.push(inputs['image']?.data.buffer);
      return [seen.length, new Set(seen).size];
    };
    expect(await pieces(feedingFor(withPreprocessing([5, 5, 3], prepared), info))).toEqual([5, 1]);
    expect(await pieces(feedingFor(network, info))).toEqual([5, 1]);
    expect(dataset.splits.train.pixels).toEqual(before);
  });

  it('are what a network that draws them again is held against, as it saw them but from 0 to 1', async () => {
    const [target] = network.targets;
    const drawn = {
      ...(target as NonNullable<typeof target>),
      form: 'values',
      type: { dtype: 'float32', shape: ['N' as never, 5, 5, 3] },
    } as const;
    const both = { ...withPreprocessing([5, 5, 3], prepared), targets: [drawn] };
    const feeding = feedingFor(both, info, { inputs: {}, outputs: { kind: 'image' } });
    const source = inMemory(stripes({ train: 8, validation: 1, test: 1 }));
    for (const { inputs, targets } of await listed(shuffledBatches(source, feeding, { batchSize: 4, seed: 1, epoch: 0 }))) {
      const seen = Array.from(inputs['image']?.data ?? []);
      expect(seen).toHaveLength(4 * 75);
      Array.from(targets['kind']?.data ?? []).forEach((value, at) => expect(value * 2 - 1).toBeCloseTo(seen[at] as number, 5));
    }
  });

  it('say what they become where that does not fit, and why they cannot be prepared', () => {
    expect(() => feedingFor(withPreprocessing([8, 8, 3], prepared), info)).toThrow(
      'The input "image" expects 8×8×3; the images of Stripes are 5×5×3 when they are prepared.',
    );
    expect(() => feedingFor(withPreprocessing([8, 8, 1], { resizeDim: 8 }), info)).toThrow(
      'The images of Stripes cannot be prepared for the input "image": a square of 8 does not fit into an image of 4×4. Resize to 8 or more before.',
    );
  });
});

describe('the batches of an epoch', () => {
  const feeding = feedingFor(network, info);

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
    const broken: ImageSource = {
      ...numbered(4),
      unreadable: () => ['cat/a.jpg: no image'],
      samples: () => ({ ...samplesOf(new Float32Array(), 16, []), asked: [] }),
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

  it('are read ahead, in order, and one that is late is waited for', async () => {
    const asked: number[] = [];
    const answers: (() => void)[] = [];
    const memory = numbered(12);
    const slow: ImageSource = {
      ...memory,
      ahead: 2,
      samples(split, places) {
        asked.push(places[0] as number);
        return new Promise((resolve) => answers.push(() => resolve(memory.samples(split, places))));
      },
    };
    const batches = batchesInOrder(slow, feeding, 'test', 3);
    const first = batches.next();
    await Promise.resolve();
    expect(asked).toEqual([0, 3, 6]);
    // The second is there before the first.
    answers[1]?.();
    answers[0]?.();
    expect(imagesOf((await first).value as Batch)).toEqual([0, 1, 2]);
    expect(imagesOf((await batches.next()).value as Batch)).toEqual([3, 4, 5]);
    expect(asked).toEqual([0, 3, 6, 9]);
    await batches.return(undefined);
  });
});
