import { allImages, type Images, type Memory } from '../../shared/data/images';
import type { Draw } from '../../shared/data/prepareImage';
import type { ImageIntake } from '../../shared/infer/imageInput';
import { decodeCut, decodeImage } from './decode';

/** What was read of some files. */
export interface ReadImages {
  readonly read: Images;
  /** Which of the files that were asked for each image is. */
  readonly asked: Int32Array;
  readonly broken: readonly BrokenFile[];
}

/** A file that is no image, and why. */
export interface BrokenFile {
  readonly file: string;
  readonly reason: string;
}

/** How images are read. */
export interface Reading {
  /** The chance of a file, by its place among them, by which a square is cut out in training. */
  readonly drawOf?: ((index: number) => Draw) | undefined;
  /** Calls when one more may be decoded; left out: at once. */
  readonly inTurn?: (decode: () => Promise<void>) => Promise<void>;
  /** Where the images lie one after the other, with gaps where files are broken. */
  readonly memory?: Memory;
}

/** Reads files as images of one size, in [0, 1]. Those that are no images are left out. */
export async function readImages(
  files: readonly string[],
  intake: ImageIntake,
  { drawOf, inTurn = (decode) => decode(), memory = (length) => new Float32Array(length) }: Reading = {},
): Promise<ReadImages> {
  const size = sizeOf(intake);
  const pixels = memory(files.length * size);
  const broken: BrokenFile[] = [];
  const read = (file: string, index: number) =>
    inTurn(() => decodeAs(file, intake, pixels.subarray(index * size, (index + 1) * size), drawOf?.(index))).then(
      () => true,
      (error: unknown) => {
        broken.push({ file, reason: firstLine(error) });
        return false;
      },
    );
  const isGood = await Promise.all(files.map(read));
  const asked = Int32Array.from([...files.keys()].filter((index) => isGood[index]));
  return { read: { ...allImages(pixels, size), at: asked }, asked, broken };
}

/** The bytes of one file in the same way; throws what is wrong with it, in a line. */
export async function readImage(bytes: Uint8Array, intake: ImageIntake): Promise<Float32Array> {
  const pixels = new Float32Array(sizeOf(intake));
  await decodeAs(bytes, intake, pixels).catch((error: unknown) => {
    throw new Error(firstLine(error), { cause: error });
  });
  return pixels;
}

function decodeAs(source: string | Uint8Array, { shape, cut }: ImageIntake, pixels: Float32Array, draw?: Draw): Promise<void> {
  return cut ? decodeCut(source, { shape, minAspectDim: cut.minAspectDim, draw }, pixels) : decodeImage(source, shape, pixels);
}

function sizeOf({ shape: [height, width, channels] }: ImageIntake): number {
  return height * width * channels;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
