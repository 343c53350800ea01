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

/** A folder "shades" of images of ten classes of grey; resolves to its path. */
export async function shades(parent: string): Promise<string> {
  const folder = join(parent, 'shades');
  for (let shade = 0; shade < 10; shade += 1) {
    const path = join(folder, String(shade));
    await mkdir(path, { recursive: true });
    const [r, g, b] = [25 * shade, 25 * shade, 25 * shade];
    for (let index = 0; index < 5; index += 1)
      await sharp({ create: { width: 9, height: 9, channels: 3, background: { r, g, b } } }).toFile(join(path, `${index}.jpg`));
  }
  return folder;
}
