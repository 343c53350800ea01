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
  it('randomCrop cuts at every place there is, pixel for pixel', async () => {
    const received = textOf(await augmented('randomCrop', { height: 5, width: 6 }, images));
    const places = [0, 1].flatMap((top) => [0, 1, 2].map((left) => made(5, 6, (row, column) => at(row + top, column + left)).join()));
    expect(received).toEqual(new Set(places));
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
});
