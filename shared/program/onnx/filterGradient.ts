import { addDims, isKnown, multiplyDims, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { ConvolutionAttributes, SpatialPads } from '../builder';
import { windowSize } from '../primitives/_shapes';
import { onnxPads } from './convolution';
import { image, integers, KERNEL } from './layout';
import type { OnnxGraph } from './writer';

type Pair<T> = readonly [T, T];

/** Shapes that a kernel's gradient is made of. */
interface FilterShapes {
  /** `N×H×W×I`. */
  readonly image: Shape;
  /** `H×W×I×O`. */
  readonly kernel: readonly [number, number, number, number];
}

/** Channels of taps that are multiplied at once, at most: fewer make poor matrix products, more cost a copy. */
const CHANNELS_AT_ONCE = 16;

/**
 * Gradient of a convolution by its kernel: for each tap the matrix product of the part of the image that the tap sees with `dy`,
 * in this order because onnxruntime packs the right operand of a product, and `dy` is the same for all taps. (`Conv` of the
 * transposed operands takes three times as long: its kernels are as large as the image.)
 */
export function filterGradient(g: OnnxGraph, x: string, dy: string, shapes: FilterShapes, attributes: ConvolutionAttributes): string {
  const [height, width, channels, filters] = shapes.kernel;
  const { prepared, axis, rows, product, total } = matrices(g, shapes, attributes);
  const padded = paddedImage(g, prepared(image(g, x)), attributes.pads);
  const seen = taps(height, width).map((tap) => seenBy(g, padded, tap, shapes, attributes));
  const gradient = rows(prepared(image(g, dy)), filters);
  if (seen.length === 1 && filters > channels) {
    // One tap only: the larger operand to the left.
    const byFilter = total(product(gradient, rows(seen[0] as string, channels)));
    return g.fromPermuted(g.op('Reshape', [byFilter, integers(g, [filters, channels, 1, 1])]), KERNEL);
  }
  const groups = chunks(seen, Math.max(1, Math.floor(CHANNELS_AT_ONCE / channels)));
  const products = groups.map((group) => product(rows(joined(g, group, axis), group.length * channels), gradient));
  return g.op('Reshape', [total(joined(g, products, axis)), integers(g, [height, width, channels, filters])]);
}

interface Matrices {
  /** An image, channels first, in the order in which its elements are multiplied. */
  prepared(image: string): string;
  /** Of the channels of what is prepared, and of the products. */
  readonly axis: 0 | 1;
  rows(prepared: string, channels: number): string;
  product(left: string, right: string): string;
  total(products: string): string;
}

/** One product over batch and positions together, or one for each image and then their sum: whichever moves less memory. */
function matrices(g: OnnxGraph, shapes: FilterShapes, attributes: ConvolutionAttributes): Matrices {
  const [height, width, channels, filters] = shapes.kernel;
  const positions = resultSize(shapes, attributes).reduce(multiplyDims, 1);
  if (isKnown(positions) && positions * (channels + filters) < height * width * channels * filters) {
    return {
      prepared: (value) => g.op('Transpose', [value], { perm: [1, 0, 2, 3] }),
      axis: 0,
      rows: (value, count) => g.op('Reshape', [value, integers(g, [count, -1])]),
      product: (left, right) => g.op('Gemm', [left, right], { transB: 1 }),
      total: (products) => products,
    };
  }
  return {
    prepared: (value) => value,
    axis: 1,
    rows: (value, count) => g.op('Reshape', [value, integers(g, [0, count, -1])]),
    product: (left, right) => g.op('MatMul', [left, g.op('Transpose', [right], { perm: [0, 2, 1] })]),
    total: (products) => g.op('ReduceSum', [products, integers(g, [0])], { keepdims: 0 }),
  };
}

/** The elements of the padded image that a tap is multiplied with, one for each element of the result. */
export function seenBy(g: OnnxGraph, padded: string, tap: Pair<number>, shapes: FilterShapes, attributes: ConvolutionAttributes): string {
  const { strides, dilation, pads } = attributes;
  const isWhole = shapes.kernel[0] === 1 && shapes.kernel[1] === 1 && strides.every((stride) => stride === 1);
  if (isWhole && pads.flat().every((pad) => pad === 0)) return padded;
  const begin = [tap[0] * dilation[0], tap[1] * dilation[1]] as const;
  const result = resultSize(shapes, attributes);
  const end = result.map((size, side) => {
    const last = multiplyDims(addDims(size, -1), strides[side as 0 | 1]);
    return addDims(last, begin[side as 0 | 1] + 1);
  });
  return g.op('Slice', [padded, integers(g, begin), g.shape(end), integers(g, [2, 3]), integers(g, strides)]);
}

export function taps(height: number, width: number): readonly Pair<number>[] {
  return Array.from({ length: height * width }, (_, tap) => [Math.floor(tap / width), tap % width] as const);
}

function joined(g: OnnxGraph, values: readonly string[], axis: number): string {
  return values.length === 1 ? (values[0] as string) : g.op('Concat', values, { axis });
}

function chunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}

/** Height and width of the convolution's result. */
function resultSize(
  { image: [, height, width], kernel }: FilterShapes,
  { strides, pads, dilation }: ConvolutionAttributes,
): readonly [Dim, Dim] {
  return [
    windowSize(height as Dim, kernel[0], strides[0], pads[0], dilation[0]),
    windowSize(width as Dim, kernel[1], strides[1], pads[1], dilation[1]),
  ];
}

/** An image in its channels-first form with its padding as zeros. */
export function paddedImage(g: OnnxGraph, x: string, pads: SpatialPads): string {
  if (pads.flat().every((pad) => pad === 0)) return x;
  const sizes = onnxPads(pads);
  // Of all axes: onnxruntime's optimiser of transpositions takes pads of some axes for pads of all.
  return g.op('Pad', [x, integers(g, [0, 0, ...sizes.slice(0, 2), 0, 0, ...sizes.slice(2)])]);
}
