import { imageSize, samplesFrom, type Dataset, type Samples } from '../../shared/data/dataset';
import type { Draw } from '../../shared/data/prepareImage';
import type { DatasetInfo } from '../../shared/rpc/contract';
import { randomOf } from '../../shared/program/random';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Batch } from './backend';
import { IMAGE, inputFeed, LABEL, targetFeed, tensorOf, type Feed } from './columns';

/** How a data set fills a network's inputs and the targets of its outputs. */
export interface Feeding {
  readonly inputs: readonly Feed[];
  /** Empty where nothing is trained. */
  readonly targets: readonly Feed[];
}

/** Which column of the data goes where, by the names of inputs and outputs; what is not named takes the usual one. */
export interface Columns {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

const USUAL: Columns = { inputs: {}, outputs: {} };

/** How the data fits the network, or why it does not, with both shapes. */
export function feedingFor({ inputs, targets }: CompiledNetwork, info: DatasetInfo, columns = USUAL): Feeding {
  const feeds = inputs.map((input) => inputFeed(input, columns.inputs[input.name] ?? IMAGE, info));
  const seen = feeds.find(({ prepare }) => prepare)?.prepare?.settings;
  return { inputs: feeds, targets: targets.map((target) => targetFeed(target, columns.outputs[target.name] ?? LABEL, info, seen)) };
}

/** One batch of samples: every input and target. In training with the chance of each sample, else images are cut from their middle. */
export function batchOf({ inputs, targets }: Feeding, info: DatasetInfo, samples: Samples, drawOf?: (place: number) => Draw): Batch {
  const filled = (feeds: readonly Feed[]) => Object.fromEntries(feeds.map((feed) => [feed.name, tensorOf(feed, info, samples, drawOf)]));
  return { inputs: filled(inputs), targets: filled(targets) };
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
    // By sample and epoch, so that a training that goes on sees what it would have seen.
    const drawOf = (place: number) => randomOf(seed, `image/${epoch}/${chosen[place] as number}`);
    yield batchOf(feeding, info, { count: chosen.length, pixels, labels }, drawOf);
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
