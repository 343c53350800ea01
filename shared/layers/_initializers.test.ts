import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { initialValue } from '../program/initialize';
import { initializerOf, kerasInitializerOf, matrixInitializer, vectorInitializer, type InitializerParam } from './_initializers';

function draw(chosen: InitializerParam, shape: readonly number[]): number[] {
  return [...initialValue({ name: 'w', shape, role: 'weight', initializer: initializerOf(chosen, shape) }, 3)];
}

const deviation = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('an initializer', () => {
  it.each([
    [[5, 7], 5, 7],
    [[3, 3, 16, 32], 144, 288],
    [[9], 9, 9],
    // Of a projection to heads, Keras takes the last two sizes for channels.
    [[6, 2, 3], 12, 18],
  ])('takes the fans of %j as Keras does', (shape, fanIn, fanOut) => {
    expect(initializerOf('glorotUniform', shape)).toEqual({ kind: 'glorotUniform', fanIn, fanOut });
  });

  it('by its bare name has Keras’s numbers', () => {
    expect(initializerOf('randomUniform', [2, 2])).toEqual({ kind: 'uniform', minval: -0.05, maxval: 0.05 });
    expect(initializerOf('randomNormal', [2, 2])).toEqual({ kind: 'normal', mean: 0, stddev: 0.05, truncated: false });
    expect(initializerOf('truncatedNormal', [2, 2])).toEqual({ kind: 'normal', mean: 0, stddev: 0.05, truncated: true });
    expect(initializerOf('orthogonal', [2, 2])).toEqual({ kind: 'orthogonal', gain: 1 });
  });

  it('of normal numbers has the wanted spread; a truncated one is cut at two deviations and narrower', () => {
    const plain = draw({ kind: 'randomNormal', mean: 0, stddev: 0.2 }, [100, 200]);
    expect(deviation(plain) / 0.2).toBeCloseTo(1, 1);
    const cut = draw({ kind: 'truncatedNormal', mean: 0, stddev: 0.2 }, [100, 200]);
    // 0.8796…: the deviation of a standard normal between −2 and 2.
    expect(deviation(cut) / 0.2).toBeCloseTo(0.8796, 1);
    expect(Math.max(...cut.map(Math.abs))).toBeLessThanOrEqual(0.4);
  });

  it.each(['fanIn', 'fanOut', 'fanAvg'] as const)('varianceScaling by %s spreads as TensorFlow.js’s', (mode) => {
    const shape = [3, 3, 40, 80];
    for (const distribution of ['truncatedNormal', 'uniform', 'untruncatedNormal'] as const) {
      const ours = draw({ kind: 'varianceScaling', scale: 1.5, mode, distribution }, shape);
      const name = distribution === 'uniform' ? 'uniform' : 'normal';
      const theirs = tf.initializers.varianceScaling({ scale: 1.5, mode, distribution: name, seed: 1 }).apply(shape);
      // TensorFlow.js does not divide its cut normal by 0.8796….
      const correction = distribution === 'uniform' ? 1 : 0.87962566;
      expect(Math.abs((deviation(ours) * correction) / deviation([...theirs.dataSync()]) - 1)).toBeLessThan(
        distribution === 'untruncatedNormal' ? 0.15 : 0.03,
      );
    }
  });

  it.each([
    [7, 4],
    [4, 7],
    [5, 5],
  ])('orthogonal gives orthonormal vectors times its gain, for %i rows and %i columns', (rows, columns) => {
    const matrix = tf.tensor2d(draw({ kind: 'orthogonal', gain: 2 }, [rows, columns]), [rows, columns]);
    const product = rows >= columns ? tf.matMul(matrix, matrix, true) : tf.matMul(matrix, matrix, false, true);
    const expected = tf.mul(tf.eye(Math.min(rows, columns)), 4);
    expect(tf.max(tf.abs(tf.sub(product, expected))).arraySync()).toBeLessThan(1e-5);
  });

  it('identity and constant are what they say', () => {
    expect(draw({ kind: 'identity', gain: 3 }, [2, 3])).toEqual([3, 0, 0, 0, 3, 0]);
    expect(draw({ kind: 'constant', value: 0.25 }, [3])).toEqual([0.25, 0.25, 0.25]);
    const parts = {
      kind: 'parts',
      parts: [
        { size: 2, initializer: { kind: 'zeros' } },
        { size: 1, initializer: { kind: 'ones' } },
      ],
    } as const;
    expect([...initialValue({ name: 'bias', shape: [3], role: 'weight', initializer: parts }, 0)]).toEqual([0, 0, 1]);
  });

  it('is written as Keras writes it', () => {
    expect(kerasInitializerOf('heNormal')).toBe('he_normal');
    expect(kerasInitializerOf({ kind: 'varianceScaling', scale: 2, mode: 'fanAvg', distribution: 'truncatedNormal' })).toEqual({
      class_name: 'VarianceScaling',
      config: { scale: 2, mode: 'fan_avg', distribution: 'truncated_normal' },
    });
  });

  it('that needs a matrix is not for vectors', () => {
    expect(vectorInitializer.safeParse('orthogonal').success).toBe(false);
    expect(vectorInitializer.safeParse({ kind: 'identity', gain: 1 }).success).toBe(false);
    expect(matrixInitializer.safeParse('identity').success).toBe(true);
    expect(matrixInitializer.safeParse({ kind: 'randomNormal', stddev: -1 }).success).toBe(false);
  });
});
