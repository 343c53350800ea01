import type { Dim } from '../graph/dim';
import type { DType, Shape, TensorType } from '../graph/tensor';

/** A value of a program in static single assignment: made once, by one operation, with a known type. */
export interface Value {
  readonly id: number;
  readonly type: TensorType;
}

/** `[before, after]` in elements, along height and width. */
export type SpatialPads = readonly [readonly [number, number], readonly [number, number]];

/** A window sliding over an `N×H×W×C` image. Padding is explicit numbers: `same` and `consistent` are settled before. */
export interface Window {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pads: SpatialPads;
}

export interface ConvolutionAttributes {
  readonly strides: readonly [number, number];
  readonly pads: SpatialPads;
  readonly dilation: readonly [number, number];
}

/**
 * Appends primitives to a program; each method's result carries its inferred type. Images are `N×H×W×C`, convolution
 * kernels `H×W×I×O` (TensorFlow's order). Binary operations broadcast as NumPy does. A wrong use throws
 * `ProgramError`: it is a fault of a layer, never of a user.
 */
export interface Builder {
  constant(data: Float32Array | Int32Array | readonly number[], shape: readonly number[]): Value;
  scalar(value: number): Value;

  conv(x: Value, kernel: Value, attributes: ConvolutionAttributes): Value;
  /** Gradient of a convolution by its image; as a layer, the transposed convolution to an image of `inputShape`. */
  convInputGrad(dy: Value, kernel: Value, inputShape: Shape, attributes: ConvolutionAttributes): Value;
  /** Each channel with kernels of its own, `H×W×I×M`; strides are equal along height and width. */
  depthwiseConv(x: Value, kernel: Value, attributes: ConvolutionAttributes): Value;
  matMul(a: Value, b: Value, attributes?: { readonly transposeA?: boolean; readonly transposeB?: boolean }): Value;
  /** Of the matrices along the last two axes; the axes before are alike in both. */
  batchMatMul(a: Value, b: Value, attributes?: { readonly transposeA?: boolean; readonly transposeB?: boolean }): Value;
  /**
   * Outputs of an LSTM with sigmoid gates and tanh, `[steps, batch, units]`, over a sequence `[steps, batch, channels]`. Rows of the kernel
   * are of the input, then of the state; its columns of the gates in Keras's order.
   */
  lstm(x: Value, kernel: Value, bias: Value): Value;
  maxPool(x: Value, window: Window): Value;
  /** Divides by the number of elements inside the image, as TensorFlow and Keras do (not counting the padding). */
  avgPool(x: Value, window: Window): Value;

  add(a: Value, b: Value): Value;
  sub(a: Value, b: Value): Value;
  mul(a: Value, b: Value): Value;
  div(a: Value, b: Value): Value;
  maximum(a: Value, b: Value): Value;
  minimum(a: Value, b: Value): Value;
  pow(base: Value, exponent: Value): Value;
  relu(x: Value): Value;
  /** max(min(x, 6), 0). */
  relu6(x: Value): Value;
  exp(x: Value): Value;
  log(x: Value): Value;
  sqrt(x: Value): Value;
  tanh(x: Value): Value;
  sigmoid(x: Value): Value;
  /** The error function. */
  erf(x: Value): Value;
  cos(x: Value): Value;
  abs(x: Value): Value;
  floor(x: Value): Value;
  neg(x: Value): Value;
  /** Over the last axis. */
  softmax(x: Value): Value;
  /** 1 where a > b, else 0, as float32. */
  greater(a: Value, b: Value): Value;
  /** 1 where a = b, else 0, as float32. */
  equal(a: Value, b: Value): Value;
  cast(x: Value, dtype: DType): Value;
  /** Index of the largest element along the last axis, int32; the first of equal ones. */
  argMax(x: Value): Value;
  /** 1 at each index, 0 elsewhere, along a new last axis of size `depth`; indices int32. */
  oneHot(indices: Value, depth: number): Value;
  /** For each index (int32) the row of the table along its first axis: `[…indices, …row]`. */
  gather(table: Value, indices: Value): Value;
  /** A table of `rows` rows, each the sum of the values that have its index. */
  scatterAdd(values: Value, indices: Value, rows: Dim): Value;
  /** 0, 1, 2, … below a size, int32. */
  range(size: Dim): Value;
  /** A size as a float32 scalar, also where it is only known at run time. */
  size(dim: Dim): Value;

  /** Over all axes but the last. Variance is the biased one; `mean` and `variance` are of this batch. */
  batchNormTrain(
    x: Value,
    scale: Value,
    offset: Value,
    attributes: { readonly epsilon: number },
  ): { y: Value; mean: Value; variance: Value };
  batchNormInfer(x: Value, scale: Value, offset: Value, mean: Value, variance: Value, attributes: { readonly epsilon: number }): Value;

  reduceSum(x: Value, axes: readonly number[], keepDims?: boolean): Value;
  reduceMean(x: Value, axes: readonly number[], keepDims?: boolean): Value;
  reduceMax(x: Value, axes: readonly number[], keepDims?: boolean): Value;
  reshape(x: Value, shape: Shape): Value;
  transpose(x: Value, permutation: readonly number[]): Value;
  broadcastTo(x: Value, shape: Shape): Value;
  concat(values: readonly Value[], axis: number): Value;
  /** The parts along an axis; one operation with one gradient, where slices would each give a gradient of the whole. */
  split(x: Value, axis: number, sizes: readonly number[]): readonly Value[];
  slice(x: Value, begin: readonly number[], size: readonly Dim[]): Value;
  pad(x: Value, pads: readonly (readonly [number, number])[], value?: number): Value;

  /** Uniform in [0, 1), new at every step, repeatable under the run's seed. */
  randomUniform(shape: Shape): Value;
  /** The state variable `variable` has the value `value` after this step. */
  assign(variable: Value, value: Value): void;
  /** A moving average: after this step the state variable `variable` has gone `share` of its way to `value`. */
  moveTowards(variable: Value, value: Value, share: number): void;
  /** A scalar that is added to what training makes small, whatever the losses of the outputs. */
  addLoss(value: Value): void;
}

/** Results of the primitive `lstm`, in its order. */
type LstmResults = readonly [Value, Value, Value, Value, Value, Value, Value];

/** The same, with the primitives of which gradients, losses and optimizers are made. */
export interface GradientBuilder extends Builder {
  reluGrad(dy: Value, y: Value): Value;
  relu6Grad(dy: Value, y: Value): Value;
  tanhGrad(dy: Value, y: Value): Value;
  sigmoidGrad(dy: Value, y: Value): Value;
  convFilterGrad(x: Value, dy: Value, kernelShape: Shape, attributes: ConvolutionAttributes): Value;
  depthwiseConvInputGrad(dy: Value, kernel: Value, inputShape: Shape, attributes: ConvolutionAttributes): Value;
  depthwiseConvFilterGrad(x: Value, dy: Value, kernelShape: Shape, attributes: ConvolutionAttributes): Value;
  /** Gradients by sequence, kernel and bias; `forth` is all that the primitive `lstm` gave of them. */
  lstmGrad(x: Value, kernel: Value, bias: Value, forth: LstmResults, dy: Value): readonly [Value, Value, Value];
  /** Where several elements of a window are the largest, the first takes the gradient. */
  maxPoolGrad(x: Value, y: Value, dy: Value, window: Window): Value;
  avgPoolGrad(dy: Value, inputShape: Shape, window: Window): Value;
  /** `mean` and `variance` as `batchNormTrain` of the same `x` gave them. */
  batchNormGrad(
    dy: Value,
    x: Value,
    scale: Value,
    mean: Value,
    variance: Value,
    attributes: { readonly epsilon: number },
  ): { x: Value; scale: Value; offset: Value };
  /** Cross-entropy of softmax(logits) with a distribution over the classes, both `[N, classes]`: the loss `[N]` and its gradient. */
  softmaxCrossEntropy(logits: Value, labels: Value): { loss: Value; logitsGradient: Value };
  /** Sums over the axes along which a value of `shape` was broadcast to become `x`. */
  unbroadcast(x: Value, shape: Shape): Value;
}
