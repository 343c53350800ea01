import type { Images } from './images';
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

/** Samples to look at: of a data set in memory, or of files that are read when they are wanted. */
export interface ImageSource {
  readonly info: DatasetInfo;
  /** Samples by their places in a split, in that order. A file that cannot be read is left out. */
  samples(split: Split, places: Int32Array): ChosenSamples | Promise<ChosenSamples>;
  /** What could not be read so far: names, with reasons. */
  unreadable(): readonly string[];
}

/** A data set in memory as a source; its images stay where they are. */
export function inMemory({ info, splits }: Dataset): ImageSource {
  return {
    info,
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
