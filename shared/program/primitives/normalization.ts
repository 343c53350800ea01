import { isKnown, multiplyDims, type Dim } from '../../graph/dim';
import type { Shape, TensorType } from '../../graph/tensor';
import type { Value } from '../builder';
import { normalize, normalizeByBatch, normalizeGradient } from '../onnx/normalization';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import type { TensorFlowGraph } from '../tensorflow/writer';
import { expectFloat, expectShape } from './_shapes';

/** Added to the variance before its root is taken. */
export interface BatchNormAttributes {
  readonly epsilon: number;
}

function channels(name: string, x: TensorType, ...perChannel: readonly TensorType[]): TensorType {
  expectFloat(name, x);
  if (x.shape.length < 2) throw new ProgramError(`${name}: expected a rank of 2 or more.`);
  const vector: TensorType = { dtype: 'float32', shape: [x.shape.at(-1) as Dim] };
  for (const type of perChannel) expectShape(name, type, vector.shape);
  return vector;
}

/** Normalises over all axes but the last by this batch's mean and (biased) variance, then scales and shifts. */
export const batchNormTrain = definePrimitive('batchNormTrain', {
  inputs: ['x', 'scale', 'offset'],
  outputs: ['y', 'mean', 'variance'],
  infer([x, scale, offset], _: BatchNormAttributes) {
    const vector = channels('batchNormTrain', x, scale, offset);
    return [x, vector, vector];
  },
  gradient(b, { inputs: [x, scale], outputs: [, mean, variance], attributes }, [dy, dMean, dVariance]) {
    if (dMean || dVariance) throw new ProgramError('batchNormTrain: the gradient of its statistics is not defined.');
    if (!dy) return [undefined, undefined, undefined];
    const gradients = b.batchNormGrad(dy, x, scale, mean, variance, attributes);
    return [gradients.x, gradients.scale, gradients.offset];
  },
  tensorflow(g, [x, scale, offset], { epsilon }, { inputs: [type] }) {
    const none = g.constant([], [0], 'float32');
    const [y, mean, unbiased, ...reserve] = g.ops(
      'FusedBatchNormV3',
      [asImage(g, x, type.shape), scale, offset, none, none],
      { ...fused(epsilon), exponential_avg_factor: { float: 1 } },
      6,
    ) as [string, string, string, ...string[]];
    // TensorFlow gives Bessel's variance, n/(n−1) times the biased one that Keras 3 and tfjs keep in their moving average (Keras 2, fused, keeps Bessel’s).
    const variance = g.op('Mul', [unbiased, biasedOverUnbiased(g, type.shape)], { T: { type: 'float32' } });
    g.remember(mean, reserve);
    return [fromImage(g, y, type.shape), mean, variance];
  },
  onnx: (g, [x, scale, offset], { epsilon }, { inputs: [type] }) => normalizeByBatch(g, x, scale, offset, epsilon, type.shape),
});

/** Gradients of {@link batchNormTrain} by x, scale and offset. */
export const batchNormGrad = definePrimitive('batchNormGrad', {
  inputs: ['dy', 'x', 'scale', 'mean', 'variance'],
  outputs: ['dx', 'dscale', 'doffset'],
  infer([dy, x, scale, mean, variance], _: BatchNormAttributes) {
    const vector = channels('batchNormGrad', x, scale, mean, variance);
    expectShape('batchNormGrad', dy, x.shape);
    return [x, vector, vector];
  },
  tensorflow(g, [dy, x, scale, mean, variance], { epsilon }, { inputs: [type] }) {
    const reserve = g.recall(mean) ?? [mean, variance, g.constant([], [0], 'float32')];
    const [dx, dScale, dOffset] = g.ops(
      'FusedBatchNormGradV3',
      [asImage(g, dy, type.shape), asImage(g, x, type.shape), scale, ...reserve],
      fused(epsilon),
      3,
    ) as [string, string, string];
    return [fromImage(g, dx, type.shape), dScale, dOffset];
  },
  onnx: (g, [dy, x, scale, mean, variance], { epsilon }, { inputs: [, type] }) =>
    normalizeGradient(g, dy, x, scale, { mean, variance }, epsilon, type.shape),
});

/** Normalises by the given (moving) mean and variance, then scales and shifts. */
export const batchNormInfer = definePrimitive('batchNormInfer', {
  inputs: ['x', 'scale', 'offset', 'mean', 'variance'],
  outputs: ['y'],
  infer([x, ...perChannel], _: BatchNormAttributes) {
    channels('batchNormInfer', x, ...perChannel);
    return [x];
  },
  gradient(b, { inputs: [x, scale, , mean, variance], attributes }, [dy]) {
    const deviation = b.sqrt(b.add(variance, b.scalar(attributes.epsilon)));
    const normal = b.div(b.sub(x, mean), deviation);
    const sum = (value: Value): Value => b.unbroadcast(value, scale.type.shape);
    const dOffset = sum(dy);
    const dScale = sum(b.mul(dy, normal));
    const factor = b.div(scale, deviation);
    const dVariance = b.mul(b.div(b.mul(dScale, scale), b.mul(deviation, deviation)), b.scalar(-0.5));
    return [b.mul(dy, factor), dScale, dOffset, b.neg(b.mul(dOffset, factor)), dVariance];
  },
  tensorflow(g, [x, ...perChannel], { epsilon }, { inputs: [type] }) {
    const [y] = g.ops('FusedBatchNormV3', [asImage(g, x, type.shape), ...perChannel], { ...fused(epsilon), is_training: false }, 1);
    return fromImage(g, y as string, type.shape);
  },
  onnx: (g, [x, scale, offset, mean, variance], { epsilon }, { inputs: [type] }) =>
    normalize(g, x, scale, offset, { mean, variance }, epsilon, type.shape),
});

function fused(epsilon: number) {
  return { T: { type: 'float32' }, U: { type: 'float32' }, epsilon: { float: epsilon }, is_training: true } as const;
}

/** TensorFlow's fused kernels take rank 4 only; for other ranks all axes but the last become one. */
function asImage(g: TensorFlowGraph, x: string, shape: Shape): string {
  if (shape.length === 4) return x;
  const image = g.shape([countOf(shape), 1, 1, shape.at(-1) as Dim]);
  return g.op('Reshape', [x, image], { T: { type: 'float32' }, Tshape: { type: 'int32' } });
}

function fromImage(g: TensorFlowGraph, y: string, shape: Shape): string {
  if (shape.length === 4) return y;
  return g.op('Reshape', [y, g.shape(shape)], { T: { type: 'float32' }, Tshape: { type: 'int32' } });
}

/** Elements per channel. */
function countOf(shape: Shape): Dim {
  return shape.slice(0, -1).reduce<Dim>(multiplyDims, 1);
}

function biasedOverUnbiased(g: TensorFlowGraph, shape: Shape): string {
  const count = countOf(shape);
  if (isKnown(count)) return g.constant([Math.max(count - 1, 1) / count], [], 'float32');
  const n = g.op('Cast', [g.size(count)], { SrcT: { type: 'int32' }, DstT: { type: 'float32' } });
  const one = g.constant([1], [], 'float32');
  const less = g.op('Maximum', [g.op('Sub', [n, one], { T: { type: 'float32' } }), one], { T: { type: 'float32' } });
  return g.op('RealDiv', [less, n], { T: { type: 'float32' } });
}
