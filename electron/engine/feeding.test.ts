import { describe, expect, it } from 'vitest';
import type { ChosenSamples } from '../../shared/data/dataset';
import { allImages } from '../../shared/data/images';
import { prepareImages, toChannelsFirst } from '../../shared/data/prepareImage';
import { preprocessingOf, type Preprocessing } from '../../shared/data/preprocessing';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Batch } from './backend';
import { batchesInMemory, batchesInOrder, shuffledBatches } from './batches';
import { batchOf, feedingFor, memoryOfFeeds, type Feeding } from './feeding';
import { stripes, stripesNetwork } from './testing/stripes';

const network = stripesNetwork();
const { info } = stripes({ train: 1, validation: 1, test: 1 });
const filling = { memoryOf: memoryOfFeeds() };

async function listed(batches: AsyncIterable<Batch>): Promise<readonly Batch[]> {
  const list: Batch[] = [];
  // The next batch takes the memory of this one.
  for await (const batch of batches) list.push(structuredClone(batch));
  return list;
}

function samplesOf(pixels: Float32Array, size: number, labels: readonly number[]): ChosenSamples {
  return { images: allImages(pixels, size), labels: Int32Array.from(labels) };
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
      const batches = await listed(shuffledBatches(batchesInMemory(dataset), feeding, { batchSize: 3, seed: 7, epoch, from }));
      return batches.map(({ inputs }) => Array.from(inputs['image']?.data ?? []).join());
    };
    const first = await images(0);
    expect(await images(0)).toEqual(first);
    expect(await images(0, 2)).toEqual(first.slice(2));
    expect(await images(1)).not.toEqual(first);
    const [whole] = await listed(batchesInOrder(batchesInMemory(dataset), feeding, 'test', 2));
    expect(whole?.inputs['image']?.data).toEqual(prepareImages(settings(prepared), dataset.splits.test.pixels, info.imageShape));
  });

  it('take the memory of the batch before, the last of them a part of it, and leave the data as they are', async () => {
    const dataset = stripes({ train: 18, validation: 1, test: 1 });
    const before = dataset.splits.train.pixels.slice();
    /** In how many pieces of memory the images of all batches are. */
    const pieces = async (feeding: Feeding) => {
      const seen: unknown[] = [];
      for await (const { inputs } of shuffledBatches(batchesInMemory(dataset), feeding, { batchSize: 4, seed: 1, epoch: 0 }))
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
    const source = batchesInMemory(stripes({ train: 8, validation: 1, test: 1 }));
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
