import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundledDatasets, findDataset } from './bundled';
import { imageSize, inMemory, type ChosenSamples } from './dataset';
import { digits } from './digits';
import { allImages, imageOf, inARow } from './images';

const bytes = new Uint8Array(readFileSync(new URL('../../assets/data/digits/digits.bin', import.meta.url)));
const { info, splits } = digits.parse(bytes);
const parts = Object.values(splits);

/** How many of each digit there are, as scikit-learn's documentation of `load_digits` and UCI's `optdigits.names` say. */
const PUBLISHED_COUNTS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
/** Sum of all pixels: scikit-learn's `load_digits().data.sum()`. */
const PUBLISHED_SUM = 561_718;

function counts(labels: Int32Array): readonly number[] {
  return Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);
}

function images({ pixels, count }: (typeof parts)[number]): readonly string[] {
  const size = imageSize(info);
  return Array.from({ length: count }, (_, index) => pixels.subarray(index * size, (index + 1) * size).join());
}

describe('the bundled digits', () => {
  it('are the 1,797 of the UCI set', () => {
    const all = parts.flatMap(({ labels }) => Array.from(labels));
    expect(counts(Int32Array.from(all))).toEqual(PUBLISHED_COUNTS);
    expect(parts.reduce((sum, { pixels }) => sum + pixels.reduce((total, pixel) => total + pixel * 16, 0), 0)).toBe(PUBLISHED_SUM);
  });

  it('are 8×8 images in [0, 1], 1,197 to train, 200 to validate, 400 to test', () => {
    expect(info.imageShape).toEqual([8, 8, 1]);
    expect([splits.train.count, splits.validation.count, splits.test.count]).toEqual([1197, 200, 400]);
    for (const { count, pixels, labels } of parts) {
      expect([pixels.length, labels.length]).toEqual([count * 64, count]);
      expect(pixels.every((pixel) => pixel >= 0 && pixel <= 1)).toBe(true);
    }
  });

  it('have in every part of the split each digit by its share', () => {
    for (const { count, labels } of parts) {
      for (const [digit, of] of counts(labels).entries()) {
        expect(Math.abs(of - (count * (PUBLISHED_COUNTS[digit] ?? 0)) / 1797)).toBeLessThan(1);
      }
    }
    expect(info.classCounts).toEqual(counts(splits.train.labels));
  });

  it('have no image in two parts', () => {
    const [train, validation, test] = parts.map((part) => new Set(images(part)));
    const shared = [...(test ?? [])].filter((image) => train?.has(image) || validation?.has(image));
    expect(shared).toEqual([]);
  });

  it('look like what they are: the first zero has a hole', () => {
    const index = splits.train.labels.indexOf(0);
    const pixels = imageOf(allImages(splits.train.pixels, imageSize(info)), index);
    const middle = [27, 28, 35, 36].reduce((sum, at) => sum + (pixels[at] as number), 0) / 4;
    expect(middle).toBeLessThan(pixels.reduce((sum, pixel) => sum + pixel, 0) / 64);
  });

  it('are found by their name', () => {
    expect(findDataset('digits')).toBe(digits);
    expect(findDataset('letters')).toBeUndefined();
    expect(bundledDatasets.map(({ id }) => id)).toEqual(['digits']);
  });

  it.each([
    ['is cut short', bytes.subarray(0, 1000), /1000 bytes, expected 116805/],
    ['has a pixel beyond 16', bytes.with(70, 17), /image 1 has the pixel 17/],
    ['has a label beyond 9', bytes.with(64, 12), /image 0 is said to be a 12/],
  ])('a file that %s is refused', (_, broken, message) => {
    expect(() => digits.parse(broken)).toThrow(message);
  });
});

describe('samples of a data set in memory', () => {
  const { test } = splits;
  const chosen = (...places: number[]) => inMemory({ info, splits }).samples('test', Int32Array.from(places)) as ChosenSamples;
  const image = (place: number) => [...test.pixels.subarray(place * 64, (place + 1) * 64)];

  it('are those that are asked for, in that order, each with its label', () => {
    const { images, labels } = chosen(7, 2, 7);
    expect([...inARow(images)]).toEqual([...image(7), ...image(2), ...image(7)]);
    expect([...labels]).toEqual([7, 2, 7].map((place) => test.labels[place]));
    expect(inARow(chosen().images)).toHaveLength(0);
  });

  it('that follow one another lie in the data themselves, others in memory that is given', () => {
    expect(inARow(chosen(5, 6).images).buffer).toBe(test.pixels.buffer);
    const memory = new Float32Array(128);
    expect(inARow(chosen(6, 5).images, () => memory)).toBe(memory);
  });
});
