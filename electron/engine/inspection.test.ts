import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/infer/analyze';
import { networkOf } from '../../shared/testing/networks';
import type { TensorData } from './backend';
import { activationsOf, outputOf } from './inspection';

function float(shape: readonly number[], data: readonly number[]): TensorData {
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

function network(dataFormat: 'channelsLast' | 'channelsFirst') {
  const shape = dataFormat === 'channelsLast' ? [1, 2, 2] : [2, 1, 2];
  const layers = { image: ['input', { shape }], relu: ['relu'], flat: ['flatten'], y: ['output'] } as const;
  return analyze(networkOf(layers, ['image → relu → flat → y'], dataFormat));
}

describe('activations as pictures', () => {
  it.each([
    ['channelsLast', float([1, 1, 2, 2], [1, -10, 2, -20])],
    ['channelsFirst', float([1, 2, 1, 2], [1, 2, -10, -20])],
  ] as const)('of a %s image have one tile a channel', (dataFormat, tensor) => {
    const activations = activationsOf(network(dataFormat), { 'image:y': tensor }, 8);
    expect(activations).toEqual([
      {
        path: 'image',
        name: 'image',
        type: 'input',
        shape: [1, 2, 2],
        channels: 2,
        height: 1,
        width: 2,
        tiles: Float32Array.of(1, 2, -10, -20),
        minimum: -20,
        maximum: 2,
      },
    ]);
  });

  it('show as many channels as are wanted, and the range of those', () => {
    const [image] = activationsOf(network('channelsLast'), { 'image:y': float([1, 1, 2, 2], [1, -10, 2, -20]) }, 1);
    expect(image).toMatchObject({ shape: [1, 2, 2], channels: 1, tiles: Float32Array.of(1, 2), minimum: 1, maximum: 2 });
  });

  it('of a vector are one row', () => {
    const activations = activationsOf(network('channelsLast'), { 'flat:y': float([1, 4], [3, 1, 4, 1]) }, 8);
    expect(activations).toMatchObject([{ path: 'flat', shape: [4], channels: 1, height: 1, width: 4, tiles: Float32Array.of(3, 1, 4, 1) }]);
  });

  it('have a range of numbers also where there is none', () => {
    const activations = activationsOf(network('channelsLast'), { 'flat:y': float([1, 2], [NaN, NaN]) }, 8);
    expect(activations).toMatchObject([{ minimum: 0, maximum: 0 }]);
  });

  it('come in the order of computation', () => {
    const one = float([1, 1], [0]);
    const activations = activationsOf(network('channelsLast'), { 'flat:y': one, 'image:y': one, 'relu:y': one }, 8);
    expect(activations.map(({ path }) => path)).toEqual(['image', 'relu', 'flat']);
  });
});

describe('the answer of a network', () => {
  it('is what goes into its output', () => {
    const answer = float([1, 4], [3, 1, 4, 1]);
    const tensors = { 'image:y': float([1, 1, 2, 2], [1, 2, 3, 4]), 'flat:y': answer };
    expect(outputOf(network('channelsLast'), 'y', tensors)).toBe(answer);
    expect(outputOf(network('channelsLast'), 'flat', tensors)).toBeUndefined();
  });
});
