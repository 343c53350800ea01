import { describe, expect, it } from 'vitest';
import { BATCH, unknown } from '../../../shared/graph/dim';
import type { Value } from '../../../shared/program/builder';
import { builderOf } from '../../../shared/program/builderOf';
import { differentiate } from '../../../shared/program/differentiate';
import { gradientCases, type GradientCase } from '../../../shared/testing/gradientCases';
import { spread } from '../../../shared/testing/gradientProgram';
import { array } from '../../../shared/testing/reference/array';
import type { Tensors } from '../backend';
import { engineProgram, feeds, inputsOf, primitiveSuite, primitiveTools } from '../testing/primitiveTools';

const tools = primitiveTools('cpu');
const { load, expectEqual } = tools;

primitiveSuite('primitives in onnxruntime', tools, gradientCases, 40);

describe('primitives over images of any size in onnxruntime', () => {
  it.each([
    [1, [1, 1]],
    [2, [1, 1]],
    [3, [0, 2]],
  ] as const)('a convolution of stride %i, padded %j, has the gradients of the reference', async (stride, pads) => {
    const builder = builderOf();
    const x = builder.input('x', { dtype: 'float32', shape: [BATCH, unknown('H'), unknown('W'), 2] });
    const kernel = builder.input('kernel', { dtype: 'float32', shape: [3, 3, 2, 3] });
    const y = builder.conv(x, kernel, { strides: [stride, stride], pads: [pads, pads], dilation: [1, 1] });
    const loss = builder.reduceSum(builder.mul(y, y), [0, 1, 2, 3]);
    differentiate(builder, loss, [x, kernel]).forEach((gradient, index) => builder.output(`gradient ${index}`, gradient as Value));
    const program = builder.build('anySize');
    const runner = await load(program);
    for (const shape of [
      [2, 7, 6, 2],
      [1, 8, 9, 2],
    ]) {
      await expectEqual(runner, program, { x: spread(shape, 'x'), kernel: spread([3, 3, 2, 3], 'kernel') });
    }
  });
});

/** Channels that fill the blocks in which onnxruntime convolves on every processor, 4, 8 or 16 of them; images that call for each form of product. */
describe('convolutions of many channels in onnxruntime', () => {
  it.each([
    { channels: 16, filters: 32, kernel: 3, stride: 1, pads: [1, 1], dilation: 1, side: 6 },
    { channels: 32, filters: 16, kernel: 3, stride: 1, pads: [0, 2], dilation: 1, side: 24 },
    { channels: 16, filters: 16, kernel: 3, stride: 2, pads: [0, 1], dilation: 1, side: 7 },
    { channels: 32, filters: 32, kernel: 2, stride: 1, pads: [1, 0], dilation: 2, side: 5 },
    { channels: 16, filters: 48, kernel: 1, stride: 1, pads: [0, 0], dilation: 1, side: 30 },
    { channels: 48, filters: 16, kernel: 1, stride: 2, pads: [0, 0], dilation: 1, side: 4 },
    { channels: 3, filters: 16, kernel: 5, stride: 1, pads: [2, 2], dilation: 1, side: 9 },
  ] as const)('$channels → $filters, kernel $kernel, stride $stride, dilation $dilation: as the reference', async (test) => {
    const { channels, filters, kernel: size, stride, pads, dilation, side } = test;
    const builder = builderOf();
    const x = builder.input('x', { dtype: 'float32', shape: [BATCH, side, side, channels] });
    const kernel = builder.input('kernel', { dtype: 'float32', shape: [size, size, channels, filters] });
    const y = builder.conv(x, kernel, { strides: [stride, stride], pads: [pads, pads], dilation: [dilation, dilation] });
    builder.output('y', y);
    const loss = builder.reduceSum(builder.mul(y, builder.tanh(y)), [0, 1, 2, 3]);
    differentiate(builder, loss, [x, kernel]).forEach((gradient, index) => builder.output(`gradient ${index}`, gradient as Value));
    const program = builder.build('blocks');
    const runner = await load(program);
    for (const batch of [3, 1]) {
      const inputs = { x: spread([batch, side, side, channels], 'x'), kernel: spread([size, size, channels, filters], 'kernel') };
      await expectEqual(runner, program, inputs);
    }
  });
});

describe('primitives without gradients in onnxruntime', () => {
  it('normalise two batches of equal constants by moments of their own', async () => {
    const builder = builderOf();
    const [scale, offset] = [builder.constant([1, 1, 1], [3]), builder.constant([0, 0, 0], [3])];
    for (const name of ['a', 'b']) {
      const x = builder.input(name, { dtype: 'float32', shape: [BATCH, 3] });
      const { y, mean, variance } = builder.batchNormTrain(x, scale, offset, { epsilon: 1e-3 });
      for (const [key, value] of Object.entries({ y, mean, variance })) builder.output(`${key} of ${name}`, value);
    }
    const program = builder.build('moments');
    const runner = await load(program);
    const infinite = array([2, 3], [Infinity, NaN, 1, 1, 1, 1]);
    await runner.run(feeds(program, { a: infinite, b: infinite }), new Map());
    await expectEqual(runner, program, { a: spread([4, 3], 'a'), b: spread([4, 3], 'b') });
  });

  it('compare, count, pick and convert as the reference does', async () => {
    const builder = builderOf();
    const x = builder.input('x', { dtype: 'float32', shape: [BATCH, 2, 5] });
    const labels = builder.input('labels', { dtype: 'int32', shape: [BATCH, 2] });
    const positive = builder.maximum(x, builder.scalar(0.25));
    const results = {
      argMax: builder.argMax(x),
      oneHot: builder.oneHot(labels, 5),
      greater: builder.greater(x, builder.scalar(0.5)),
      equal: builder.equal(builder.argMax(x), labels),
      pow: builder.pow(positive, builder.scalar(1.5)),
      cast: builder.cast(labels, 'float32'),
      truncated: builder.cast(x, 'int32'),
      size: builder.size(BATCH),
      counted: builder.reduceSum(labels, [0, 1]),
      constant: builder.add(labels, builder.constant(Int32Array.of(7, -3), [2])),
    };
    for (const [name, value] of Object.entries(results)) builder.output(name, value);
    const program = builder.build('others');
    await expectEqual(await load(program), program, { x: spread([3, 2, 5], 'others'), labels: array([3, 2], [0, 1, 2, 3, 4, 0]) });
  });

  it('give a maximum’s gradient to the first of equal elements', async () => {
    const window = {
      size: [2, 2],
      strides: [2, 2],
      pads: [
        [0, 0],
        [0, 0],
      ],
    } as const;
    const test: GradientCase = { name: 'ties', inputs: [['N', 4, 4, 1]], build: (builder, [x]) => builder.maxPool(x as never, window) };
    const program = engineProgram(test);
    const inputs = { ...inputsOf(test, program, 2), x0: array([2, 4, 4, 1], new Float32Array(32)) };
    await expectEqual(await load(program), program, inputs);
  });

  it('give the gradient of a maximum of what is no number without an error, so that the loss can tell', async () => {
    const window = {
      size: [3, 3],
      strides: [2, 2],
      pads: [
        [1, 1],
        [1, 1],
      ],
    } as const;
    const test: GradientCase = { name: 'nothing', inputs: [['N', 4, 4, 2]], build: (builder, [x]) => builder.maxPool(x as Value, window) };
    const program = engineProgram(test);
    const runner = await load(program);
    for (const value of [NaN, -Infinity]) {
      const x0 = array([2, 4, 4, 2], new Float32Array(64).fill(value));
      const { outputs } = await runner.run(feeds(program, { ...inputsOf(test, program, 2), x0 }), new Map());
      expect(outputs['gradient/x0']?.shape).toEqual([2, 4, 4, 2]);
    }
  });

  it('draw numbers in [0, 1) that repeat under a seed, differ by step and by operation', async () => {
    const builder = builderOf();
    const x = builder.input('x', { dtype: 'float32', shape: [BATCH] });
    builder.output('a', builder.add(builder.randomUniform([BATCH, 500]), builder.reshape(builder.mul(x, builder.scalar(0)), [BATCH, 1])));
    builder.output('b', builder.randomUniform([BATCH, 500]));
    const runner = await load(builder.build('random'));
    const draw = async (seed: readonly [number, number]) => {
      const fed: Tensors = {
        x: { dtype: 'float32', shape: [2], data: new Float32Array(2) },
        seed: { dtype: 'int32', shape: [2], data: Int32Array.from(seed) },
      };
      return (await runner.run(fed, new Map())).outputs;
    };
    const first = await draw([1, 0]);
    expect(await draw([1, 0])).toEqual(first);
    const others = [first['b'], (await draw([1, 1]))['a'], (await draw([2, 0]))['a'], (await draw([-1, 0]))['a']];
    const numbers = Array.from(first['a']?.data ?? []);
    expect(numbers.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(Math.abs(mean(numbers) - 0.5)).toBeLessThan(0.05);
    for (const other of others.map((tensor) => Array.from(tensor?.data ?? []))) {
      expect(Math.abs(mean(other) - 0.5)).toBeLessThan(0.05);
      // Independent numbers have a correlation of about 1/√1000.
      expect(Math.abs(mean(other.map((value, index) => (value - 0.5) * ((numbers[index] ?? 0) - 0.5))) * 12)).toBeLessThan(0.15);
    }
  });

  it('draw the numbers of the published hash', async () => {
    const builder = builderOf();
    builder.output('y', builder.randomUniform([BATCH, 40]));
    builder.output('n', builder.input('x', { dtype: 'float32', shape: [BATCH] }));
    const runner = await load(builder.build('hash'));
    for (const seed of [
      [7, 3],
      [-5, 2 ** 31 - 1],
    ] as const) {
      const { outputs } = await runner.run(
        {
          x: { dtype: 'float32', shape: [2], data: new Float32Array(2) },
          seed: { dtype: 'int32', shape: [2], data: Int32Array.from(seed) },
        },
        new Map(),
      );
      const key = hash32(hash32(hash32(seed[0]) + seed[1]) + 0);
      const expected = Array.from({ length: 80 }, (_, position) => (hash32(hash32(position) + key) >>> 8) / 2 ** 24);
      expect(Array.from(outputs['y']?.data ?? [])).toEqual(expected);
    }
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `[16 21f0aaad 15 735a2d97 15]` of https://github.com/skeeto/hash-prospector, as its authors write it in C. */
function hash32(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
