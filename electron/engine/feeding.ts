import { imageSize, samplesFrom, type Dataset, type Samples } from '../../shared/data/dataset';
import type { DatasetInfo } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { randomOf } from '../../shared/program/random';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Batch, Tensors } from './backend';
import { toChannelsFirst } from './images';

/** How a data set's images enter a network: under which name, in which shape. */
export interface Feeding {
  readonly input: string;
  /** Of one sample, in the network's data format. */
  readonly shape: readonly number[];
  /** The images' channels go first. */
  readonly channelsFirst: boolean;
  /** Names of the outputs that learn the label; empty where nothing is trained. */
  readonly targets: readonly string[];
}

/** How the data fits the network, or why it does not, with both shapes. */
export function feedingFor({ inputs, targets }: CompiledNetwork, info: DatasetInfo): Feeding {
  const [input, ...others] = inputs;
  if (!input || others.length > 0)
    throw new RpcError('E_DATA', `The network has ${inputs.length} inputs; ${info.title} has one column of images.`);
  const shape = input.type.shape.slice(1);
  const [height, width, channels] = info.imageShape;
  const last = sameShape(shape, [height, width, channels]);
  const first = sameShape(shape, [channels, height, width]);
  const flat = sameShape(shape, [height * width * channels]);
  if (!last && !first && !flat) {
    throw new RpcError(
      'E_DATA',
      `The input "${input.name}" expects ${shape.map(String).join('×')}; the images of ${info.title} are ${info.imageShape.join('×')}.`,
      `Set the input’s shape to ${info.imageShape.join('×')}.`,
    );
  }
  for (const target of targets) {
    if (target.classes < info.classes.length) {
      throw new RpcError(
        'E_DATA',
        `The output "${target.name}" tells ${target.classes} classes apart; ${info.title} has ${info.classes.length}.`,
        `Give the last dense layer ${info.classes.length} units.`,
      );
    }
  }
  return { input: input.name, shape: shape as number[], channelsFirst: first && !last, targets: targets.map(({ name }) => name) };
}

function sameShape(a: readonly unknown[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** Images as the network's input. */
export function imagesTensor(feeding: Feeding, info: DatasetInfo, pixels: Float32Array, count: number): Tensors {
  const data = feeding.channelsFirst ? toChannelsFirst(pixels, info.imageShape) : pixels;
  return { [feeding.input]: { dtype: 'float32', shape: [count, ...feeding.shape], data } };
}

/** One batch of samples, images and labels. */
export function batchOf(feeding: Feeding, info: DatasetInfo, samples: Samples): Batch {
  const labels = { dtype: 'int32', shape: [samples.count], data: samples.labels } as const;
  return {
    inputs: imagesTensor(feeding, info, samples.pixels, samples.count),
    targets: Object.fromEntries(feeding.targets.map((name) => [name, labels])),
  };
}

/**
 * The batches of an epoch in an order that depends on seed and epoch alone, from batch `from` on; the last one may be
 * smaller.
 */
export function* shuffledBatches(
  dataset: Dataset,
  feeding: Feeding,
  batchSize: number,
  seed: number,
  epoch: number,
  from = 0,
): Generator<Batch> {
  const { info, splits } = dataset;
  const order = permutation(splits.train.count, seed, epoch);
  const size = imageSize(info);
  for (let start = from * batchSize; start < order.length; start += batchSize) {
    const chosen = order.subarray(start, start + batchSize);
    const pixels = new Float32Array(chosen.length * size);
    const labels = new Int32Array(chosen.length);
    chosen.forEach((index, place) => {
      pixels.set(splits.train.pixels.subarray(index * size, (index + 1) * size), place * size);
      labels[place] = splits.train.labels[index] as number;
    });
    yield batchOf(feeding, info, { count: chosen.length, pixels, labels });
  }
}

/** Fisher and Yates's shuffle. */
function permutation(count: number, seed: number, epoch: number): Int32Array {
  const random = randomOf(seed, `shuffle/${epoch}`);
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index -= 1) {
    const other = Math.floor(random.uniform() * (index + 1));
    [order[index], order[other]] = [order[other] as number, order[index] as number];
  }
  return order;
}

/** A whole split in order, in batches. */
export function* batchesInOrder(feeding: Feeding, info: DatasetInfo, samples: Samples, batchSize: number): Generator<Batch> {
  for (let start = 0; start < samples.count; start += batchSize) yield batchOf(feeding, info, samplesFrom(samples, info, start, batchSize));
}
