import * as tf from '@tensorflow/tfjs';
import type { FormulaInputs } from './layerFormulas';

/** A window over the axes between batch and channels. */
interface FormulaWindow {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  readonly pads: readonly (readonly [number, number])[];
  /** Positions along each axis. */
  readonly count: readonly number[];
}

const listed = (value: unknown): readonly number[] => (Array.isArray(value) ? (value as readonly number[]) : [value as number]);

/** As the papers and manuals of each padding define it, axis by axis. */
export function windowOf(x: tf.Tensor, params: Readonly<Record<string, unknown>>, sizeName: string): FormulaWindow {
  const size = listed(params[sizeName]);
  const strides = listed(params['strides'] ?? params['poolSize']);
  const dilation = listed(params['dilationRate'] ?? size.map(() => 1));
  const axes = size.map((taps, axis) => {
    const [n, stride] = [x.shape[axis + 1] as number, strides[axis] as number];
    const reach = (taps - 1) * (dilation[axis] as number) + 1;
    const [before, after] = endsOf(n, reach, stride, params['padding'] as string);
    const steps = (n + before + after - reach) / stride;
    if (params['ceilMode'] !== true || params['padding'] === 'same')
      return { pads: [before, after] as const, count: Math.floor(steps) + 1 };
    // PyTorch: the last window begins in the image or in the padding before it.
    const rounded = Math.ceil(steps) + 1;
    const count = (rounded - 1) * stride >= n + before ? rounded - 1 : rounded;
    return { pads: [before, Math.max((count - 1) * stride + reach - n - before, after)] as const, count };
  });
  return { size, strides, dilation, pads: axes.map(({ pads }) => pads), count: axes.map(({ count }) => count) };
}

function endsOf(n: number, reach: number, stride: number, padding: string): readonly [number, number] {
  if (padding === 'causal') return [reach - 1, 0];
  if (padding === 'consistent') return [Math.floor((reach - 1) / 2), reach - 1 - Math.floor((reach - 1) / 2)];
  if (padding !== 'same') return [0, 0];
  const total = Math.max((Math.ceil(n / stride) - 1) * stride + reach - n, 0);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** What each tap of the window sees, for all positions at once, in row-major order of the taps. */
export function seenByTaps(x: tf.Tensor, { size, strides, dilation, pads, count }: FormulaWindow, value: number): readonly tf.Tensor[] {
  const padded = tf.pad(x, [[0, 0], ...pads.map(([before, after]): [number, number] => [before, after]), [0, 0]], value);
  const [batch, channels] = [x.shape[0], x.shape.at(-1) as number];
  const taps = size.reduce<number[][]>(
    (found, sides) => found.flatMap((tap) => Array.from({ length: sides }, (_, at) => [...tap, at])),
    [[]],
  );
  return taps.map((tap) => {
    const begin = tap.map((at, axis) => at * (dilation[axis] as number));
    const end = begin.map((from, axis) => from + ((count[axis] as number) - 1) * (strides[axis] as number) + 1);
    return tf.stridedSlice(padded, [0, ...begin, 0], [batch, ...end, channels], [1, ...strides, 1]);
  });
}

/** The inputs with channels last, and the result turned back. */
export function channelsLast({ inputs, dataFormat }: FormulaInputs, compute: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  const x = inputs[0] as tf.Tensor;
  if (dataFormat === 'channelsLast' || x.rank < 4) return compute(x);
  const axes = Array.from({ length: x.rank - 2 }, (_, axis) => axis);
  const y = compute(tf.transpose(x, [0, ...axes.map((axis) => axis + 2), 1]));
  return y.rank < 4 ? y : tf.transpose(y, [0, y.rank - 1, ...axes.map((axis) => axis + 1)]);
}

/** The sum over the taps of what each sees times its own matrix. */
function convolution(given: FormulaInputs): tf.Tensor {
  return channelsLast(given, (x) => {
    const window = windowOf(x, given.params, 'kernelSize');
    const kernel = given.weights['kernel'] as tf.Tensor;
    const [channels, filters] = kernel.shape.slice(-2) as [number, number];
    const matrices = tf.unstack(tf.reshape(kernel, [-1, channels, filters]));
    const groups = given.params['groups'] as number;
    const products = seenByTaps(x, window, 0).map((seen, tap) => {
      const parts = tf.split(seen, groups, -1);
      const own = tf.split<tf.Tensor2D>(matrices[tap] as tf.Tensor2D, groups, -1);
      return tf.concat(
        parts.map((part, group) => timesMatrix(part, own[group] as tf.Tensor2D)),
        -1,
      );
    });
    return tf.add(tf.addN(products), given.weights['bias'] ?? 0);
  });
}

export function timesMatrix(x: tf.Tensor, matrix: tf.Tensor2D): tf.Tensor {
  return tf.reshape(tf.matMul(tf.reshape<tf.Rank.R2>(x, [-1, matrix.shape[0]]), matrix), [...x.shape.slice(0, -1), matrix.shape[1]]);
}

function maximum(given: FormulaInputs): tf.Tensor {
  return channelsLast(given, (x) => tf.max(tf.stack([...seenByTaps(x, windowOf(x, given.params, 'poolSize'), -Infinity)]), 0));
}

/** The sum of the window's elements over the number of those inside. */
function mean(given: FormulaInputs): tf.Tensor {
  return channelsLast(given, (x) => {
    const window = windowOf(x, given.params, 'poolSize');
    const total = (values: tf.Tensor) => tf.addN([...seenByTaps(values, window, 0)]);
    return tf.div(total(x), total(tf.onesLike(x)));
  });
}

/** Each channel's sum over the taps. */
function byChannels({ params, weights }: FormulaInputs, x: tf.Tensor): tf.Tensor {
  const kernel = weights['depthwiseKernel'] as tf.Tensor;
  const [channels, multiplier] = kernel.shape.slice(-2) as [number, number];
  const own = tf.unstack(tf.reshape(kernel, [-1, channels, multiplier]));
  const products = seenByTaps(x, windowOf(x, params, 'kernelSize'), 0).map((seen, tap) =>
    tf.mul(tf.expandDims(seen, -1), own[tap] as tf.Tensor),
  );
  const y = tf.addN(products);
  return tf.reshape(y, [...y.shape.slice(0, -2), channels * multiplier]);
}

function depthwise(given: FormulaInputs): tf.Tensor {
  return channelsLast(given, (x) => tf.add(byChannels(given, x), given.weights['bias'] ?? 0));
}

/** The same, mixed at each position. */
function separable(given: FormulaInputs): tf.Tensor {
  return channelsLast(given, (x) => {
    const mixing = given.weights['pointwiseKernel'] as tf.Tensor;
    const matrix = tf.reshape<tf.Rank.R2>(mixing, mixing.shape.slice(-2) as [number, number]);
    return tf.add(timesMatrix(byChannels(given, x), matrix), given.weights['bias'] ?? 0);
  });
}

/** Each element times each tap, put where it lands: element i with tap t at i · stride + t, and the image cut out of it. */
function transposed(given: FormulaInputs): tf.Tensor {
  return channelsLast(given, (x) => {
    const { params, weights } = given;
    const kernel = weights['kernel'] as tf.Tensor;
    const [taken, strides, dilation] = [listed(params['kernelSize']), listed(params['strides']), listed(params['dilationRate'])];
    const size = taken.map((count, axis) => (count - 1) * (dilation[axis] as number) + 1);
    const added = params['outputPadding'] as number | readonly number[] | null;
    const [filters, channels] = kernel.shape.slice(-2) as [number, number];
    const matrices = tf.unstack(tf.reshape(kernel, [-1, filters, channels]));
    const taps = taken.reduce<number[][]>(
      (found, sides, axis) => found.flatMap((tap) => Array.from({ length: sides }, (_, at) => [...tap, at * (dilation[axis] as number)])),
      [[]],
    );
    const everything = taps.map((tap, index) =>
      tap.reduce(
        (y, at, axis) => spread(y, axis + 1, at, strides[axis] as number, size[axis] as number),
        timesMatrix(x, tf.transpose(matrices[index] as tf.Tensor2D)),
      ),
    );
    const sizes = size.map((k, axis) =>
      transposedSize(
        x.shape[axis + 1] as number,
        k,
        strides[axis] as number,
        typeof added === 'object' && added !== null ? (added[axis] as number) : added,
        params['padding'] as string,
      ),
    );
    const begin = sizes.map((to, axis) => endsOf(to, size[axis] as number, strides[axis] as number, params['padding'] as string)[0]);
    const roomy = tf.pad(tf.addN(everything), [[0, 0], ...sizes.map((to): [number, number] => [0, to]), [0, 0]]);
    return tf.add(tf.slice(roomy, [0, ...begin, 0], [x.shape[0], ...sizes, filters]), weights['bias'] ?? 0);
  });
}

/** Keras's `deconv_output_length`; consistent padding takes away k − 1 in all. */
function transposedSize(n: number, k: number, stride: number, added: number | null, padding: string): number {
  if (added === null) return padding === 'valid' ? n * stride + Math.max(k - stride, 0) : n * stride;
  const pad = { valid: 0, same: 2 * Math.floor(k / 2) }[padding] ?? k - 1;
  return (n - 1) * stride + k - pad + added;
}

/** Element i of an axis at i · stride + tap, zeros between. */
function spread(x: tf.Tensor, axis: number, tap: number, stride: number, taps: number): tf.Tensor {
  const n = x.shape[axis] as number;
  const places = tf.tensor2d(
    Array.from({ length: n }, (_, i) => Array.from({ length: (n - 1) * stride + taps }, (_to, to) => Number(to === i * stride + tap))),
  );
  const order = x.shape.map((_, index) => index);
  const last = [...order.filter((index) => index !== axis), axis];
  return tf.transpose(
    timesMatrix(tf.transpose(x, last), places),
    order.map((index) => last.indexOf(index)),
  );
}

function overAll(given: FormulaInputs, reduced: typeof tf.max): tf.Tensor {
  const inner = (x: tf.Tensor) => x.shape.slice(1, -1).map((_, index) => index + 1);
  return channelsLast(given, (x) => reduced(x, inner(x), given.params['keepdims'] === true));
}

function padding(given: FormulaInputs): tf.Tensor {
  return channelsLast(given, (x) => {
    const { params } = given;
    const ends = [['before', 'after']];
    if (x.rank > 3) ends.splice(0, 1, ['top', 'bottom'], ['left', 'right']);
    if (x.rank > 4) ends.unshift(['front', 'back']);
    const kernel = listed(params['kernelSize']);
    const pads = ends.map(([before, after], axis): [number, number] => {
      if (params['mode'] === 'explicit') return [params[before as string] as number, params[after as string] as number];
      const reach = (kernel[axis] as number) - 1;
      return [Math.floor(reach / 2), reach - Math.floor(reach / 2)];
    });
    const all: [number, number][] = [[0, 0], ...pads, [0, 0]];
    return params['fill'] === 'reflect' ? tf.mirrorPad(x, all, 'reflect') : tf.pad(x, all);
  });
}

/** Formulas of layers with a window, where TensorFlow.js's own have not all their parameters. */
export const windowFormulas = {
  conv1d: convolution,
  conv2d: convolution,
  conv3d: convolution,
  depthwiseConv2d: depthwise,
  separableConv2d: separable,
  conv1dTranspose: transposed,
  conv2dTranspose: transposed,
  pad: padding,
  pad1d: padding,
  pad3d: padding,
  maxPooling1d: maximum,
  maxPooling2d: maximum,
  maxPooling3d: maximum,
  averagePooling1d: mean,
  averagePooling2d: mean,
  averagePooling3d: mean,
  ...Object.fromEntries(
    [1, 2, 3].flatMap((axes) => [
      [`globalMaxPooling${axes}d`, (given: FormulaInputs) => overAll(given, tf.max)],
      [`globalAveragePooling${axes}d`, (given: FormulaInputs) => overAll(given, tf.mean)],
    ]),
  ),
};
