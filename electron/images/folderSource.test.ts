import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageOf, inARow } from '../../shared/data/images';
import { prepareImage } from '../../shared/data/prepareImage';
import { preprocessingOf, type Preprocessing } from '../../shared/data/preprocessing';
import { randomOf } from '../../shared/program/random';
import { decodeImage } from './decode';
import { readImages } from './readImages';
import { folderInfo, folderSource } from './folderSource';
import { scanFolder } from './scanFolder';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'skipwire-images-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A picture of one colour. */
async function picture(path: string, colour: { r: number; g: number; b: number }, size = 8): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  const image = sharp({ create: { width: size, height: size, channels: 3, background: colour } });
  await writeFile(join(folder, path), await (path.endsWith('.png') ? image.png() : image.jpeg({ quality: 100 })).toBuffer());
}

const RED = { r: 255, g: 0, b: 0 };
const GREY = { r: 128, g: 128, b: 128 };

async function pictures(count: number, path: (index: number) => string): Promise<void> {
  for (let index = 0; index < count; index += 1) await picture(path(index), GREY);
}

describe('a folder of images', () => {
  it('has a class for each folder, and each image in one part that other images do not change', async () => {
    await pictures(60, (index) => `${index % 2 === 0 ? 'cat' : 'dog'}/${index}.jpg`);
    await picture('dog/more/deep.png', GREY);
    await writeFile(join(folder, 'dog', 'notes.txt'), 'no image');
    const before = await scanFolder(folder);
    expect(before.classes).toEqual(['cat', 'dog']);
    const all = Object.values(before.splits).flatMap(({ files }) => files);
    expect(new Set(all).size).toBe(61);
    expect(all.length).toBe(61);
    const { train, validation, test } = before.splits;
    expect(train.files.length).toBeGreaterThan(40);
    expect(Math.min(validation.files.length, test.files.length)).toBeGreaterThan(0);
    train.files.forEach((file, index) => expect(before.classes[train.labels[index] ?? -1]).toBe(file.includes('/cat/') ? 'cat' : 'dog'));
    await pictures(20, (index) => `cat/new${index}.jpg`);
    const after = await scanFolder(folder);
    for (const part of ['train', 'validation', 'test'] as const)
      expect(after.splits[part].files).toEqual(expect.arrayContaining([...before.splits[part].files]));
  });

  it('has its classes in the order that Keras and torchvision have: by the characters of their names', async () => {
    for (const name of ['a', 'B', 'ä', '10', '9']) await picture(`${name}/1.png`, GREY);
    expect((await scanFolder(folder)).classes).toEqual(['10', '9', 'B', 'a', 'ä']);
  });

  it('that is parted already keeps its parts; of three images one is for validation', async () => {
    await pictures(3, (index) => `train/cat/${index}.jpg`);
    await pictures(2, (index) => `val/cat/${index}.jpg`);
    const parted = await scanFolder(folder);
    const counts = Object.values(parted.splits).map(({ files }) => files.length);
    expect([parted.classes, counts]).toEqual([['cat'], [3, 2, 0]]);
    await rm(join(folder, 'val'), { recursive: true });
    expect(Object.values((await scanFolder(folder)).splits).map(({ files }) => files.length)).toEqual([2, 1, 0]);
  });

  it('that has no images says what is expected, and links are not followed', async () => {
    await mkdir(join(folder, 'cat'));
    await picture('elsewhere.jpg', GREY);
    await symlink(join(folder, 'elsewhere.jpg'), join(folder, 'cat', 'link.jpg'));
    await expect(scanFolder(folder)).rejects.toMatchObject({
      code: 'E_DATA',
      message: expect.stringContaining('A folder for each class') as string,
    });
    await symlink(folder, join(folder, 'cat', 'round'));
    await expect(scanFolder(folder)).rejects.toThrow('There are no images to train on');
    await pictures(3, (index) => `dog/${index}.txt/${index}.png`);
    expect((await scanFolder(folder, 13)).classes).toEqual(['dog']);
    await expect(scanFolder(folder, 12)).rejects.toThrow('There are more than 12 files and folders in');
    await expect(scanFolder(join(folder, 'gone'))).rejects.toMatchObject({ code: 'E_DATA' });
  });

  it('gives images as large as the network takes them, in the order that is asked for', async () => {
    await picture('train/grey/a.png', GREY, 16);
    await picture('train/red/b.png', RED, 5);
    const scanned = await scanFolder(folder);
    // Nobody parted off a validation: one image is, so it is looked for in both parts.
    const source = folderSource(scanned, await folderInfo('own', scanned), { shape: [4, 4, 3] });
    const found = [await source.samples('train', Int32Array.of(0)), await source.samples('validation', Int32Array.of(0))];
    const colours = found.map(({ images, labels }) => [
      labels[0],
      [...imageOf(images, 0).subarray(0, 3)].map((value) => Math.round(value * 255)),
      imageOf(images, 0).length,
    ]);
    expect(colours).toEqual(
      expect.arrayContaining([
        [0, [128, 128, 128], 48],
        [1, [255, 0, 0], 48],
      ]),
    );
  });

  it('cuts squares as the preprocessing does, by the same chance, whatever the size of the files', async () => {
    const scene = (height: number, width: number) =>
      Uint8Array.from({ length: height * width * 3 }, (_, at) => 128 + 100 * Math.sin(at / 41) * Math.cos(at / (7 * width)));
    for (const [split, height, width] of [
      ['train', 60, 90],
      ['val', 120, 50],
    ] as const) {
      await mkdir(join(folder, split, 'a'), { recursive: true });
      await sharp(scene(height, width), { raw: { height, width, channels: 3 } })
        .png()
        .toFile(join(folder, split, 'a', 'x.png'));
    }
    const scanned = await scanFolder(folder);
    const info = await folderInfo('own', scanned);
    const settings = preprocessingOf({ minAspectDim: 32, resizeDim: 24 }) as Preprocessing;
    const cutting = { shape: [24, 24, 3], cut: { minAspectDim: 32 } } as const;
    for (const [part, height, width] of [
      ['train', 60, 90],
      ['validation', 120, 50],
    ] as const)
      for (const drawOf of [undefined, () => randomOf(3, 'image')]) {
        const { read } = await readImages(scanned.splits[part].files.slice(0, 1), cutting, { drawOf });
        const whole = Float32Array.from(scene(height, width), (value) => value / 255);
        const theirs = prepareImage(settings, whole, [height, width, 3], drawOf?.());
        // libvips rounds to bytes after each axis, and where its kernel stands to 64ths of a pixel.
        const apart = inARow(read).map((value, at) => 255 * Math.abs(value - (theirs[at] ?? 0)));
        expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeLessThan(1);
        expect(Math.max(...apart)).toBeLessThan(12);
      }
    const large = folderSource(scanned, info, { shape: [64, 64, 3], cut: { minAspectDim: null } });
    expect((await large.samples('train', Int32Array.of(0))).labels).toHaveLength(0);
    expect(large.unreadable()).toEqual([expect.stringContaining('60×90, smaller than the square of 64')]);
  });

  it('names a file that is no image, and leaves it out', async () => {
    await pictures(4, (index) => `train/a/${index}.png`);
    await pictures(1, (index) => `val/a/${index}.png`);
    await writeFile(join(folder, 'train', 'a', '1.png'), 'no image at all');
    const scanned = await scanFolder(folder);
    const source = folderSource(scanned, await folderInfo('own', scanned), { shape: [2, 2, 1] });
    const samples = await source.samples('train', Int32Array.of(3, 1, 0));
    const pixels = inARow(samples.images);
    expect([pixels.length, samples.labels.length, samples.asked]).toEqual([8, 2, [0, 2]]);
    expect(pixels.every((value) => Math.abs(value - 128 / 255) < 1e-6)).toBe(true);
    expect(source.unreadable()).toEqual([expect.stringMatching(/^train\/a\/1\.png: /)]);
  });

  it('reads no file of another format under the name of an image', async () => {
    await mkdir(join(folder, 'a'));
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';
    await writeFile(join(folder, 'a', 'drawing.png'), drawing);
    await sharp({ create: { width: 8, height: 8, channels: 3, background: RED } })
      .tiff()
      .toFile(join(folder, 'a', 'scan.png'));
    for (const name of ['drawing.png', 'scan.png'])
      for (const source of [join(folder, 'a', name), await readFile(join(folder, 'a', name))])
        await expect(decodeImage(source, [2, 2, 3], new Float32Array(12))).rejects.toThrow('unsupported image format');
  });

  it('reads a cut JPEG as none, and never decodes what is larger than 64 megapixels', async () => {
    await picture('a/whole.jpg', RED, 200);
    const bytes = await sharp(join(folder, 'a', 'whole.jpg')).toBuffer();
    const pixels = new Float32Array(12);
    await expect(decodeImage(bytes.subarray(0, bytes.length / 2), [2, 2, 3], pixels)).rejects.toThrow();
    const huge = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: RED } })
      .png()
      .toBuffer();
    await expect(decodeImage(huge, [2, 2, 3], pixels)).rejects.toThrow(/pixel limit/);
  });
});
