import type { ImageIntake } from '../../../shared/infer/imageInput';
import type { DatasetInfo } from '../../../shared/rpc/contract';
import { brokenFiles } from '../../images/folderSource';
import type { ImageFolder } from '../../images/scanFolder';
import type { BatchSource, Pass } from '../batches';
import { memoryOf } from './memory';
import type { BatchToRead } from './readBatch';
import type { ComingBatch, Reader } from './reader';

/** Two batches are being read while one is used: one may take longer than a step, and not starve the engine. */
const AHEAD = 2;

/** The images of a folder, read ahead, all of one size. A file that is no image is left out and named. */
export function folderBatches(folder: ImageFolder, info: DatasetInfo, intake: ImageIntake, reader: Reader): BatchSource {
  const broken = brokenFiles(folder);
  return {
    info: { ...info, imageShape: [...intake.shape] },
    unreadable: broken.names,
    async *batches(pass) {
      const coming: ComingBatch[] = [];
      let spent: readonly ArrayBuffer[] = [];
      let next = 0;
      try {
        for (;;) {
          for (; coming.length <= AHEAD && next < pass.places.length; next += pass.batchSize) {
            coming.push(reader.read(batchAt(next, pass, folder, intake), spent));
            spent = [];
          }
          const first = coming.shift();
          if (!first) return;
          const read = await first.ready();
          broken.add(read.broken);
          yield read.batch;
          spent = [...memoryOf(read.batch)];
        }
      } finally {
        // Whoever stops in the middle waits for none of them.
        for (const one of coming) one.drop();
      }
    },
  };
}

/** Copies of its own: a part of a memory would be sent with all of it. */
function batchAt(
  start: number,
  { feeding, split, places, batchSize, chance }: Pass,
  folder: ImageFolder,
  intake: ImageIntake,
): BatchToRead {
  const { files, labels } = folder.splits[split];
  const own = places.slice(start, start + batchSize);
  return {
    files: Array.from(own, (place) => files[place] ?? ''),
    labels: own.map((place) => labels[place] ?? 0),
    places: own,
    intake,
    feeding,
    chance,
  };
}
