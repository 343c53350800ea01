import { imageSize, type Dataset } from '../../shared/data/dataset';
import type { Draw } from '../../shared/data/prepareImage';
import { randomOf } from '../../shared/program/random';
import type { DatasetInfo, Split } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Batch } from './backend';
import { batchOf, memoryOfFeeds, type Feeding } from './feeding';

/** Where a training has its batches from: a data set in memory, or files that are read ahead. */
export interface BatchSource {
  readonly info: DatasetInfo;
  /** What could not be read so far: names, with reasons. */
  unreadable(): readonly string[];
  /** The batches of a pass, in its order. Samples that cannot be read are left out: a batch of which none can has no places. */
  batches(pass: Pass): AsyncIterable<PlacedBatch> | Iterable<PlacedBatch>;
}

/** One way through a part of the data. */
export interface Pass {
  readonly feeding: Feeding;
  readonly split: Split;
  /** Of the samples in the split, in the order in which they are wanted. */
  readonly places: Int32Array;
  readonly batchSize: number;
  /** In training. */
  readonly chance?: Chance;
}

/** By what samples are cut and flipped: by seed, epoch and their place alone, so that a training that goes on sees what it would have seen. */
export interface Chance {
  readonly seed: number;
  readonly epoch: number;
}

/**
 * A batch that knows where in its split each sample stands: what cannot be read is left out. It is good until the next batch is asked
 * for, which may take its memory.
 */
export type PlacedBatch = Batch & { readonly places: Int32Array };

/** The chance of a sample at a place of its split. */
export function drawAt({ seed, epoch }: Chance, place: number): Draw {
  return randomOf(seed, `image/${epoch}/${place}`);
}

/** A data set in memory as a source; its images stay where they are. */
export function batchesInMemory({ info, splits }: Dataset): BatchSource {
  return {
    info,
    unreadable: () => [],
    *batches({ feeding, split, places, batchSize, chance }) {
      const { pixels, labels } = splits[split];
      const memoryOf = memoryOfFeeds();
      for (let next = 0; next < places.length; next += batchSize) {
        const at = places.subarray(next, next + batchSize);
        const samples = { images: { pixels, size: imageSize(info), at }, labels: at.map((place) => labels[place] ?? 0) };
        const drawOf = chance && ((index: number) => drawAt(chance, at[index] ?? 0));
        yield { ...batchOf(feeding, info, samples, { drawOf, memoryOf }), places: at };
      }
    },
  };
}

/** Which batches of the training part: in an order that depends on seed and epoch alone, from batch `from` on. */
export interface EpochOrder extends Chance {
  readonly batchSize: number;
  readonly from?: number;
}

/** Hears how many milliseconds a batch was waited for. */
type Waiting = (milliseconds: number) => void;

/**
 * The batches of an epoch; the last one may be smaller, and others where files cannot be read. Throws where none can: an epoch of no step
 * would be followed by the next one for ever.
 */
export async function* shuffledBatches(
  source: BatchSource,
  feeding: Feeding,
  { batchSize, seed, epoch, from = 0 }: EpochOrder,
  waited?: Waiting,
): AsyncGenerator<PlacedBatch> {
  const places = permutation(source.info.counts.train, seed, epoch).subarray(from * batchSize);
  let isEmpty = from === 0;
  for await (const batch of presentBatches(
    source.batches({ feeding, split: 'train', places, batchSize, chance: { seed, epoch } }),
    waited,
  )) {
    isEmpty = false;
    yield batch;
  }
  if (isEmpty) throw noneReadable(source, 'train');
}

/** A whole split in order, in batches. */
export function batchesInOrder(source: BatchSource, feeding: Feeding, split: Split, batchSize: number): AsyncGenerator<PlacedBatch> {
  const places = Int32Array.from({ length: source.info.counts[split] }, (_, index) => index);
  return presentBatches(source.batches({ feeding, split, places, batchSize }));
}

async function* presentBatches(batches: ReturnType<BatchSource['batches']>, waited?: Waiting): AsyncGenerator<PlacedBatch> {
  let asked = performance.now();
  for await (const batch of batches) {
    waited?.(performance.now() - asked);
    if (batch.places.length > 0) yield batch;
    asked = performance.now();
  }
}

/** Why a part of the data gives no sample at all. */
export function noneReadable({ info, unreadable }: Pick<BatchSource, 'info' | 'unreadable'>, split: Split): RpcError {
  const part = { train: 'training', validation: 'validation', test: 'test' }[split];
  const [first] = unreadable();
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
