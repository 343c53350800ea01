import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { builderOf } from '../../program/builderOf';
import { differentiate } from '../../program/differentiate';
import { relativeDifference } from '../../testing/closeTo';
import { spread } from '../../testing/gradientProgram';
import { evaluateProgram } from '../../testing/reference/evaluate';
import { transformed, type Affine, type SamplingOptions } from './_sampling';

beforeAll(() => tf.setBackend('cpu'));

const IMAGES = spread([3, 5, 6, 2], 'images');
/** A move within the image, a turn with a shear, and one that sees mostly what is far outside. */
const MAPS = [
  [1, 0, 0.75, 0, 1, -1.3],
  [0.8, -0.55, 1.4, 0.6, 0.85, -0.9],
  [2.6, 0.3, -9.2, -0.4, 1.7, 8.1],
];

function program(options: SamplingOptions) {
  const builder = builderOf();
  const image = builder.input('image', { dtype: 'float32', shape: [3, 5, 6, 2] });
  const columns = MAPS[0]?.map((_, index) =>
    builder.constant(
      Float32Array.from(MAPS, (map) => map[index] as number),
      [3, 1, 1],
    ),
  );
  const y = transformed(builder, image, columns as unknown as Affine, options);
  builder.output('y', y);
  const [gradient] = differentiate(builder, builder.reduceSum(builder.mul(y, y), [0, 1, 2, 3]), [image]);
  if (gradient) builder.output('gradient', gradient);
  return builder.build('sampling');
}

const rows = (data: ArrayLike<number>) => tf.tensor4d(Float32Array.from(data), [3, 5, 6, 2]);

describe('an image seen through a map', () => {
  it.each([
    ['reflect', 'bilinear'],
    ['reflect', 'nearest'],
    ['nearest', 'bilinear'],
    ['nearest', 'nearest'],
    ['constant', 'bilinear'],
    ['constant', 'nearest'],
  ] as const)('with fill mode %s, read %s, is what TensorFlow.js’s image.transform gives', (fillMode, interpolation) => {
    const { outputs } = evaluateProgram(program({ fillMode, interpolation, fillValue: 0.7 }), { image: IMAGES });
    // One image at a time: its kernel on the CPU leaves all but the first as they are.
    const theirs = MAPS.map((map, index) => {
      const image = tf.slice(rows(IMAGES.data), [index, 0, 0, 0], [1, 5, 6, 2]);
      return tf.image.transform(image, tf.tensor2d([...map, 0, 0], [1, 8]), interpolation, fillMode, 0.7);
    });
    expect(relativeDifference(outputs['y']?.data ?? [], tf.concat(theirs).dataSync())).toBeLessThan(1e-5);
  });

  it('passes gradients on to the pixels that were read', () => {
    const made = program({ fillMode: 'reflect', interpolation: 'bilinear', fillValue: 0 });
    const { outputs } = evaluateProgram(made, { image: IMAGES });
    const loss = (offset: number, delta: number) => {
      const moved = { ...IMAGES, data: IMAGES.data.with(offset, (IMAGES.data[offset] as number) + delta) };
      return Array.from(evaluateProgram(made, { image: moved }).outputs['y']?.data ?? []).reduce((sum, value) => sum + value * value, 0);
    };
    const differences = Array.from({ length: 60 }, (_, offset) => (loss(offset, 1e-6) - loss(offset, -1e-6)) / 2e-6);
    expect(relativeDifference(outputs['gradient']?.data.slice(0, 60) ?? [], differences)).toBeLessThan(1e-6);
  });
});
