import { addDims, isKnown, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { ConvolutionAttributes, SpatialPads } from '../builder';
import { blockedConvolution } from './blocked';
import { fromImage, image, integers, KERNEL } from './layout';
import type { OnnxAttributes, OnnxGraph } from './writer';

/** Height and width of an image, of a kernel or of a result. */
type Pair<T> = readonly [T, T];
/** Four sizes of a kernel; `H×W×I×O` as a program has them. */
type KernelShape = readonly [number, number, number, number];

/** ONNX's attributes of a window: all pads before, then all after. */
export function slidingAttributes({ strides, pads, dilation }: ConvolutionAttributes): OnnxAttributes {
  return { strides, dilations: dilation, pads: onnxPads(pads) };
}

export function onnxPads([rows, columns]: SpatialPads): readonly number[] {
  return [rows[0], columns[0], rows[1], columns[1]];
}

/** A convolution; the kernel is `H×W×I×O`. */
export function convolution(g: OnnxGraph, x: string, kernel: string, shape: KernelShape, attributes: ConvolutionAttributes): string {
  const [height, width, channels, filters] = shape;
  return convolved(g, image(g, x), g.permuted(kernel, KERNEL), [filters, channels, height, width], attributes);
}

/** Of an image and a kernel as ONNX has them; `sizes` are the kernel's, `O×I×H×W`. */
function convolved(g: OnnxGraph, x: string, kernel: string, sizes: KernelShape, attributes: ConvolutionAttributes): string {
  const sliding = slidingAttributes(attributes);
  return fromImage(g, blockedConvolution(g, x, kernel, sizes, sliding) ?? g.op('Conv', [x, kernel], sliding));
}

/**
 * Gradient of a convolution by its image. With stride 1 a convolution with the turned kernel, which onnxruntime runs
 * several times as fast as `ConvTranspose`.
 */
export function inputGradient(
  g: OnnxGraph,
  dy: string,
  kernel: string,
  shape: KernelShape,
  inputShape: Shape,
  attributes: ConvolutionAttributes,
): string {
  const { strides, pads, dilation } = attributes;
  const [height, width, channels, filters] = shape;
  const size = [height, width] as const;
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
  return convolved(g, image(g, dy), turned, [channels, filters, height, width], { strides, pads: around, dilation });
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
