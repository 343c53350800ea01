import type { DatasetInfo, Split } from '../rpc/contract';

/** Samples of one split: images in [0, 1], height × width × channels one after the other, and the class of each. */
export interface Samples {
  readonly count: number;
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
}

export interface Dataset {
  readonly info: DatasetInfo;
  readonly splits: Readonly<Record<Split, Samples>>;
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
