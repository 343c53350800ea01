import type { ChosenSamples } from '../../shared/data/dataset';
import type { DatasetInfo } from '../../shared/rpc/contract';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Batch } from './backend';
import { IMAGE, inputFeed, LABEL, targetFeed, tensorOf, type Feed, type Filling, type Sized } from './columns';

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
export function batchOf({ inputs, targets }: Feeding, images: Sized, samples: ChosenSamples, filling: Filling): Batch {
  const filled = (feeds: readonly Feed[]) => Object.fromEntries(feeds.map((feed) => [feed.name, tensorOf(feed, images, samples, filling)]));
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
