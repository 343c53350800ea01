import type { Images } from './images';
import type { Draw } from './prepareImage';
import type { DatasetInfo, Split } from '../rpc/contract';

/** Samples of one split: images in [0, 1], height × width × channels one after the other, and the class of each. */
export interface Samples {
  readonly count: number;
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
}

/** Some samples of a split, as a source has them. */
export interface ChosenSamples {
  readonly images: Images;
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
  samples(split: Split, places: Int32Array, drawOf?: (place: number) => Draw): ChosenSamples | Promise<ChosenSamples>;
  /** What could not be read so far: names, with reasons. */
  unreadable(): readonly string[];
}

/** A data set in memory as a source; its images stay where they are. */
export function inMemory({ info, splits }: Dataset): ImageSource {
  return {
    info,
    ahead: 0,
    unreadable: () => [],
    samples(split, places) {
      const { pixels, labels } = splits[split];
      return { images: { pixels, size: imageSize(info), at: places }, labels: places.map((place) => labels[place] ?? 0) };
    },
  };
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
