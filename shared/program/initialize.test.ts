import { describe, expect, it } from 'vitest';
import { initialValue } from './initialize';
import type { Initializer } from './initializer';

const SHAPE = [3, 3, 16, 32] as const;
const FANS = { fanIn: 144, fanOut: 288 };

function draw(initializer: Initializer, name = 'conv/kernel', seed = 1): Float32Array {
  return initialValue({ name, shape: SHAPE, role: 'weight', initializer }, seed);
}

function moments(values: Float32Array): { mean: number; deviation: number; largest: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance), largest: values.reduce((top, value) => Math.max(top, Math.abs(value)), 0) };
}

describe('initial values', () => {
  // Keras: limit = √(3 · scale / fan), with scale 1 and the mean of both fans for Glorot, scale 2 and 1 and the fan in for He and LeCun.
  it.each([
    ['glorotUniform', Math.sqrt(6 / (144 + 288))],
    ['heUniform', Math.sqrt(6 / 144)],
    ['lecunUniform', Math.sqrt(3 / 144)],
  ] as const)('%s fills its interval evenly', (kind, limit) => {
    const { mean, deviation, largest } = moments(draw({ kind, ...FANS }));
    expect(Math.abs(mean)).toBeLessThan(0.03 * limit);
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.995 * limit);
    expect(deviation / (limit / Math.sqrt(3))).toBeCloseTo(1, 1);
  });

  // Keras: a normal of deviation √(scale / fan) / 0.8796…, cut at two of its deviations, so that √(scale / fan) is left.
  it.each([
    ['glorotNormal', Math.sqrt(2 / (144 + 288))],
    ['heNormal', Math.sqrt(2 / 144)],
    ['lecunNormal', Math.sqrt(1 / 144)],
  ] as const)('%s is a cut normal of the wanted spread', (kind, wanted) => {
    const { mean, deviation, largest } = moments(draw({ kind, ...FANS }));
    const cut = (2 * wanted) / 0.87962566103423978;
    expect(Math.abs(mean)).toBeLessThan(0.05 * wanted);
    expect(Math.abs(deviation / wanted - 1)).toBeLessThan(0.03);
    expect(largest).toBeLessThanOrEqual(cut);
    expect(largest).toBeGreaterThan(0.98 * cut);
  });

  it('of constants are constant', () => {
    expect([...new Set(draw({ kind: 'zeros' }))]).toEqual([0]);
    expect([...new Set(draw({ kind: 'ones' }))]).toEqual([1]);
    expect([...new Set(draw({ kind: 'constant', value: 0.5 }))]).toEqual([0.5]);
  });

  it('repeat under seed and name, and change with either', () => {
    const initializer: Initializer = { kind: 'heNormal', ...FANS };
    expect(draw(initializer)).toEqual(draw(initializer));
    expect(draw(initializer, 'conv/kernel', 2)).not.toEqual(draw(initializer));
    expect(draw(initializer, 'conv2/kernel')).not.toEqual(draw(initializer));
  });
});
