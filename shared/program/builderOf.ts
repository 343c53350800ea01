import { addDims, isKnown, multiplyDims, type Dim } from '../graph/dim';
import type { DType, Shape } from '../graph/tensor';
import type { GradientBuilder, Value } from './builder';
import { builderCore, type BuilderCore } from './builderCore';
import type { Pass } from './passes';
import type { Primitive } from './primitive';
import * as activation from './primitives/activation';
import * as arithmetic from './primitives/arithmetic';
import * as convolution from './primitives/convolution';
import * as indexing from './primitives/indexing';
import * as depthwise from './primitives/depthwise';
import { batchMatMul, matMul } from './primitives/linear';
import { lstm, lstmGrad } from './primitives/lstm';
import { softmaxCrossEntropy } from './primitives/loss';
import { batchNormGrad, batchNormInfer, batchNormTrain } from './primitives/normalization';
import { applySgd } from './primitives/optimizer';
import * as pooling from './primitives/pooling';
import { argMax, reduceMax, reduceMean, reduceSum } from './primitives/reduction';
import * as shapes from './primitives/shape';
import { constant, randomUniform, size } from './primitives/source';

/** A builder that also knows the program's rim. */
export type ProgramBuilder = GradientBuilder & BuilderCore;

/** Name of the input that random primitives draw from: int32 `[2]`, the run's seed and the step. */
export const SEED = 'seed';

/** A new, empty program to append to; all passes are run over it where none are named. */
export function builderOf(passes?: readonly Pass[]): ProgramBuilder {
  const core = builderCore(passes);
  const [arithmetic, shape] = [arithmeticOf(core), shapeOf(core)];
  return {
    ...core,
    ...arithmetic,
    ...networkOf(core),
    ...shape,
    moveTowards(variable, value, share) {
      // In place in TensorFlow, as its own moving averages go.
      const [moved] = core.emit(applySgd, [variable, shape.scalar(share), arithmetic.sub(variable, value)], {});
      core.assign(variable, moved as Value);
    },
  };
}

type Unary = Primitive<readonly ['x'], readonly ['y']>;
type BackThrough = Primitive<readonly ['dy', 'y'], readonly ['dx']>;
type Binary = Primitive<readonly ['a', 'b'], readonly ['y']>;

function arithmeticOf({ emit }: BuilderCore) {
  const binary = (primitive: Binary) => (a: Value, b: Value) => emit(primitive, [a, b], {})[0];
  const behind = (primitive: BackThrough) => (dy: Value, y: Value) => emit(primitive, [dy, y], {})[0];
  const unary = (primitive: Unary) => (x: Value) => emit(primitive, [x], {})[0];
  return {
    add: binary(arithmetic.add),
    sub: binary(arithmetic.sub),
    mul: binary(arithmetic.mul),
    div: binary(arithmetic.div),
    maximum: binary(arithmetic.maximum),
    minimum: binary(arithmetic.minimum),
    greater: binary(arithmetic.greater),
    equal: binary(arithmetic.equal),
    pow: (base: Value, exponent: Value) => emit(arithmetic.pow, [base, exponent], {})[0],
    relu: unary(activation.relu),
    relu6: unary(activation.relu6),
    exp: unary(activation.exp),
    log: unary(activation.log),
    sqrt: unary(activation.sqrt),
    tanh: unary(activation.tanh),
    sigmoid: unary(activation.sigmoid),
    erf: unary(activation.erf),
    cos: unary(activation.cos),
    abs: unary(activation.abs),
    floor: unary(activation.floor),
    neg: unary(activation.neg),
    softmax: unary(activation.softmax),
    reluGrad: behind(activation.reluGrad),
    relu6Grad: behind(activation.relu6Grad),
    tanhGrad: behind(activation.tanhGrad),
    sigmoidGrad: behind(activation.sigmoidGrad),
    argMax: (x: Value) => emit(argMax, [x], {})[0],
  };
}

type Networks = Pick<
  ProgramBuilder,
  | 'conv'
  | 'convInputGrad'
  | 'convFilterGrad'
  | 'depthwiseConv'
  | 'depthwiseConvInputGrad'
  | 'depthwiseConvFilterGrad'
  | 'maxPool'
  | 'maxPoolGrad'
  | 'avgPool'
  | 'avgPoolGrad'
  | 'batchNormTrain'
  | 'batchNormGrad'
  | 'batchNormInfer'
  | 'softmaxCrossEntropy'
  | 'matMul'
  | 'batchMatMul'
  | 'lstm'
  | 'lstmGrad'
>;

function networkOf({ emit }: BuilderCore): Networks {
  return {
    conv: (x, kernel, attributes) => emit(convolution.conv, [x, kernel], attributes)[0],
    convInputGrad: (dy, kernel, inputShape, attributes) => emit(convolution.convInputGrad, [dy, kernel], { ...attributes, inputShape })[0],
    convFilterGrad: (x, dy, kernelShape, attributes) => emit(convolution.convFilterGrad, [x, dy], { ...attributes, kernelShape })[0],
    depthwiseConv: (x, kernel, attributes) => emit(depthwise.depthwiseConv, [x, kernel], attributes)[0],
    depthwiseConvInputGrad: (dy, kernel, inputShape, attributes) =>
      emit(depthwise.depthwiseConvInputGrad, [dy, kernel], { ...attributes, inputShape })[0],
    depthwiseConvFilterGrad: (x, dy, kernelShape, attributes) =>
      emit(depthwise.depthwiseConvFilterGrad, [x, dy], { ...attributes, kernelShape })[0],
    maxPool: (x, window) => emit(pooling.maxPool, [x], window)[0],
    maxPoolGrad: (x, y, dy, window) => emit(pooling.maxPoolGrad, [x, y, dy], window)[0],
    avgPool: (x, window) => emit(pooling.avgPool, [x], window)[0],
    avgPoolGrad: (dy, inputShape, window) => emit(pooling.avgPoolGrad, [dy], { ...window, inputShape })[0],
    batchNormTrain(x, scale, offset, attributes) {
      const [y, mean, variance] = emit(batchNormTrain, [x, scale, offset], attributes);
      return { y, mean, variance };
    },
    batchNormGrad(dy, x, scale, mean, variance, attributes) {
      const [dx, dScale, dOffset] = emit(batchNormGrad, [dy, x, scale, mean, variance], attributes);
      return { x: dx, scale: dScale, offset: dOffset };
    },
    batchNormInfer: (x, scale, offset, mean, variance, attributes) =>
      emit(batchNormInfer, [x, scale, offset, mean, variance], attributes)[0],
    softmaxCrossEntropy(logits, labels) {
      const [loss, logitsGradient] = emit(softmaxCrossEntropy, [logits, labels], {});
      return { loss, logitsGradient };
    },
    lstm: (x, kernel, bias) => emit(lstm, [x, kernel, bias], {})[6],
    lstmGrad: (x, kernel, bias, forth, dy) => emit(lstmGrad, [x, kernel, bias, ...forth, dy], {}),
    batchMatMul: (a, b, { transposeA = false, transposeB = false } = {}) => emit(batchMatMul, [a, b], { transposeA, transposeB })[0],
    matMul(a, b, { transposeA = false, transposeB = false } = {}) {
      const product = (matrix: Value) => emit(matMul, [matrix, b], { transposeA, transposeB })[0];
      if (a.type.shape.length <= 2 || transposeA) return product(a);
      // A matrix times the last axis of a higher rank: all other axes become one, and come back.
      const [inner] = a.type.shape.slice(-1) as [Dim];
      const rest = a.type.shape.slice(0, -1);
      const flat = emit(shapes.reshape, [a], { shape: [rest.reduce<Dim>(multiplyDims, 1), inner] })[0];
      const y = product(flat);
      return emit(shapes.reshape, [y], { shape: [...rest, y.type.shape[1] as Dim] })[0];
    },
  };
}

type Shapes = Pick<
  ProgramBuilder,
  | 'constant'
  | 'scalar'
  | 'size'
  | 'randomUniform'
  | 'reduceSum'
  | 'reduceMean'
  | 'reduceMax'
  | 'reshape'
  | 'transpose'
  | 'broadcastTo'
  | 'concat'
  | 'split'
  | 'gather'
  | 'scatterAdd'
  | 'range'
  | 'slice'
  | 'pad'
  | 'cast'
  | 'oneHot'
  | 'unbroadcast'
>;

function shapeOf({ emit, input }: BuilderCore): Shapes {
  const scalars = new Map<number, Value>();
  let randoms = 0;
  const fill = (data: ArrayLike<number>, shape: readonly number[], dtype: DType) => emit(constant, [], { data, shape, dtype })[0];
  const reshape = (x: Value, shape: Shape) => (equalShapes(x.type.shape, shape) ? x : emit(shapes.reshape, [x], { shape })[0]);
  const scalar = (value: number): Value => {
    const made = scalars.get(value) ?? fill([value], [], 'float32');
    scalars.set(value, made);
    return made;
  };
  const reduceSum = (x: Value, axes: readonly number[], keepDims = false) => emit(reduceSumOf, [x], { axes, keepDims })[0];
  return {
    constant: (data, shape) => fill(data, shape, data instanceof Int32Array ? 'int32' : 'float32'),
    scalar,
    size: (dim) => (isKnown(dim) ? scalar(dim) : emit(size, [], { dim })[0]),
    randomUniform(shape) {
      const seed = input(SEED, { dtype: 'int32', shape: [2] });
      return emit(randomUniform, [seed], { shape, index: randoms++ })[0];
    },
    reduceSum,
    reduceMax: (x, axes, keepDims = false) => emit(reduceMax, [x], { axes, keepDims })[0],
    reduceMean: (x, axes, keepDims = false) => emit(reduceMean, [x], { axes, keepDims })[0],
    reshape,
    transpose: (x, permutation) => emit(shapes.transpose, [x], { permutation })[0],
    broadcastTo: (x, shape) => (equalShapes(x.type.shape, shape) ? x : emit(shapes.broadcastTo, [x], { shape })[0]),
    // TensorFlow refuses to join one value.
    concat: (values, axis) => (values.length === 1 ? (values[0] as Value) : emit(shapes.concat, values, { axis })[0]),
    split: (x, axis, sizes) => emit(shapes.split, [x], { axis, sizes }),
    gather: (table, indices) => emit(indexing.gather, [table, indices], {})[0],
    scatterAdd: (values, indices, rows) => emit(indexing.scatterAdd, [values, indices], { rows })[0],
    range: (dim) => emit(indexing.range, [], { size: dim })[0],
    slice: (x, begin, sizes) => emit(shapes.slice, [x], { begin, size: sizes })[0],
    pad: (x, pads, value = 0) => emit(shapes.pad, [x], { pads, value })[0],
    cast: (x, dtype) => (x.type.dtype === dtype ? x : emit(shapes.cast, [x], { dtype })[0]),
    oneHot: (indices, depth) => emit(shapes.oneHot, [indices], { depth })[0],
    unbroadcast(x, shape) {
      const extra = x.type.shape.length - shape.length;
      const axes = x.type.shape.flatMap((dim, axis) => (axis < extra || (shape[axis - extra] === 1 && dim !== 1) ? [axis] : []));
      return axes.length === 0 ? x : reshape(reduceSum(x, axes), shape);
    },
  };
}

const reduceSumOf = reduceSum;

function equalShapes(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => sameDim(dim, b[axis] as Dim));
}

function sameDim(a: Dim, b: Dim): boolean {
  return addDims(a, multiplyDims(b, -1)) === 0;
}
