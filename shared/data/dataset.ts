import type { Draw } from './prepareImage';
import type { DatasetInfo, Split } from '../rpc/contract';

/** Samples of one split: images in [0, 1], height × width × channels one after the other, and the class of each. */
export interface Samples {
  readonly count: number;
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
  /** Which of the places that were asked for each one has, where some could not be read; left out where all are there. */
  readonly asked?: readonly number[];
}

export interface Dataset {
  readonly info: DatasetInfo;
  readonly splits: Readonly<Record<Split, Samples>>;
}

/** Where a training has its samples from: all in memory, or files that are read when they are wanted. */
export interface ImageSource {
  readonly info: DatasetInfo;
  /** How many batches are asked for before they are needed. */
  readonly ahead: number;
  /**
   * Samples by their places in a split, in that order. A file that cannot be read is left out. In training `drawOf` gives the chance
   * of a sample, by its place, to a source that cuts images to their size itself.
   */
  samples(split: Split, places: Int32Array, drawOf?: (place: number) => Draw): Samples | Promise<Samples>;
  /** Nobody holds these numbers of its samples any more: it may write others over them. */
  reuse?(pixels: Float32Array): void;
  /** What could not be read so far: names, with reasons. */
  unreadable(): readonly string[];
}

/** A data set in memory as a source; places that follow one another share its memory. */
export function inMemory({ info, splits }: Dataset): ImageSource {
  // New memory for each batch costs more than to fill it, and the collector's time besides.
  let lent: Float32Array | undefined;
  let spare: Float32Array | undefined;
  const memory = (length: number) => {
    lent = spare?.length === length ? spare : new Float32Array(length);
    spare = undefined;
    return lent;
  };
  return {
    info,
    ahead: 0,
    unreadable: () => [],
    samples(split, places) {
      const first = places[0] ?? 0;
      if (places.every((place, index) => place === first + index)) return samplesFrom(splits[split], info, first, places.length);
      return gathered(splits[split], places, memory(places.length * imageSize(info)));
    },
    reuse(pixels) {
      // Those that follow one another lie in the data set itself.
      if (pixels === lent) spare = lent;
    },
  };
}

function gathered(samples: Samples, places: Int32Array, pixels: Float32Array): Samples {
  const size = pixels.length / places.length;
  const labels = new Int32Array(places.length);
  places.forEach((place, index) => {
    pixels.set(samples.pixels.subarray(place * size, (place + 1) * size), index * size);
    labels[index] = samples.labels[place] as number;
  });
  return { count: places.length, pixels, labels };
}

/** A data set that comes with the program: where its file is below `assets/`, and how it is read. */
export interface DatasetSource {
  readonly id: string;
  readonly file: string;
  /** How many classes it has, before it is read; left out where only the file tells. */
  readonly classes?: number;
  parse(bytes: Uint8Array): Dataset;
}

/** Elements of one image. */
export function imageSize({ imageShape: [height, width, channels] }: DatasetInfo): number {
  return height * width * channels;
}

/** `count` samples from `offset` on; shares the memory. */
export function samplesFrom(samples: Samples, info: DatasetInfo, offset: number, count: number): Samples {
  const size = imageSize(info);
  const end = Math.min(samples.count, offset + count);
  const start = Math.min(offset, end);
  return { count: end - start, pixels: samples.pixels.subarray(start * size, end * size), labels: samples.labels.subarray(start, end) };
}
