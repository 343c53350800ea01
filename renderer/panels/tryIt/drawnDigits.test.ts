import { describe, expect, it } from 'vitest';
import digitsFile from '../../../assets/data/digits/digits.bin?url&inline';
import { digits } from '../../../shared/data/digits';
import { drawnPixels, type Stroke } from './digit';

/** Ways of a pen as a person writes digits, as x,y pairs in percent of the drawing area. */
const written: readonly (readonly string[])[] = [
  ['50,15 35,25 30,50 35,75 50,85 65,75 70,50 65,25 50,15'],
  ['40,30 52,15 52,85'],
  ['32,30 40,17 55,15 66,25 64,40 50,58 32,82 70,82'],
  ['32,20 50,15 66,24 62,40 46,48 64,55 70,70 56,84 32,80'],
  ['42,15 30,58 72,58', '62,38 58,88'],
  ['68,16 38,16 35,46 52,42 66,52 67,70 54,85 32,80'],
  ['60,14 42,35 33,62 42,82 58,84 67,70 58,57 40,60'],
  ['30,17 70,17 58,45 46,86', '40,50 66,50'],
  ['62,24 48,15 36,26 44,42 60,56 66,72 52,85 36,74 44,56 60,40 63,26'],
  ['64,32 52,17 37,26 38,42 52,48 64,36 65,20 63,55 56,86'],
];
const strokesOf = (ways: readonly string[]): readonly Stroke[] =>
  ways.map((way) => way.split(' ').map((pair) => ({ x: Number(pair.split(',')[0]) / 100, y: Number(pair.split(',')[1]) / 100 })));

const { splits } = digits.parse(Uint8Array.from(atob(digitsFile.slice(digitsFile.indexOf(',') + 1)), (sign) => sign.charCodeAt(0)));
/** All parts: which images are for training is nothing that a drawing depends on. */
const real = {
  pixels: Float32Array.from(Object.values(splits).flatMap(({ pixels }) => Array.from(pixels))),
  labels: Object.values(splits).flatMap(({ labels }) => Array.from(labels)),
};

/** The class of most of the five nearest images. */
function nearestClass(pixels: Float32Array): number {
  const distances = Array.from({ length: real.labels.length }, (_, image) => {
    let sum = 0;
    for (let pixel = 0; pixel < 64; pixel++) sum += ((pixels[pixel] as number) - (real.pixels[image * 64 + pixel] as number)) ** 2;
    return { sum, label: real.labels[image] as number };
  });
  const nearest = distances
    .sort((a, b) => a.sum - b.sum)
    .slice(0, 5)
    .map(({ label }) => label);
  return nearest.toSorted((a, b) => count(nearest, b) - count(nearest, a))[0] as number;
}
const count = (labels: readonly number[], label: number) => labels.filter((other) => other === label).length;
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('drawn digits beside the real ones of the data set', () => {
  it.each(written.map((ways, digit) => [digit, ways] as const))('a drawn %i is nearest to real ones', (digit, ways) => {
    expect(nearestClass(drawnPixels(strokesOf(ways), 8, 8))).toBe(digit);
  });

  it('have about as much ink as real ones', () => {
    const drawn = written.reduce((sum, ways) => sum + mean(drawnPixels(strokesOf(ways), 8, 8)), 0) / written.length;
    expect(drawn / mean(real.pixels)).toBeGreaterThan(0.8);
    expect(drawn / mean(real.pixels)).toBeLessThan(1.2);
  });
});
