import { addDims, isKnown, multiplyDims, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { ConvolutionAttributes, SpatialPads } from '../builder';
import { windowSize } from '../primitives/_shapes';
import { fromImage, image, integers, KERNEL } from './layout';
import type { OnnxAttributes, OnnxGraph } from './writer';

/** Height and width of an image, of a kernel or of a result. */
type Pair<T> = readonly [T, T];

/** ONNX's attributes of a window: all pads before, then all after. */
export function slidingAttributes({ strides, pads, dilation }: ConvolutionAttributes): OnnxAttributes {
  return { strides, dilations: dilation, pads: onnxPads(pads) };
}

export function onnxPads([rows, columns]: SpatialPads): readonly number[] {
  return [rows[0], columns[0], rows[1], columns[1]];
}

/** A convolution; the kernel is `H×W×I×O`. */
export function convolution(g: OnnxGraph, x: string, kernel: string, attributes: ConvolutionAttributes): string {
  return fromImage(g, g.op('Conv', [image(g, x), g.permuted(kernel, KERNEL)], slidingAttributes(attributes)));
}

/**
 * Gradient of a convolution by its image. With stride 1 a convolution with the turned kernel, which onnxruntime runs
 * several times as fast as `ConvTranspose`.
 */
export function inputGradient(
  g: OnnxGraph,
  dy: string,
  kernel: string,
  size: Pair<number>,
  inputShape: Shape,
  attributes: ConvolutionAttributes,
): string {
  const { strides, pads, dilation } = attributes;
  const reach = reachOf(size, dilation);
  const fits = pads.every((pair, side) => pair.every((pad) => pad < (reach[side] as number)));
  if (strides.some((stride) => stride > 1) || !fits) {
    return scattered(g, dy, g.permuted(kernel, KERNEL), size, inputShape, attributes, 1);
  }
  const around = pads.map(([before, after], side) => {
    const most = (reach[side] as number) - 1;
    return [most - before, most - after] as const;
  }) as unknown as SpatialPads;
  const turned = turnedKernel(g, kernel, size);
  return fromImage(g, g.op('Conv', [image(g, dy), turned], slidingAttributes({ strides, pads: around, dilation })));
}

/** `I×O×H×W`, each tap where its opposite was. */
function turnedKernel(g: OnnxGraph, kernel: string, [height, width]: Pair<number>): string {
  const swapped = g.permuted(kernel, [2, 3, 0, 1]);
  if (height === 1 && width === 1) return swapped;
  const pair = (value: number) => integers(g, [value, value]);
  // Backwards from the last element to before the first.
  return g.op('Slice', [swapped, pair(-1), pair(Number.MIN_SAFE_INTEGER), integers(g, [2, 3]), pair(-1)]);
}

/**
 * Every element of `dy` times the kernel (`O×I/group×H×W`), added up where its window lies: what a convolution's or an
 * average's gradient by its image is.
 */
export function scattered(
  g: OnnxGraph,
  dy: string,
  kernel: string,
  size: Pair<number>,
  inputShape: Shape,
  attributes: ConvolutionAttributes,
  group: number,
): string {
  const { strides, pads, dilation } = attributes;
  const sides = [inputShape[1], inputShape[2]] as unknown as Pair<Dim>;
  const reach = reachOf(size, dilation);
  const rests = sides.map((side, index) => restOf(side, index as 0 | 1, reach, attributes));
  const transposed = (padding: readonly number[], rest: readonly number[]) =>
    g.op('ConvTranspose', [image(g, dy), kernel], { strides, dilations: dilation, pads: padding, output_padding: rest, group });
  if (rests.every((rest) => rest !== undefined)) return fromImage(g, transposed(onnxPads(pads), rests));
  // The size is known at run time only: everything that could belong to the image, then the image cut out of it.
  const whole = transposed(
    [0, 0, 0, 0],
    strides.map((stride) => stride - 1),
  );
  const begin = pads.map(([before]) => before);
  const end = g.shape(sides.map((side, index) => addDims(side, begin[index] as number)));
  return fromImage(g, g.op('Slice', [whole, integers(g, begin), end, integers(g, [2, 3])]));
}

/** Elements at the end of the padded image that no window reaches; undefined where the size is not known. */
function restOf(side: Dim, index: 0 | 1, reach: Pair<number>, { strides, pads }: ConvolutionAttributes): number | undefined {
  return isKnown(side) ? (side + pads[index][0] + pads[index][1] - reach[index]) % strides[index] : undefined;
}

function reachOf(size: Pair<number>, dilation: Pair<number>): Pair<number> {
  return [(size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1];
}

/** Shapes that a kernel's gradient is made of. */
interface FilterShapes {
  /** `N×H×W×I`. */
  readonly image: Shape;
  /** `H×W×I×O`. */
  readonly kernel: readonly [number, number, number, number];
}

/** Channels of taps that are multiplied at once, at most: fewer make poor matrix products, more cost a copy. */
const CHANNELS_AT_ONCE = 32;

/**
 * Gradient of a convolution by its kernel: for each tap the matrix product of `dy` with the part of the image that the
 * tap sees. (`Conv` of the transposed operands takes three times as long: its kernels are as large as the image.)
 */
export function filterGradient(g: OnnxGraph, x: string, dy: string, shapes: FilterShapes, attributes: ConvolutionAttributes): string {
  const [height, width, channels, filters] = shapes.kernel;
  const flat = matrices(g, shapes, attributes);
  const padded = paddedImage(g, image(g, x), attributes.pads);
  const seen = taps(height, width).map((tap) => seenBy(g, padded, tap, shapes, attributes));
  const groups = chunks(seen, Math.max(1, Math.floor(CHANNELS_AT_ONCE / channels)));
  const left = flat.left(image(g, dy), filters);
  const products = groups.map((group) => flat.product(left, joined(g, group), group.length * channels));
  const sums = flat.total(products.length === 1 ? (products[0] as string) : g.op('Concat', products, { axis: -1 }));
  // `O×(taps·I)` → `O×I×H×W`.
  const byTap = g.op('Reshape', [sums, integers(g, [filters, height * width, channels])]);
  const byChannel = g.op('Transpose', [byTap], { perm: [0, 2, 1] });
  return g.fromPermuted(g.op('Reshape', [byChannel, integers(g, [filters, channels, height, width])]), KERNEL);
}

interface Matrices {
  left(dy: string, filters: number): string;
  product(left: string, seen: string, columns: number): string;
  total(products: string): string;
}

/** One product over batch and positions together, or one for each image and then their sum: whichever moves less memory. */
function matrices(g: OnnxGraph, shapes: FilterShapes, attributes: ConvolutionAttributes): Matrices {
  const [, , channels, filters] = shapes.kernel;
  const positions = resultSize(shapes, attributes).reduce(multiplyDims, 1);
  const isSmall = isKnown(positions) && positions * (channels + filters) < channels * filters;
  if (isSmall) {
    const rows = (value: string, count: number) =>
      g.op('Reshape', [g.op('Transpose', [value], { perm: [1, 0, 2, 3] }), integers(g, [count, -1])]);
    return {
      left: rows,
      product: (left, seen, columns) => g.op('Gemm', [left, rows(seen, columns)], { transB: 1 }),
      total: (products) => products,
    };
  }
  const rows = (value: string, count: number) => g.op('Reshape', [value, integers(g, [0, count, -1])]);
  return {
    left: rows,
    product: (left, seen, columns) => g.op('MatMul', [left, g.op('Transpose', [rows(seen, columns)], { perm: [0, 2, 1] })]),
    total: (products) => g.op('ReduceSum', [products, integers(g, [0])], { keepdims: 0 }),
  };
}

function resultSize({ image: [, height, width], kernel }: FilterShapes, { strides, pads, dilation }: ConvolutionAttributes): Pair<Dim> {
  return [
    windowSize(height as Dim, kernel[0], strides[0], pads[0], dilation[0]),
    windowSize(width as Dim, kernel[1], strides[1], pads[1], dilation[1]),
  ];
}

function paddedImage(g: OnnxGraph, x: string, pads: SpatialPads): string {
  if (pads.flat().every((pad) => pad === 0)) return x;
  const sizes = onnxPads(pads);
  return g.op('Pad', [x, integers(g, sizes), '', integers(g, [2, 3])]);
}

/** The elements of the padded image that a tap is multiplied with, one for each element of the result. */
function seenBy(g: OnnxGraph, padded: string, tap: Pair<number>, shapes: FilterShapes, attributes: ConvolutionAttributes): string {
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

function taps(height: number, width: number): readonly Pair<number>[] {
  return Array.from({ length: height * width }, (_, tap) => [Math.floor(tap / width), tap % width] as const);
}

function joined(g: OnnxGraph, values: readonly string[]): string {
  return values.length === 1 ? (values[0] as string) : g.op('Concat', values, { axis: 1 });
}

function chunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}
