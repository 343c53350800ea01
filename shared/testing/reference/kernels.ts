import type { ConvolutionAttributes, Window } from '../../program/builder';
import type { BatchNormAttributes } from '../../program/primitives/normalization';
import { operandsOf, withDecay, type Algebra, type UpdateAttributes, type UpdatePrimitive } from '../../program/primitives/_update';
import { updates } from '../../program/primitives/optimizer';
import type { ReduceAttributes } from '../../program/primitives/reduction';
import type { PadAttributes, SliceAttributes, SplitAttributes } from '../../program/primitives/shape';
import type { ConstantAttributes, RandomAttributes } from '../../program/primitives/source';
import type { MatMulAttributes } from '../../program/primitives/linear';
import { lstm, lstmGrad } from './lstm';
import { hashedUniform } from './random';
import { addAt, array, at, filled, forEachIndex, offsetOf, zeros, type NumberArray } from './array';

/** Computes a primitive by plain loops; the shapes of its results are given. */
export type Kernel = (inputs: readonly NumberArray[], attributes: never, shapes: readonly (readonly number[])[]) => readonly NumberArray[];

type Inputs<N extends 1 | 2 | 3 | 5> = N extends 1
  ? readonly [NumberArray]
  : N extends 2
    ? readonly [NumberArray, NumberArray]
    : N extends 3
      ? readonly [NumberArray, NumberArray, NumberArray]
      : readonly [NumberArray, NumberArray, NumberArray, NumberArray, NumberArray];
type Shapes = readonly [readonly number[]];

const unary = (f: (x: number) => number) => (([x]: Inputs<1>) => [{ shape: x.shape, data: x.data.map(f) }]) as unknown as Kernel;
const binary = (f: (a: number, b: number) => number) =>
  (([a, b]: Inputs<2>, _: object, [shape]: Shapes) => [filled(shape, (index) => f(at(a, index), at(b, index)))]) as unknown as Kernel;
const kernel = <I extends readonly NumberArray[], A>(
  f: (inputs: I, attributes: A, shapes: readonly [readonly number[], ...(readonly number[])[]]) => readonly NumberArray[],
) => f as unknown as Kernel;

const elementwise: Record<string, Kernel> = {
  add: binary((a, b) => a + b),
  sub: binary((a, b) => a - b),
  mul: binary((a, b) => a * b),
  div: binary((a, b) => a / b),
  maximum: binary(Math.max),
  minimum: binary(Math.min),
  pow: binary(Math.pow),
  greater: binary((a, b) => Number(a > b)),
  equal: binary((a, b) => Number(a === b)),
  relu: unary((x) => Math.max(x, 0)),
  reluGrad: binary((dy, y) => (y > 0 ? dy : 0)),
  relu6: unary((x) => Math.min(Math.max(x, 0), 6)),
  relu6Grad: binary((dy, y) => (y > 0 && y < 6 ? dy : 0)),
  tanhGrad: binary((dy, y) => dy * (1 - y * y)),
  sigmoidGrad: binary((dy, y) => dy * y * (1 - y)),
  exp: unary(Math.exp),
  log: unary(Math.log),
  sqrt: unary(Math.sqrt),
  tanh: unary(Math.tanh),
  sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  erf: unary(erf),
  cos: unary(Math.cos),
  abs: unary(Math.abs),
  floor: unary(Math.floor),
  neg: unary((x) => -x),
  cast: kernel(([x]: Inputs<1>, { dtype }: { dtype: string }) => [
    { shape: x.shape, data: dtype === 'float32' ? x.data : x.data.map(Math.trunc) },
  ]),
};

const shapes: Record<string, Kernel> = {
  constant: kernel((_: readonly [], { data, shape }: ConstantAttributes) => [array(shape, data)]),
  randomUniform: kernel(([seed]: Inputs<1>, { index }: RandomAttributes, [shape]) => [hashedUniform(shape, [...seed.data, index])]),
  reshape: kernel(([x]: Inputs<1>, _: object, [shape]) => [{ shape, data: x.data }]),
  broadcastTo: kernel(([x]: Inputs<1>, _: object, [shape]) => [filled(shape, (index) => at(x, index))]),
  transpose: kernel(([x]: Inputs<1>, { permutation }: { permutation: readonly number[] }, [shape]) => [
    filled(shape, (index) =>
      at(
        x,
        x.shape.map((_, axis) => index[permutation.indexOf(axis)] as number),
      ),
    ),
  ]),
  slice: kernel(([x]: Inputs<1>, { begin }: SliceAttributes, [shape]) => [
    filled(shape, (index) =>
      at(
        x,
        index.map((position, axis) => position + (begin[axis] as number)),
      ),
    ),
  ]),
  pad: kernel(([x]: Inputs<1>, { pads, value }: PadAttributes, [shape]) => [
    filled(shape, (index) => {
      const inside = index.map((position, axis) => position - (pads[axis]?.[0] ?? 0));
      return inside.every((position, axis) => position >= 0 && position < (x.shape[axis] as number)) ? at(x, inside) : value;
    }),
  ]),
  concat: kernel((values: readonly NumberArray[], { axis }: { axis: number }, [shape]) => [
    filled(shape, (index) => {
      let position = index[axis] as number;
      const owner = values.find((value) =>
        position < (value.shape[axis] as number) ? true : ((position -= value.shape[axis] as number), false),
      );
      return at(owner as NumberArray, index.with(axis, position));
    }),
  ]),
  split: kernel(([x]: Inputs<1>, { axis, sizes }: SplitAttributes, parts) =>
    parts.map((shape, part) => {
      const before = sizes.slice(0, part).reduce((total, size) => total + size, 0);
      return filled(shape, (index) => at(x, index.with(axis, (index[axis] as number) + before)));
    }),
  ),
  gather: kernel(([table, indices]: Inputs<2>, _: object, [shape]) => [
    filled(shape, (index) => {
      const rank = indices.shape.length;
      return at(table, [at(indices, index.slice(0, rank)), ...index.slice(rank)]);
    }),
  ]),
  scatterAdd: kernel(([values, indices]: Inputs<2>, _: object, [shape]) => {
    const table = zeros(shape);
    const rank = indices.shape.length;
    forEachIndex(values.shape, (index) => {
      addAt(table, [at(indices, index.slice(0, rank)), ...index.slice(rank)], at(values, index));
    });
    return [table];
  }),
  range: kernel((_: readonly [], __: object, [shape]) => [filled(shape, ([position]) => position as number)]),
  oneHot: kernel(([indices]: Inputs<1>, _: object, [shape]) => [
    filled(shape, (index) => Number(at(indices, index.slice(0, -1)) === index.at(-1))),
  ]),
};

const reductions: Record<string, Kernel> = {
  reduceSum: kernel(([x]: Inputs<1>, attributes: ReduceAttributes, [shape]) => [sum(x, attributes, shape)]),
  reduceMean: kernel(([x]: Inputs<1>, attributes: ReduceAttributes, [shape]) => {
    const total = sum(x, attributes, shape);
    return [{ shape, data: total.data.map((value) => (value * total.data.length) / x.data.length) }];
  }),
  reduceMax: kernel(([x]: Inputs<1>, { axes, keepDims }: ReduceAttributes, [shape]) => {
    const top = filled(shape, () => -Infinity);
    forEachIndex(x.shape, (index) => {
      const kept = index.flatMap((position, axis) => (axes.includes(axis) ? (keepDims ? [0] : []) : [position]));
      const offset = offsetOf(shape, kept);
      top.data[offset] = Math.max(top.data[offset] as number, at(x, index));
    });
    return [top];
  }),
  batchMatMul: kernel(([a, b]: Inputs<2>, { transposeA, transposeB }: MatMulAttributes, [shape]) => {
    const inner = a.shape.at(transposeA ? -2 : -1) as number;
    return [
      filled(shape, (index) => {
        const [row, column] = index.slice(-2) as [number, number];
        const batch = index.slice(0, -2);
        let total = 0;
        for (let k = 0; k < inner; k++) {
          total +=
            at(a, [...batch, ...(transposeA ? [k, row] : [row, k])]) * at(b, [...batch, ...(transposeB ? [column, k] : [k, column])]);
        }
        return total;
      }),
    ];
  }),
  argMax: kernel(([x]: Inputs<1>, _: object, [shape]) => {
    const row = x.shape.at(-1) as number;
    return [
      array(
        shape,
        rows(x)
          .map((values) => values.indexOf(Math.max(...values)))
          .slice(0, x.data.length / row),
      ),
    ];
  }),
  softmax: kernel(([x]: Inputs<1>) => [{ shape: x.shape, data: Float64Array.from(rows(x).flatMap(softmax)) }]),
  softmaxCrossEntropy: kernel(([logits, labels]: Inputs<2>, _: object, [shape]) => {
    const labelRows = rows(labels);
    const losses = rows(logits).map((row, index) => {
      const top = Math.max(...row);
      const logSum = top + Math.log(row.reduce((total, value) => total + Math.exp(value - top), 0));
      return row.reduce((total, value, column) => total + (labelRows[index]?.[column] as number) * (logSum - value), 0);
    });
    const gradient = rows(logits).flatMap((row, index) =>
      softmax(row).map((value, column) => value - (labelRows[index]?.[column] as number)),
    );
    return [array(shape, losses), array(logits.shape, gradient)];
  }),
  matMul: kernel(([a, b]: Inputs<2>, { transposeA, transposeB }: MatMulAttributes, [shape]) => {
    const inner = a.shape[transposeA ? 0 : 1] as number;
    return [
      filled(shape, ([row, column]) => {
        let total = 0;
        for (let k = 0; k < inner; k++) {
          total += at(a, (transposeA ? [k, row] : [row, k]) as number[]) * at(b, (transposeB ? [column, k] : [k, column]) as number[]);
        }
        return total;
      }),
    ];
  }),
};

const images: Record<string, Kernel> = {
  conv: kernel(([x, w]: Inputs<2>, attributes: ConvolutionAttributes, [shape]) => {
    const y = zeros(shape);
    forEachTap(x.shape, w.shape, shape, attributes, (image, tap, output) => addProduct(y, output, x, image, w, tap));
    return [y];
  }),
  convInputGrad: kernel(([dy, w]: Inputs<2>, attributes: ConvolutionAttributes, [shape]) => {
    const dx = zeros(shape);
    forEachTap(shape, w.shape, dy.shape, attributes, (image, tap, output) => addProduct(dx, image, dy, output, w, tap));
    return [dx];
  }),
  convFilterGrad: kernel(([x, dy]: Inputs<2>, attributes: ConvolutionAttributes, [shape]) => {
    const dw = zeros(shape);
    forEachTap(x.shape, shape, dy.shape, attributes, (image, tap, output) => addProduct(dw, tap, x, image, dy, output));
    return [dw];
  }),
  depthwiseConv: kernel(([x, w]: Inputs<2>, attributes: ConvolutionAttributes, [shape]) => {
    const y = zeros(shape);
    forEachDepthwiseTap(x.shape, w.shape, shape, attributes, (image, tap, output) => addProduct(y, output, x, image, w, tap));
    return [y];
  }),
  depthwiseConvInputGrad: kernel(([dy, w]: Inputs<2>, attributes: ConvolutionAttributes, [shape]) => {
    const dx = zeros(shape);
    forEachDepthwiseTap(shape, w.shape, dy.shape, attributes, (image, tap, output) => addProduct(dx, image, dy, output, w, tap));
    return [dx];
  }),
  depthwiseConvFilterGrad: kernel(([x, dy]: Inputs<2>, attributes: ConvolutionAttributes, [shape]) => {
    const dw = zeros(shape);
    forEachDepthwiseTap(x.shape, shape, dy.shape, attributes, (image, tap, output) => addProduct(dw, tap, x, image, dy, output));
    return [dw];
  }),
  maxPool: kernel(([x]: Inputs<1>, window: Window, [shape]) => [
    filled(shape, (index) => Math.max(...elements(x.shape, index, window).map((inside) => at(x, inside)))),
  ]),
  maxPoolGrad: kernel(([x, y, dy]: Inputs<3>, window: Window, [shape]) => {
    const dx = zeros(shape);
    forEachIndex(dy.shape, (index) => {
      const first = elements(x.shape, index, window).find((inside) => at(x, inside) === at(y, index));
      if (first) addAt(dx, first, at(dy, index));
    });
    return [dx];
  }),
  avgPool: kernel(([x]: Inputs<1>, window: Window, [shape]) => [
    filled(shape, (index) => {
      const inside = elements(x.shape, index, window);
      return inside.reduce((total, element) => total + at(x, element), 0) / inside.length;
    }),
  ]),
  avgPoolGrad: kernel(([dy]: Inputs<1>, window: Window, [shape]) => {
    const dx = zeros(shape);
    forEachIndex(dy.shape, (index) => {
      const inside = elements(shape, index, window);
      for (const element of inside) addAt(dx, element, at(dy, index) / inside.length);
    });
    return [dx];
  }),
};

const normalization: Record<string, Kernel> = {
  lstm: kernel(lstm),
  lstmGrad: kernel(lstmGrad),
  batchNormTrain: kernel(([x, scale, offset]: Inputs<3>, { epsilon }: BatchNormAttributes) => {
    const { mean, variance } = moments(x);
    const normal = normalize(x, mean, variance, epsilon);
    return [affine(normal, scale, offset), mean, variance];
  }),
  batchNormInfer: kernel(([x, scale, offset, mean, variance]: Inputs<5>, { epsilon }: BatchNormAttributes) => [
    affine(normalize(x, mean, variance, epsilon), scale, offset),
  ]),
  batchNormGrad: kernel(([dy, x, scale, mean, variance]: Inputs<5>, { epsilon }: BatchNormAttributes) => {
    const normal = normalize(x, mean, variance, epsilon);
    const dOffset = perChannel(dy, (value) => value);
    const dScale = perChannel(dy, (value, offset) => value * (normal.data[offset] as number));
    const channels = scale.data.length;
    const count = x.data.length / channels;
    const data = dy.data.map((value, offset) => {
      const channel = offset % channels;
      const centred =
        value - (dOffset.data[channel] as number) / count - ((normal.data[offset] as number) * (dScale.data[channel] as number)) / count;
      return (centred * (scale.data[channel] as number)) / Math.sqrt((variance.data[channel] as number) + epsilon);
    });
    return [{ shape: x.shape, data }, dScale, dOffset];
  }),
};

/** The rules of the optimizers on plain numbers; what they give is held against Keras's and PyTorch's own. */
const numbers: Algebra<NumberArray> = {
  number: (value) => array([], [value]),
  add: (a, b) => broadcastZip(a, b, (x, y) => x + y),
  sub: (a, b) => broadcastZip(a, b, (x, y) => x - y),
  mul: (a, b) => broadcastZip(a, b, (x, y) => x * y),
  div: (a, b) => broadcastZip(a, b, (x, y) => x / y),
  maximum: (a, b) => broadcastZip(a, b, Math.max),
  sqrt: (x) => zip([x], Math.sqrt),
  abs: (x) => zip([x], Math.abs),
};

/** Equal shapes, or a scalar with anything. */
function broadcastZip(a: NumberArray, b: NumberArray, f: (x: number, y: number) => number): NumberArray {
  if (a.shape.length === 0) return zip([b], (y) => f(a.data[0] as number, y));
  return b.shape.length === 0 ? zip([a], (x) => f(x, b.data[0] as number)) : zip([a, b], f);
}

const optimizers: Record<string, Kernel> = Object.fromEntries(
  (updates as readonly UpdatePrimitive[]).map(({ name, rule }) => [
    name,
    kernel((inputs: readonly NumberArray[], attributes: UpdateAttributes) =>
      rule.step(numbers, withDecay(numbers, operandsOf(rule, inputs), attributes), attributes),
    ),
  ]),
);

/** By the name of the primitive. What is not here (`size`, `randomUniform`) the evaluator does itself or cannot. */
export const kernels: Readonly<Record<string, Kernel>> = {
  ...elementwise,
  ...shapes,
  ...reductions,
  ...images,
  ...normalization,
  ...optimizers,
};

function zip(values: readonly NumberArray[], f: (...elements: number[]) => number): NumberArray {
  const [first] = values as [NumberArray];
  return { shape: first.shape, data: first.data.map((_, offset) => f(...values.map(({ data }) => data[offset] as number))) };
}

/** By its power series, which is exact to float64 for |x| below 3, and else 1 less the continued fraction of its rest. */
function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 3) return Math.sign(x) * (1 - (Math.exp(-size * size) / Math.sqrt(Math.PI)) * restOfErf(size));
  let term = x;
  let total = x;
  for (let n = 1; Math.abs(term) > 1e-18; n++) {
    term *= (-x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

function restOfErf(x: number): number {
  let fraction = x;
  for (let n = 60; n >= 1; n--) fraction = x + n / 2 / fraction;
  return 1 / fraction;
}

function sum(x: NumberArray, { axes, keepDims }: ReduceAttributes, shape: readonly number[]): NumberArray {
  const total = zeros(shape);
  forEachIndex(x.shape, (index) => {
    const kept = keepDims
      ? index.map((position, axis) => (axes.includes(axis) ? 0 : position))
      : index.filter((_, axis) => !axes.includes(axis));
    addAt(total, kept, at(x, index));
  });
  return total;
}

function rows({ shape, data }: NumberArray): number[][] {
  const length = shape.at(-1) as number;
  return Array.from({ length: data.length / length }, (_, row) => Array.from(data.subarray(row * length, (row + 1) * length)));
}

function softmax(row: readonly number[]): number[] {
  const top = Math.max(...row);
  const powers = row.map((value) => Math.exp(value - top));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((value) => value / total);
}

/** Offsets of an image element, of a kernel tap and of an output element to which the convolution adds their product. */
type Visit = (image: number, tap: number, output: number) => void;

function forEachTap(
  image: readonly number[],
  taps: readonly number[],
  output: readonly number[],
  attributes: ConvolutionAttributes,
  visit: Visit,
): void {
  const [channels, filters] = taps.slice(2) as [number, number];
  forEachPlace(image, taps, output, attributes, (pixel, place, offset) => {
    const filter = offset % filters;
    for (let channel = 0; channel < channels; channel++)
      visit(pixel * channels + channel, (place * channels + channel) * filters + filter, offset);
  });
}

/** The same where output channel i·M + m looks at image channel i alone. */
function forEachDepthwiseTap(
  image: readonly number[],
  taps: readonly number[],
  output: readonly number[],
  attributes: ConvolutionAttributes,
  visit: Visit,
): void {
  const [channels, multiplier] = taps.slice(2) as [number, number];
  forEachPlace(image, taps, output, attributes, (pixel, place, offset) => {
    const filter = offset % (channels * multiplier);
    visit(pixel * channels + Math.floor(filter / multiplier), place * channels * multiplier + filter, offset);
  });
}

/** For every output element, by its offset, the pixels of the image that it sees, each with its place in the kernel. */
function forEachPlace(
  image: readonly number[],
  kernel: readonly number[],
  output: readonly number[],
  { strides, pads, dilation }: ConvolutionAttributes,
  visit: (pixel: number, place: number, output: number) => void,
): void {
  const [, height, width] = image as [number, number, number];
  const [kernelHeight, kernelWidth] = kernel as [number, number];
  let offset = 0;
  forEachIndex(output, (index) => {
    const [n, row, column] = index as [number, number, number];
    for (let h = 0; h < kernelHeight; h++) {
      const y = row * strides[0] - pads[0][0] + h * dilation[0];
      if (y < 0 || y >= height) continue;
      for (let w = 0; w < kernelWidth; w++) {
        const x = column * strides[1] - pads[1][0] + w * dilation[1];
        if (x >= 0 && x < width) visit((n * height + y) * width + x, h * kernelWidth + w, offset);
      }
    }
    offset++;
  });
}

/** Indices of the elements of a window that are inside the image. */
function elements(image: readonly number[], output: readonly number[], { size, strides, pads }: Window): number[][] {
  const [n, row, column, channel] = output as [number, number, number, number];
  const inside: number[][] = [];
  for (let h = 0; h < size[0]; h++) {
    for (let w = 0; w < size[1]; w++) {
      const y = row * strides[0] - pads[0][0] + h;
      const x = column * strides[1] - pads[1][0] + w;
      if (y >= 0 && x >= 0 && y < (image[1] as number) && x < (image[2] as number)) inside.push([n, y, x, channel]);
    }
  }
  return inside;
}

/** Adds the product of two elements to a third; all by their offsets. */
function addProduct(total: NumberArray, to: number, a: NumberArray, i: number, b: NumberArray, j: number): void {
  total.data[to] = (total.data[to] as number) + (a.data[i] as number) * (b.data[j] as number);
}

function perChannel(x: NumberArray, f: (value: number, offset: number) => number): NumberArray {
  const channels = x.shape.at(-1) as number;
  const total = zeros([channels]);
  x.data.forEach((value, offset) => addAt(total, [offset % channels], f(value, offset)));
  return total;
}

function moments(x: NumberArray): { mean: NumberArray; variance: NumberArray } {
  const channels = x.shape.at(-1) as number;
  const count = x.data.length / channels;
  const scale = (total: NumberArray): NumberArray => ({ shape: total.shape, data: total.data.map((value) => value / count) });
  const mean = scale(perChannel(x, (value) => value));
  return { mean, variance: scale(perChannel(x, (value, offset) => (value - (mean.data[offset % channels] as number)) ** 2)) };
}

function normalize(x: NumberArray, mean: NumberArray, variance: NumberArray, epsilon: number): NumberArray {
  const channels = mean.data.length;
  const data = x.data.map(
    (value, offset) =>
      (value - (mean.data[offset % channels] as number)) / Math.sqrt((variance.data[offset % channels] as number) + epsilon),
  );
  return { shape: x.shape, data };
}

function affine(x: NumberArray, scale: NumberArray, offset: NumberArray): NumberArray {
  return filled(x.shape, (index) => (x.data[offsetOf(x.shape, index)] as number) * at(scale, index) + at(offset, index));
}
