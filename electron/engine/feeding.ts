import type { ChosenSamples, ImageSource } from '../../shared/data/dataset';
import type { Draw } from '../../shared/data/prepareImage';
import type { DatasetInfo, Split } from '../../shared/rpc/contract';
import { randomOf } from '../../shared/program/random';
import { RpcError } from '../../shared/rpc/messages';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Batch } from './backend';
import { IMAGE, inputFeed, LABEL, targetFeed, tensorOf, type Feed, type Filling } from './columns';

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
export function batchOf({ inputs, targets }: Feeding, info: DatasetInfo, samples: ChosenSamples, filling: Filling): Batch {
  const filled = (feeds: readonly Feed[]) => Object.fromEntries(feeds.map((feed) => [feed.name, tensorOf(feed, info, samples, filling)]));
  return { inputs: filled(inputs), targets: filled(targets) };
}

/**
 * The same memory for a feed each time: new memory for every batch costs more than to fill it, and the collector's time besides. Of
 * another length only where a batch is larger than all before.
 */
export function memoryOfFeeds(): Filling['memoryOf'] {
  const kept = new Map<Feed, Float32Array>();
  return (feed) => (length) => {
    const known = kept.get(feed);
    const memory = known && known.length >= length ? known : new Float32Array(length);
    kept.set(feed, memory);
    return memory.subarray(0, length);
  };
}

/** Which batches of the training part: in an order that depends on seed and epoch alone, from batch `from` on. */
export interface EpochOrder {
  readonly batchSize: number;
  readonly seed: number;
  readonly epoch: number;
  readonly from?: number;
}

/**
 * A batch that knows where in its split each sample stands: files that cannot be read are left out. Its images are good until the next
 * batch is asked for, whose images may take their memory.
 */
type PlacedBatch = Batch & { readonly places: Int32Array };

/** Hears how many milliseconds a batch was waited for. */
type Waiting = (milliseconds: number) => void;

/**
 * The batches of an epoch; the last one may be smaller, and others where files cannot be read. Throws where none can: an epoch of no step
 * would be followed by the next one for ever.
 */
export async function* shuffledBatches(
  source: ImageSource,
  feeding: Feeding,
  { batchSize, seed, epoch, from = 0 }: EpochOrder,
  waited?: Waiting,
): AsyncGenerator<PlacedBatch> {
  const order = permutation(source.info.counts.train, seed, epoch).subarray(from * batchSize);
  // By sample and epoch, so that a training that goes on sees what it would have seen.
  const drawOf = (place: number) => randomOf(seed, `image/${epoch}/${place}`);
  let isEmpty = from === 0;
  for await (const batch of batches({ source, feeding, split: 'train', places: order, batchSize, drawOf }, waited)) {
    isEmpty = false;
    yield batch;
  }
  if (isEmpty) throw noneReadable(source, 'train');
}

/** Why a part of the data gives no sample at all. */
export function noneReadable(source: ImageSource, split: Split): RpcError {
  const { info } = source;
  const part = { train: 'training', validation: 'validation', test: 'test' }[split];
  const [first] = source.unreadable();
  return first === undefined || info.counts[split] === 0
    ? new RpcError('E_DATA', `The ${part} part of ${info.title} is empty.`)
    : new RpcError('E_DATA', `None of the ${info.counts[split]} images in the ${part} part of ${info.title} can be read: ${first}.`);
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
export function batchesInOrder(source: ImageSource, feeding: Feeding, split: Split, batchSize: number): AsyncGenerator<PlacedBatch> {
  const places = Int32Array.from({ length: source.info.counts[split] }, (_, index) => index);
  return batches({ source, feeding, split, places, batchSize });
}

interface Wanted {
  readonly source: ImageSource;
  readonly feeding: Feeding;
  readonly split: Split;
  readonly places: Int32Array;
  readonly batchSize: number;
  /** The chance of a sample, by its place in the split. */
  drawOf?(place: number): Draw;
}

/** While a batch is used the next ones are being read, as many as the source wants to be ahead. */
async function* batches(
  { source, feeding, split, places, batchSize, drawOf }: Wanted,
  waited: Waiting = () => undefined,
): AsyncGenerator<PlacedBatch> {
  const coming: { readonly samples: Promise<ChosenSamples>; readonly chosen: Int32Array }[] = [];
  const memoryOf = memoryOfFeeds();
  let next = 0;
  for (;;) {
    const started = performance.now();
    for (; coming.length <= source.ahead && next < places.length; next += batchSize) {
      const chosen = places.subarray(next, next + batchSize);
      const reading = Promise.resolve(source.samples(split, chosen, drawOf));
      // Whoever stops in the middle waits for none of them.
      reading.catch(() => undefined);
      coming.push({ samples: reading, chosen });
    }
    const first = coming.shift();
    if (!first) return;
    const samples = await first.samples;
    waited(performance.now() - started);
    const own = samples.asked ? Int32Array.from(samples.asked, (index) => first.chosen[index] ?? 0) : first.chosen;
    if (samples.images.at.length === 0) continue;
    const batch = batchOf(feeding, source.info, samples, { drawOf: drawOf && ((index) => drawOf(own[index] ?? 0)), memoryOf });
    yield { ...batch, places: own };
  }
}
