import { afterEach, describe, expect, it } from 'vitest';
import { BATCH } from '../../shared/graph/dim';
import type { Params } from '../../shared/graph/graph';
import { findLayer } from '../../shared/layers/index';
import { parseParams } from '../../shared/layers/parse';
import { builderOf } from '../../shared/program/builderOf';
import { spread } from '../../shared/testing/gradientProgram';
import { loadOnnxruntime } from './onnxruntime/library';
import { createRunner, type Runner } from './onnxruntime/runner';

const COUNT = 200;
const [HEIGHT, WIDTH] = [6, 8];

const open: Runner[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((runner) => runner.release()));
});

/** Images of one layer in training, each an array of rows. */
async function augmented(type: string, given: Params, images: Float32Array, seed = 1): Promise<number[][]> {
  const layer = findLayer(type);
  const params = layer && parseParams(layer, given);
  if (!layer || !params?.ok) throw new Error(`The parameters of ${type} are wrong.`);
  const builder = builderOf();
  const shape = [BATCH, HEIGHT, WIDTH, 1];
  const x = builder.input('x', { dtype: 'float32', shape });
  const context = { dataFormat: 'channelsLast', training: true, inputTypes: { x: x.type }, outputTypes: {}, masks: {} } as const;
  builder.output('y', layer.lower(builder, { x }, {}, params.value, context)['y'] as never);
  const runner = await createRunner(loadOnnxruntime(), builder.build('augmentation'));
  open.push(runner);
  const fed = {
    x: { dtype: 'float32' as const, shape: [COUNT, HEIGHT, WIDTH, 1], data: images },
    seed: { dtype: 'int32' as const, shape: [2], data: Int32Array.of(seed, 0) },
  };
  const y = (await runner.run(fed, new Map())).outputs['y'];
  const size = (y?.data.length ?? 0) / COUNT;
  return Array.from({ length: COUNT }, (_, index) => Array.from(y?.data.slice(index * size, (index + 1) * size) ?? []));
}

/** The same image so many times. */
const picture = [...spread([HEIGHT, WIDTH], 'picture').data];
const images = Float32Array.from({ length: COUNT * picture.length }, (_, index) => picture[index % picture.length] as number);
const at = (row: number, column: number) => picture[row * WIDTH + column] as number;
const made = (height: number, width: number, pixel: (row: number, column: number) => number) =>
  Array.from({ length: height * width }, (_, index) => Math.fround(pixel(Math.floor(index / width), index % width)));
const textOf = (rows: readonly (readonly number[])[]) => new Set(rows.map((row) => row.join()));

describe('an augmentation in training', () => {
  it('randomFlip gives each of the four ways about as often', async () => {
    const received = await augmented('randomFlip', {}, images);
    const ways = [
      made(HEIGHT, WIDTH, at),
      made(HEIGHT, WIDTH, (row, column) => at(HEIGHT - 1 - row, column)),
      made(HEIGHT, WIDTH, (row, column) => at(row, WIDTH - 1 - column)),
      made(HEIGHT, WIDTH, (row, column) => at(HEIGHT - 1 - row, WIDTH - 1 - column)),
    ];
    const counts = ways.map((way) => received.filter((row) => row.join() === way.join()).length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(COUNT);
    // A quarter of 200, give or take five standard deviations of √(200 · 3/16).
    for (const count of counts) expect(Math.abs(count - COUNT / 4)).toBeLessThan(31);
  });

  it('randomCrop cuts at every place there is, pixel for pixel', async () => {
    const received = textOf(await augmented('randomCrop', { height: 5, width: 6 }, images));
    const places = [0, 1].flatMap((top) => [0, 1, 2].map((left) => made(5, 6, (row, column) => at(row + top, column + left)).join()));
    expect(received).toEqual(new Set(places));
  });

  it('randomBrightness adds one number to each image, within its factor of the range', async () => {
    const received = await augmented('randomBrightness', { factor: 0.2, valueRange: [-10, 10] }, images);
    const added = received.map((row) => row.map((value, index) => value - (picture[index] as number)));
    for (const row of added) expect(Math.max(...row) - Math.min(...row)).toBeLessThan(1e-5);
    const deltas = added.map(([first = 0]) => first);
    expect(Math.max(...deltas.map(Math.abs))).toBeLessThanOrEqual(4);
    expect(Math.max(...deltas)).toBeGreaterThan(3);
    expect(Math.min(...deltas)).toBeLessThan(-3);
  });

  it('randomContrast keeps the mean and changes the distance from it by one factor', async () => {
    const received = await augmented('randomContrast', { factor: 0.5, valueRange: [-100, 100] }, images);
    const mean = picture.reduce((sum, value) => sum + value, 0) / picture.length;
    const factors = received.map((row) => row.map((value, index) => (value - mean) / ((picture[index] as number) - mean)));
    for (const row of factors) expect(Math.max(...row) - Math.min(...row)).toBeLessThan(1e-3);
    const drawn = factors.map(([first = 0]) => first);
    expect([Math.min(...drawn) >= 0.5, Math.min(...drawn) < 0.6, Math.max(...drawn) > 1.4, Math.max(...drawn) <= 1.5]).toEqual(
      new Array(4).fill(true),
    );
  });

  it.each([
    ['randomTranslation', { heightFactor: 0, widthFactor: 0 }],
    ['randomRotation', { factor: 0 }],
    ['randomZoom', { heightFactor: 0 }],
  ])('%s by nothing changes nothing', async (type, params) => {
    const [first = []] = await augmented(type, params, images);
    first.forEach((value, index) => expect(value).toBeCloseTo(picture[index] as number, 4));
  });

  it.each([
    ['randomTranslation', {}],
    ['randomRotation', {}],
    ['randomZoom', {}],
  ])('%s gives every image numbers of its own, within those of the image, and the same under the same seed', async (type, params) => {
    const received = await augmented(type, params, images);
    expect(textOf(received).size).toBe(COUNT);
    expect(Math.max(...received.flat())).toBeLessThanOrEqual(Math.max(...picture) + 1e-5);
    expect(await augmented(type, params, images)).toEqual(received);
    expect(await augmented(type, params, images, 2)).not.toEqual(received);
  });

  it('alphaDropout keeps mean 0 and variance 1', async () => {
    const normal = Float32Array.from({ length: COUNT * HEIGHT * WIDTH }, (_, index) => Math.SQRT2 * Math.sin(index * 2.399963));
    const values = (await augmented('alphaDropout', { rate: 0.3 }, normal)).flat();
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // 9,600 numbers of deviation 1: five standard errors.
    expect(Math.abs(mean)).toBeLessThan(0.052);
    expect(Math.abs(variance - 1)).toBeLessThan(0.08);
  });
});
