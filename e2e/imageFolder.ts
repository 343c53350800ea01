import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** A folder "colours" of images of two classes, with a file among them that is none; resolves to its path. */
export async function colours(parent: string): Promise<string> {
  const folder = join(parent, 'colours');
  for (const background of ['navy', 'tan']) {
    await mkdir(join(folder, 'train', background), { recursive: true });
    for (let index = 0; index < 5; index += 1)
      await sharp({ create: { width: 20, height: 16, channels: 3, background } }).toFile(join(folder, 'train', background, `${index}.png`));
  }
  await writeFile(join(folder, 'train', 'tan', 'broken.png'), 'no picture');
  return folder;
}
