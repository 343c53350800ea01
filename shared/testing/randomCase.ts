import fc from 'fast-check';
import type { Dim } from '../graph/dim';
import type { SpatialPads, Value } from '../program/builder';
import type { ProgramBuilder } from '../program/builderOf';
import type { GradientCase } from './gradientCases';
import { spread } from './gradientProgram';

/** Turns an image into an image of another or the same size. */
type Step = (builder: ProgramBuilder, x: Value, key: string) => Value;

const sizes = (x: Value) => x.type.shape as readonly [Dim, number, number, number];

function weight(builder: ProgramBuilder, shape: readonly number[], key: string): Value {
  return builder.constant(
    Float32Array.from(spread(shape, key).data, (value) => value / 2),
    shape,
  );
}

const conv =
  (kernel: number, stride: number, pad: SpatialPads, filters: number): Step =>
  (builder, x, key) => {
    const [, height, width, channels] = sizes(x);
    const fits = Math.min(height, width) + pad[0][0] + pad[0][1] >= kernel;
    if (!fits) return x;
    return builder.conv(x, weight(builder, [kernel, kernel, channels, filters], key), {
      strides: [stride, stride],
      pads: pad,
      dilation: [1, 1],
    });
  };

const pool =
  (kind: 'maxPool' | 'avgPool'): Step =>
  (builder, x) => {
    const [, height, width] = sizes(x);
    if (height < 2 || width < 2) return x;
    return builder[kind](x, {
      size: [2, 2],
      strides: [1, 1],
      pads: [
        [0, 1],
        [1, 0],
      ],
    });
  };

const normalize: Step = (builder, x, key) => {
  const channels = sizes(x)[3];
  return builder.batchNormTrain(x, weight(builder, [channels], `${key}/scale`), weight(builder, [channels], `${key}/offset`), {
    epsilon: 1e-3,
  }).y;
};

const NONE: SpatialPads = [
  [0, 0],
  [0, 0],
];
const AROUND: SpatialPads = [
  [1, 1],
  [1, 1],
];

const steps: Readonly<Record<string, Step>> = {
  conv: conv(3, 1, AROUND, 2),
  stridedConv: conv(3, 2, AROUND, 3),
  pointwise: conv(1, 1, NONE, 2),
  maxPool: pool('maxPool'),
  avgPool: pool('avgPool'),
  batchNorm: normalize,
  relu: (builder, x) => builder.relu(x),
  tanh: (builder, x) => builder.tanh(x),
  sigmoid: (builder, x) => builder.sigmoid(x),
  residual: (builder, x, key) => builder.add(x, conv(3, 1, AROUND, sizes(x)[3])(builder, builder.relu(x), key)),
  gate: (builder, x) => builder.mul(x, builder.sigmoid(builder.reduceMean(x, [1, 2], true))),
  double: (builder, x) => builder.concat([x, builder.neg(x)], 3),
  softmax: (builder, x) => builder.softmax(x),
  crop: (builder, x) =>
    sizes(x)[1] > 1 ? builder.slice(x, [0, 1, 0, 0], [x.type.shape[0] as Dim, sizes(x)[1] - 1, sizes(x)[2], sizes(x)[3]]) : x,
  frame: (builder, x) =>
    builder.pad(x, [
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 0],
    ]),
};

/** A random chain of image primitives, some of them with a branch, over a small batch of small images. */
export const randomCase: fc.Arbitrary<GradientCase> = fc
  .array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 6, size: 'medium' })
  .map((names) => ({
    name: names.join(' → '),
    inputs: [['N', 4, 3, 2]],
    build: (builder, [x]) => names.reduce((value, name, index) => (steps[name] as Step)(builder, value, `${name}/${index}`), x as Value),
    toString: () => names.join(' → '),
  }));
