import { relative } from 'node:path';
import type { ChosenSamples, ImageSource } from '../../shared/data/dataset';
import { allImages } from '../../shared/data/images';
import type { ImageShape } from '../../shared/data/preprocessing';
import type { ImageIntake } from '../../shared/infer/imageInput';
import type { DatasetInfo } from '../../shared/rpc/contract';
import { decodeCut, decodeImage, imageShapeOf } from './decode';
import type { ImageFolder } from './scanFolder';

/** Two batches are being decoded while one is used: one may take longer than a step, and not starve the engine. */
const AHEAD = 2;

/** What is told of a folder of images; without a shape they are as large as the first of them. */
export async function folderInfo(id: string, { title, path, classes, splits }: ImageFolder, shape?: ImageShape): Promise<DatasetInfo> {
  const { train, validation, test } = splits;
  const first = shape ?? (await imageShapeOf(train.files[0] ?? '').catch((): ImageShape => [1, 1, 3]));
  const classCounts = new Array<number>(classes.length).fill(0);
  for (const label of train.labels) classCounts[label] = (classCounts[label] ?? 0) + 1;
  return {
    id,
    title,
    description: `Images in ${path}, a folder for each class. They are brought to the size of the network’s input.`,
    licence: 'yours to know',
    imageShape: [...first],
    resizes: true,
    classes: [...classes],
    counts: { train: train.files.length, validation: validation.files.length, test: test.files.length },
    classCounts,
  };
}

/** The images of a folder, decoded when they are wanted, all of one size. A file that is no image is left out and named. */
export function folderSource(folder: ImageFolder, info: DatasetInfo, { shape, cut }: ImageIntake): ImageSource {
  // A broken file is met in each epoch, and the list is asked for many times a second.
  const broken = new Set<string>();
  const unreadable: string[] = [];
  const size = shape[0] * shape[1] * shape[2];
  return {
    info: { ...info, imageShape: [...shape] },
    ahead: AHEAD,
    unreadable: () => unreadable,
    async samples(split, places, drawOf): Promise<ChosenSamples> {
      const { files, labels } = folder.splits[split];
      const pixels = new Float32Array(places.length * size);
      const read = async (place: number, index: number): Promise<boolean> => {
        const file = files[place];
        if (file === undefined) return false;
        try {
          if (cut) await decodeCut(file, { shape, minAspectDim: cut.minAspectDim, draw: drawOf?.(place) }, pixels, index * size);
          else await decodeImage(file, shape, pixels, index * size);
          return true;
        } catch (error) {
          if (!broken.has(file)) unreadable.push(`${relative(folder.path, file)}: ${firstLine(error)}`);
          broken.add(file);
          return false;
        }
      };
      const isGood = await Promise.all([...places].map(read));
      return readable({ images: allImages(pixels, size), labels: places.map((place) => labels[place] ?? 0) }, isGood);
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

/** The samples whose images were read. */
function readable(samples: ChosenSamples, isGood: readonly boolean[]): ChosenSamples {
  if (isGood.every(Boolean)) return samples;
  const asked = [...isGood.keys()].filter((index) => isGood[index]);
  return {
    images: { ...samples.images, at: Int32Array.from(asked) },
    labels: Int32Array.from(asked, (index) => samples.labels[index] ?? 0),
    asked,
  };
}
