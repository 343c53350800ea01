import { relative } from 'node:path';
import type { ChosenSamples, ImageSource } from '../../shared/data/dataset';
import type { ImageShape } from '../../shared/data/preprocessing';
import type { ImageIntake } from '../../shared/infer/imageInput';
import type { DatasetInfo } from '../../shared/rpc/contract';
import { imageShapeOf } from './decode';
import { readImages, type BrokenFile } from './readImages';
import type { ImageFolder } from './scanFolder';

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
export function folderSource(folder: ImageFolder, info: DatasetInfo, intake: ImageIntake): ImageSource {
  const broken = brokenFiles(folder);
  return {
    info: { ...info, imageShape: [...intake.shape] },
    unreadable: broken.names,
    async samples(split, places): Promise<ChosenSamples> {
      const { files, labels } = folder.splits[split];
      const chosen = Array.from(places, (place) => files[place] ?? '');
      const images = await readImages(chosen, intake);
      broken.add(images.broken);
      const asked = [...images.asked];
      const read = { images: images.read, labels: Int32Array.from(asked, (index) => labels[places[index] ?? 0] ?? 0) };
      return images.broken.length > 0 ? { ...read, asked } : read;
    },
  };
}

/** Files of a folder that were found to be no images. One is met in each epoch, and the list is asked for many times a second. */
export function brokenFiles({ path }: Pick<ImageFolder, 'path'>) {
  const known = new Set<string>();
  const names: string[] = [];
  return {
    names: (): readonly string[] => names,
    add(files: readonly BrokenFile[]): void {
      for (const { file, reason } of files) {
        if (!known.has(file)) names.push(`${relative(path, file)}: ${reason}`);
        known.add(file);
      }
    },
  };
}
