import type { Memory } from '../../../shared/data/images';
import type { ImageIntake } from '../../../shared/infer/imageInput';
import { readImages, type BrokenFile } from '../../images/readImages';
import { drawAt, type Chance, type PlacedBatch } from '../batches';
import { batchOf, type Feeding } from '../feeding';

/** A batch that is to be read: plain data, which a thread can be sent. */
export interface BatchToRead {
  readonly files: readonly string[];
  readonly labels: Int32Array;
  /** Of the files in their split. */
  readonly places: Int32Array;
  readonly intake: ImageIntake;
  readonly feeding: Feeding;
  readonly chance?: Chance | undefined;
}

/** What became of it. */
export interface ReadBatch {
  /** Without the files that are no images. */
  readonly batch: PlacedBatch;
  readonly broken: readonly BrokenFile[];
}

/** Where and when a batch is read. */
interface Way {
  /** New memory of a length, or such as nobody needs any more. */
  readonly memory: Memory;
  readonly inTurn: (decode: () => Promise<void>) => Promise<void>;
}

/** Decodes, cuts and prepares the images of a batch, as the network takes them. */
export async function readBatch(wanted: BatchToRead, { memory, inTurn }: Way): Promise<ReadBatch> {
  const { files, labels, places, intake, feeding, chance } = wanted;
  const drawOf = (at: Int32Array) => chance && ((index: number) => drawAt(chance, at[index] ?? 0));
  const { read, asked, broken } = await readImages(files, intake, { drawOf: drawOf(places), inTurn, memory });
  const own = asked.map((index) => places[index] ?? 0);
  const samples = { images: read, labels: asked.map((index) => labels[index] ?? 0) };
  const batch = batchOf(feeding, { imageShape: [...intake.shape] }, samples, { drawOf: drawOf(own), memoryOf: () => memory });
  return { batch: { ...batch, places: own }, broken };
}
