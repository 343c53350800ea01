import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../program/random';
import { prepareImage, prepareImages } from './prepareImage';
import { preparedShape, preprocessingOf, resizedTo, type ImageShape, type Preprocessing } from './preprocessing';

interface Case {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly turned: boolean;
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
}

const folder = new URL('../testing/photo/', import.meta.url);
const cases = JSON.parse(readFileSync(new URL('numbers.json', folder), 'utf8')) as readonly Case[];
const { data, info } = await sharp(readFileSync(new URL('china.png', folder)))
  .removeAlpha()
  .raw()
  .toBuffer({ resolveWithObject: true });
const photo = { pixels: Float32Array.from(data, (byte) => byte / 255), shape: [info.height, info.width, 3] as const };

function turned({ pixels, shape: [height, width, channels] }: { pixels: Float32Array; shape: ImageShape }) {
  const result = new Float32Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 1) {
    const [row, column] = [Math.floor(at / (width * channels)), Math.floor(at / channels) % width];
    result[(column * height + row) * channels + (at % channels)] = pixels[at] as number;
  }
  return { pixels: result, shape: [width, height, channels] as const };
}

function settingsOf(params: Readonly<Record<string, unknown>>): Preprocessing {
  const settings = preprocessingOf(params);
  if (!settings) throw new Error(`no preprocessing: ${JSON.stringify(params)}`);
  return settings;
}

describe('an image is prepared', () => {
  it.each(cases)('as TensorFlow does it: $name', ({ settings, turned: isTurned, shape, numbers }) => {
    const image = isTurned ? turned(photo) : photo;
    const prepared = prepareImage(settingsOf(settings), image.pixels, image.shape);
    expect(preparedShape(settingsOf(settings), image.shape)).toEqual({ ok: true, value: shape });
    const ours = prepared.filter((_, index) => index % 97 === 0);
    expect(ours).toHaveLength(numbers.length);
    // TensorFlow rounds its weights to float32, and grey levels are 0.2989, 0.587 and 0.114 there.
    const bar = settings['values'] === 'zeroTo255' ? 5e-4 : settings['colours'] === 'grey' ? 2e-4 : 5e-6;
    numbers.forEach((number, index) => expect(Math.abs((ours[index] as number) - number)).toBeLessThan(bar));
  });

  it('in grey and in colours as Pillow converts: by BT.601, and three equal channels', () => {
    // A pixel of 200, 100, 50 is 124 in Pillow's convert('L').
    const grey = prepareImage(settingsOf({ colours: 'grey' }), [200 / 255, 100 / 255, 50 / 255], [1, 1, 3]);
    expect(Math.round((grey[0] as number) * 255)).toBe(124);
    expect([...prepareImage(settingsOf({ colours: 'rgb' }), [0.25, 0.5], [1, 2, 1])]).toEqual([0.25, 0.25, 0.25, 0.5, 0.5, 0.5]);
  });

  it('in training at random places and mirrored half of the times, the same for the same chance', () => {
    const settings = settingsOf({ resizeDim: 2, randomFlip: true });
    const pixels = Float32Array.from({ length: 12 }, (_, at) => at);
    const seen = new Map<string, number>();
    for (let index = 0; index < 1200; index += 1) {
      const draw = () => prepareImage(settings, pixels, [3, 4, 1], randomOf(1, `image/0/${index}`)).join();
      expect(draw()).toBe(draw());
      seen.set(draw(), (seen.get(draw()) ?? 0) + 1);
    }
    // Two places down, three across, mirrored or not: about a hundred of each.
    const all = [0, 1, 2, 4, 5, 6].flatMap((at) => [
      [at, at + 1, at + 4, at + 5],
      [at + 1, at, at + 5, at + 4],
    ]);
    expect([...seen.keys()].toSorted()).toEqual(all.map((cut) => cut.join()).toSorted());
    for (const count of seen.values()) expect(Math.abs(count - 100)).toBeLessThan(45);
  });

  it('mirrored pixel by pixel: channels keep their order', () => {
    const mirrored = prepareImage(settingsOf({ randomFlip: true }), [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3], { uniform: () => 0 });
    expect([...mirrored]).toEqual([7, 8, 9, 4, 5, 6, 1, 2, 3]);
    const pixels = Float32Array.from({ length: 27 }, (_, at) => at);
    const cut = prepareImage(settingsOf({ resizeDim: 2, randomFlip: true }), pixels, [3, 3, 3], { uniform: () => 0 });
    expect([...cut]).toEqual([3, 4, 5, 0, 1, 2, 12, 13, 14, 9, 10, 11]);
  });

  it('from the middle, whatever the settings of training are, when there is no chance', () => {
    const settings = settingsOf({ resizeDim: 2, randomFlip: true });
    expect([
      ...prepareImages(
        settings,
        Float32Array.from({ length: 18 }, (_, at) => at),
        [3, 3, 1],
      ),
    ]).toEqual([0, 1, 3, 4, 9, 10, 12, 13]);
  });

  it('to the shape that was said before, from any size', () => {
    const size = fc.integer({ min: 1, max: 24 });
    const maybe = fc.option(size, { nil: null });
    fc.assert(
      fc.property(
        size,
        size,
        fc.constantFrom(1, 3),
        maybe,
        maybe,
        fc.boolean(),
        (height, width, channels, minAspectDim, resizeDim, inColour) => {
          const settings = preprocessingOf({ minAspectDim, resizeDim, colours: inColour ? 'rgb' : 'grey' });
          const shape = settings && preparedShape(settings, [height, width, channels]);
          if (!settings || !shape?.ok) return;
          const image = prepareImage(settings, new Float32Array(height * width * channels).fill(0.5), [height, width, channels]);
          expect(image).toHaveLength(shape.value[0] * shape.value[1] * shape.value[2]);
          // An even image stays even: the weights of a filter are 1 in sum.
          for (const value of image) expect(value).toBeCloseTo(0.5, 6);
        },
      ),
    );
  });
});

describe('the sizes of prepared images', () => {
  it.each([
    [[480, 640], 256, [256, 341]],
    [[640, 480], 256, [341, 256]],
    [[8, 8], 32, [32, 32]],
    [[1, 1000], 2, [2, 2000]],
    [[1000, 999], 1, [1, 1]],
  ] as const)('%j at %i are torchvision’s: %j', (from, to, expected) => {
    expect(resizedTo(from, to)).toEqual(expected);
  });

  it('are refused where the square is larger than the image', () => {
    expect(preparedShape(settingsOf({ resizeDim: 9 }), [8, 10, 1])).toEqual({
      ok: false,
      error: 'a square of 9 does not fit into an image of 8×10. Resize to 9 or more before.',
    });
  });

  it('are not asked where nothing is to be done, or nothing sensible', () => {
    for (const params of [{}, { shape: [8, 8, 1] }, { resizeDim: 0 }, { minAspectDim: 1e9 }, { values: 'none' }, null])
      expect(preprocessingOf(params)).toBeUndefined();
  });
});
