import type * as Tf from '@tensorflow/tfjs';
import { BATCH } from '../graph/dim';
import type { Shape } from '../graph/tensor';
import type { ConvolutionAttributes, Value, Window } from '../program/builder';
import type { ProgramBuilder } from '../program/builderOf';

/** `'N'` is the batch, which stays symbolic in the program. */
export type CaseShape = readonly (number | 'N')[];

/** One use of primitives whose gradients are checked against foreign ones. */
export interface GradientCase {
  readonly name: string;
  readonly inputs: readonly CaseShape[];
  /** Inputs that no gradient is asked for, by index. */
  readonly constants?: readonly number[];
  /** Values from 0.5 to 2.5 instead of −2 to 2. */
  readonly positive?: boolean;
  build(builder: ProgramBuilder, values: readonly Value[]): Value;
  /** The same in tfjs; left out where tfjs has no gradient of it, or a wrong one. */
  eager?(tf: typeof Tf, tensors: readonly Tf.Tensor[]): Tf.Tensor;
}

/** The shape as the program has it. */
export function symbolicShape(shape: CaseShape): Shape {
  return shape.map((size) => (size === 'N' ? BATCH : size));
}

/** The shape of the numbers for a batch. */
export function concreteShape(shape: CaseShape, batch: number): readonly number[] {
  return shape.map((size) => (size === 'N' ? batch : size));
}

const V = (values: readonly Value[], index: number) => values[index] as Value;
const T = (tensors: readonly Tf.Tensor[], index: number) => tensors[index] as Tf.Tensor4D;

function binary(name: 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum', a: CaseShape, b: CaseShape, note: string): GradientCase {
  const base: GradientCase = {
    name: `${name}, ${note}`,
    inputs: [a, b],
    positive: name === 'div',
    build: (builder, values) => builder[name](V(values, 0), V(values, 1)),
  };
  // tfjs's gradients of maximum and minimum do not sum over broadcast axes.
  if ((name === 'maximum' || name === 'minimum') && a.join() !== b.join()) return base;
  return { ...base, eager: (tf, tensors) => tf[name](T(tensors, 0), T(tensors, 1)) };
}

const BROADCASTS: readonly (readonly [CaseShape, CaseShape, string])[] = [
  [['N', 3], ['N', 3], 'equal shapes'],
  [['N', 2, 3], [3], 'a vector on the last axis'],
  [['N', 1, 3], ['N', 2, 1], 'both broadcast'],
  [[], ['N', 2], 'a scalar first'],
];

const binaries = (['add', 'sub', 'mul', 'div', 'maximum', 'minimum'] as const).flatMap((name) =>
  BROADCASTS.map(([a, b, note]) => binary(name, a, b, note)),
);

const unaries = (['relu', 'exp', 'log', 'sqrt', 'tanh', 'sigmoid', 'erf', 'cos', 'abs', 'neg', 'softmax'] as const).map(
  (name): GradientCase => ({
    name,
    inputs: [['N', 2, 4]],
    positive: name === 'log' || name === 'sqrt',
    build: (builder, values) => builder[name](V(values, 0)),
    eager: (tf, tensors) => tf[name](T(tensors, 0)),
  }),
);

/** Values on both sides of 6. */
const relu6: GradientCase = {
  name: 'relu6',
  inputs: [['N', 2, 4]],
  build: (builder, values) => builder.relu6(builder.mul(V(values, 0), builder.scalar(20))),
  eager: (tf, tensors) => tf.relu6(tf.mul(T(tensors, 0), 20)),
};

type Pads = ConvolutionAttributes['pads'];
const PADS: Readonly<Record<string, Pads>> = {
  valid: [
    [0, 0],
    [0, 0],
  ],
  'padded alike': [
    [1, 1],
    [1, 1],
  ],
  'padded after only': [
    [0, 1],
    [0, 1],
  ],
  'padded unevenly': [
    [0, 1],
    [1, 0],
  ],
};
const STRIDES = [
  [1, 1],
  [2, 2],
  [3, 1],
] as const;
const explicit = (pads: Pads) => [[0, 0], pads[0], pads[1], [0, 0]] as unknown as Tf.backend_util.ExplicitPadding;

function convolution(
  kernel: readonly [number, number],
  pads: string,
  strides: readonly [number, number],
  dilation: readonly [number, number],
  batch: CaseShape[number],
  image: readonly [number, number] = [7, 6],
): GradientCase {
  const attributes: ConvolutionAttributes = { strides, dilation, pads: PADS[pads] as Pads };
  const base: GradientCase = {
    name: `conv ${kernel.join('×')}, ${pads}, strides ${strides.join()}, dilation ${dilation.join()}, batch ${batch}${image[0] === 7 ? '' : `, of ${image.join('×')}`}`,
    inputs: [
      [batch, ...image, 2],
      [...kernel, 2, 3],
    ],
    build: (builder, values) => builder.conv(V(values, 0), V(values, 1), attributes),
  };
  // tfjs has no gradients of dilated convolutions.
  if (dilation.some((rate) => rate > 1)) return base;
  return {
    ...base,
    eager: (tf, tensors) => tf.conv2d(T(tensors, 0), T(tensors, 1), [...strides], explicit(attributes.pads), 'NHWC', 1, 'floor'),
  };
}

const convolutions = [
  ...Object.keys(PADS).flatMap((pads) => STRIDES.map((strides) => convolution([3, 3], pads, strides, [1, 1], 'N'))),
  ...Object.keys(PADS).flatMap((pads) => STRIDES.map((strides) => convolution([2, 3], pads, strides, [2, 1], 'N'))),
  ...STRIDES.map((strides) => convolution([1, 1], 'valid', strides, [1, 1], 'N')),
  // oneDNN has kernels of its own for images whose sizes the strides divide.
  convolution([1, 1], 'valid', [2, 2], [1, 1], 'N', [8, 6]),
  convolution([1, 1], 'valid', [3, 1], [1, 1], 'N', [9, 6]),
  convolution([3, 3], 'padded alike', [2, 2], [1, 1], 1),
  convolution([2, 2], 'valid', [2, 2], [2, 3], 1),
  convolution([3, 2], 'padded unevenly', [1, 1], [2, 2], 'N'),
];

function transposed(kernel: readonly [number, number], pads: string, strides: readonly [number, number]): GradientCase {
  const attributes: ConvolutionAttributes = { strides, dilation: [1, 1], pads: PADS[pads] as Pads };
  const sizes = [7, 6].map((size, side) => {
    const [before, after] = attributes.pads[side as 0 | 1];
    return Math.floor((size + before + after - (kernel[side] as number)) / (strides[side] as number)) + 1;
  }) as [number, number];
  return {
    name: `transposed conv ${kernel.join('×')}, ${pads}, strides ${strides.join()}`,
    inputs: [
      ['N', ...sizes, 3],
      [...kernel, 2, 3],
    ],
    build: (builder, values) => builder.convInputGrad(V(values, 0), V(values, 1), [BATCH, 7, 6, 2], attributes),
    eager: (tf, tensors) =>
      tf.conv2dTranspose(T(tensors, 0), T(tensors, 1), [T(tensors, 0).shape[0], 7, 6, 2], [...strides], explicit(attributes.pads), 'floor'),
  };
}

const transposedConvolutions = [
  ...Object.keys(PADS).flatMap((pads) => STRIDES.map((strides) => transposed([3, 3], pads, strides))),
  transposed([2, 3], 'valid', [2, 2]),
];

function depthwise(
  kernel: readonly [number, number, number],
  pads: string,
  stride: number,
  dilation: readonly [number, number],
  channels = 2,
): GradientCase {
  const attributes: ConvolutionAttributes = { strides: [stride, stride], dilation, pads: PADS[pads] as Pads };
  const base: GradientCase = {
    name: `depthwise conv ${kernel.join('×')} on ${channels}, ${pads}, stride ${stride}, dilation ${dilation.join()}`,
    inputs: [
      ['N', 7, 6, channels],
      [kernel[0], kernel[1], channels, kernel[2]],
    ],
    build: (builder, values) => builder.depthwiseConv(V(values, 0), V(values, 1), attributes),
  };
  // tfjs has no gradients of dilated convolutions, and none of explicit padding here.
  if (dilation.some((rate) => rate > 1) || pads !== 'valid') return base;
  return { ...base, eager: (tf, tensors) => tf.depthwiseConv2d(T(tensors, 0), T(tensors, 1), stride, 'valid') };
}

const depthwiseConvolutions = [
  ...Object.keys(PADS).flatMap((pads) => [1, 2].map((stride) => depthwise([3, 3, 1], pads, stride, [1, 1]))),
  depthwise([3, 2, 3], 'valid', 1, [1, 1]),
  depthwise([3, 2, 3], 'padded unevenly', 2, [1, 1]),
  depthwise([1, 1, 2], 'valid', 1, [1, 1]),
  depthwise([3, 3, 2], 'padded alike', 1, [1, 1], 1),
  depthwise([3, 3, 1], 'valid', 1, [2, 2]),
  depthwise([2, 2, 2], 'padded unevenly', 1, [2, 3]),
];

function pooling(
  kind: 'maxPool' | 'avgPool',
  size: readonly [number, number],
  pads: string,
  strides: readonly [number, number],
): GradientCase {
  const window: Window = { size, strides, pads: PADS[pads] as Pads };
  const base: GradientCase = {
    name: `${kind} ${size.join('×')}, ${pads}, strides ${strides.join()}`,
    inputs: [['N', 7, 6, 2]],
    build: (builder, values) => builder[kind](V(values, 0), window),
  };
  // tfjs divides the gradient of a padded average by the whole window.
  if (kind === 'avgPool' && pads !== 'valid') return base;
  return { ...base, eager: (tf, tensors) => tf[kind](T(tensors, 0), [...size], [...strides], explicit(window.pads), 'floor') };
}

const poolings = (['maxPool', 'avgPool'] as const).flatMap((kind) => [
  ...Object.keys(PADS).flatMap((pads) => STRIDES.map((strides) => pooling(kind, [3, 3], pads, strides))),
  pooling(kind, [2, 2], 'valid', [2, 2]),
]);

const EPSILON = 1e-3;

function batchNorm(shape: CaseShape): readonly GradientCase[] {
  const channels = shape.at(-1) as number;
  const axes = shape.slice(0, -1).map((_, axis) => axis);
  return [
    {
      name: `batchNormTrain of rank ${shape.length}`,
      inputs: [shape, [channels], [channels]],
      build: (builder, values) => builder.batchNormTrain(V(values, 0), V(values, 1), V(values, 2), { epsilon: EPSILON }).y,
      eager(tf, tensors) {
        const { mean, variance } = tf.moments(T(tensors, 0), axes);
        return tf.batchNorm(T(tensors, 0), mean as Tf.Tensor1D, variance as Tf.Tensor1D, T(tensors, 2), T(tensors, 1), EPSILON);
      },
    },
    {
      name: `batchNormInfer of rank ${shape.length}`,
      inputs: [shape, [channels], [channels], [channels], [channels]],
      positive: true,
      build: (builder, values) =>
        builder.batchNormInfer(V(values, 0), V(values, 1), V(values, 2), V(values, 3), V(values, 4), { epsilon: EPSILON }),
      eager: (tf, tensors) => tf.batchNorm(T(tensors, 0), T(tensors, 3), T(tensors, 4), T(tensors, 2), T(tensors, 1), EPSILON),
    },
  ];
}

const matMuls = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
].map(([transposeA = false, transposeB = false]): GradientCase => ({
  name: `matMul${transposeA ? ', first transposed' : ''}${transposeB ? ', second transposed' : ''}`,
  inputs: [transposeA ? [4, 'N'] : ['N', 4], transposeB ? [3, 4] : [4, 3]],
  build: (builder, values) => builder.matMul(V(values, 0), V(values, 1), { transposeA, transposeB }),
  eager: (tf, tensors) => tf.matMul(T(tensors, 0), T(tensors, 1), transposeA, transposeB),
}));

const reductions = (['reduceSum', 'reduceMean'] as const).flatMap((name) =>
  (
    [
      [[0], false],
      [[1, 2], false],
      [[0, 1, 2], false],
      [[0, 2], true],
      [[0, 1, 2, 3], false],
      [[3], true],
    ] as const
  ).map(([axes, keepDims]): GradientCase => ({
    name: `${name} over ${axes.join()}${keepDims ? ', kept' : ''}`,
    inputs: [['N', 3, 2, 4]],
    build: (builder, values) => builder[name](V(values, 0), axes, keepDims),
    eager: (tf, tensors) => tf[name === 'reduceSum' ? 'sum' : 'mean'](T(tensors, 0), [...axes], keepDims),
  })),
);

const TOKENS = [4, 0, 2, 2, 3, 2];

const shapes: readonly GradientCase[] = [
  {
    name: 'reshape',
    inputs: [['N', 3, 2, 4]],
    build: (builder, values) => builder.reshape(V(values, 0), [BATCH, 24]),
    eager: (tf, tensors) => tf.reshape(T(tensors, 0), [-1, 24]),
  },
  {
    name: 'transpose',
    inputs: [['N', 3, 2, 4]],
    build: (builder, values) => builder.transpose(V(values, 0), [0, 3, 1, 2]),
    eager: (tf, tensors) => tf.transpose(T(tensors, 0), [0, 3, 1, 2]),
  },
  {
    name: 'broadcastTo',
    inputs: [[1, 3]],
    build: (builder, values) => builder.broadcastTo(V(values, 0), [2, 4, 3]),
    eager: (tf, tensors) => tf.broadcastTo(T(tensors, 0), [2, 4, 3]),
  },
  {
    name: 'concat',
    inputs: [
      ['N', 2, 1],
      ['N', 2, 3],
      ['N', 2, 2],
    ],
    build: (builder, values) => builder.concat(values, 2),
    eager: (tf, tensors) => tf.concat([...tensors], 2),
  },
  {
    name: 'split, one part unused',
    inputs: [['N', 6, 2]],
    build(builder, values) {
      const [first, , last] = builder.split(V(values, 0), 1, [1, 2, 3]) as [Value, Value, Value];
      return builder.mul(first, last);
    },
    eager(tf, tensors) {
      const [first, , last] = tf.split(T(tensors, 0), [1, 2, 3], 1) as unknown as [Tf.Tensor, Tf.Tensor, Tf.Tensor];
      return tf.mul(first, last);
    },
  },
  {
    name: 'gather, some rows twice and some never',
    inputs: [[5, 3]],
    build: (builder, values) => builder.gather(V(values, 0), builder.constant(Int32Array.from(TOKENS), [2, 3])),
    eager: (tf, tensors) => tf.gather(T(tensors, 0), tf.tensor2d(TOKENS, [2, 3], 'int32')),
  },
  {
    name: 'scatterAdd',
    inputs: [[2, 3, 2, 2]],
    build: (builder, values) => builder.scatterAdd(V(values, 0), builder.constant(Int32Array.from(TOKENS), [2, 3]), 6),
    eager: (tf, tensors) => {
      const hot = tf.oneHot(tf.tensor1d(TOKENS, 'int32'), 6).toFloat();
      return tf.reshape(tf.matMul(hot, tf.reshape(T(tensors, 0), [6, 4]), true), [6, 2, 2]);
    },
  },
  {
    name: 'floor, as a factor',
    inputs: [['N', 7]],
    build: (builder, values) => builder.mul(V(values, 0), builder.floor(V(values, 0))),
    eager: (tf, tensors) => tf.mul(T(tensors, 0), tf.floor(T(tensors, 0))),
  },
  {
    name: 'range over the batch',
    inputs: [['N', 3]],
    build: (builder, values) => builder.mul(V(values, 0), builder.reshape(builder.cast(builder.range(BATCH), 'float32'), [BATCH, 1])),
    eager: (tf, tensors) => tf.mul(T(tensors, 0), tf.reshape(tf.range(0, T(tensors, 0).shape[0]), [-1, 1])),
  },
  {
    name: 'slice',
    inputs: [['N', 5, 4]],
    build: (builder, values) => builder.slice(V(values, 0), [0, 1, 2], [BATCH, 3, 2]),
    eager: (tf, tensors) => tf.slice(T(tensors, 0), [0, 1, 2], [-1, 3, 2]),
  },
  {
    name: 'pad with a value',
    inputs: [['N', 3, 2]],
    build: (builder, values) =>
      builder.pad(
        V(values, 0),
        [
          [0, 0],
          [1, 2],
          [0, 3],
        ],
        7,
      ),
    eager: (tf, tensors) =>
      tf.pad(
        T(tensors, 0),
        [
          [0, 0],
          [1, 2],
          [0, 3],
        ] as never,
        7,
      ),
  },
];

const losses: readonly GradientCase[] = [
  {
    name: 'softmaxCrossEntropy',
    inputs: [
      ['N', 5],
      ['N', 5],
    ],
    constants: [1],
    build: (builder, values) => builder.softmaxCrossEntropy(V(values, 0), builder.softmax(V(values, 1))).loss,
    eager: (tf, tensors) => tf.neg(tf.sum(tf.mul(tf.softmax(T(tensors, 1)), tf.logSoftmax(T(tensors, 0))), -1)),
  },
];

const batchMatMuls = [false, true].flatMap((transposeA) =>
  [false, true].map((transposeB): GradientCase => ({
    name: `batchMatMul${transposeA ? ', a transposed' : ''}${transposeB ? ', b transposed' : ''}`,
    inputs: [
      ['N', 2, ...(transposeA ? [4, 3] : [3, 4])],
      ['N', 2, ...(transposeB ? [5, 4] : [4, 5])],
    ],
    build: (builder, values) => builder.batchMatMul(V(values, 0), V(values, 1), { transposeA, transposeB }),
    eager: (tf, tensors) => tf.matMul(T(tensors, 0), T(tensors, 1), transposeA, transposeB),
  })),
);

const lstms = (
  [
    [1, 2],
    [5, 3],
  ] as const
).map(([steps, units]): GradientCase => ({
  name: `lstm of ${steps} steps`,
  inputs: [[steps, 'N', 2], [2 + units, 4 * units], [4 * units]],
  build: (builder, values) => builder.lstm(V(values, 0), V(values, 1), V(values, 2)),
}));

const maxima = (
  [
    [[1, 2], false],
    [[3], true],
  ] as const
).map(([axes, keepDims]): GradientCase => ({
  name: `reduceMax over ${axes.join(', ')}${keepDims ? ', kept' : ''}`,
  inputs: [['N', 3, 2, 4]],
  build: (builder, values) => builder.reduceMax(V(values, 0), axes, keepDims),
  eager: (tf, tensors) => tf.max(T(tensors, 0), [...axes], keepDims),
}));

/** Every differentiable primitive over its corners. */
export const gradientCases: readonly GradientCase[] = [
  ...binaries,
  ...unaries,
  relu6,
  ...convolutions,
  ...transposedConvolutions,
  ...depthwiseConvolutions,
  ...poolings,
  ...batchNorm(['N', 3, 2, 4]),
  ...batchNorm(['N', 4]),
  ...matMuls,
  ...batchMatMuls,
  ...lstms,
  ...reductions,
  ...maxima,
  ...shapes,
  ...losses,
];
