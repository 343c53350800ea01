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

/** A white ring on black, as a zero is written: a PNG. */
export function ring(): Promise<Buffer> {
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="160" height="160"><rect width="8" height="8"/>' +
    '<ellipse cx="4" cy="4" rx="2" ry="3" fill="none" stroke="white" stroke-width="1.2"/></svg>';
  return sharp(Buffer.from(drawing)).png().toBuffer();
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
