import { addDims, formatDim, isKnown, multiplyDims, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import { channelAxis, sampleSize, type DataFormat, type TensorType } from '../../graph/tensor';
import type { Builder, SpatialPads, Value } from '../../program/builder';
import { formatPair, formatStrides, joinSummary } from '../_params';
import { asImage, asSequence } from '../_sequence';
import { expectAxes, knownChannels, spatialShape, spatialSizes, span, windowPads, type SlidingWindow } from '../_window';
import { weight } from '../_weights';
import type { LayerReach, WeightSpec } from '../define';
import { biasOf, listed, stridesAndDilation, type BiasAndKernel } from './_convolution';

/** Parameters of a transposed convolution over one or two axes. */
export interface TransposedParams extends BiasAndKernel {
  readonly filters: number;
  readonly kernelSize: number | readonly number[];
  readonly strides: number | readonly number[];
  readonly padding: Exclude<SlidingWindow['padding'], 'causal'>;
  readonly dilationRate: number | readonly number[];
  /** One number is the same along each axis. */
  readonly outputPadding: number | readonly number[] | null;
}

/** One axis of it. */
export interface TransposedAxis {
  readonly taps: number;
  readonly dilation: number;
  readonly stride: number;
  readonly padding: TransposedParams['padding'];
  readonly outputPadding: number | null;
}

export function transposedAxes(p: TransposedParams): readonly TransposedAxis[] {
  const { padding, outputPadding } = p;
  const [strides, dilation] = [listed(p.strides), listed(p.dilationRate)];
  return listed(p.kernelSize).map((taps, axis) => ({
    taps,
    dilation: dilation[axis] as number,
    stride: strides[axis] as number,
    padding,
    outputPadding: outputPadding === null || typeof outputPadding === 'number' ? outputPadding : (outputPadding[axis] as number),
  }));
}

/**
 * Size along an axis: one of the sizes that the convolution of the same parameters would bring to `size`. Of these, which
 * are as many as the stride, Keras takes `stride · size`, or the one that `outputPadding` names.
 */
export function transposedSize(size: Dim, { taps, dilation, stride, padding, outputPadding }: TransposedAxis): Dim {
  const reach = span(taps, dilation);
  const steps = multiplyDims(addDims(size, -1), stride);
  if (padding === 'valid') return addDims(steps, outputPadding === null ? Math.max(reach, stride) : reach + outputPadding);
  if (outputPadding === null) return multiplyDims(size, stride);
  return addDims(steps, (padding === 'same' ? reach % 2 : 1) + outputPadding);
}

/** The output padding that leads back to a size, one number where it is the same along all axes; undefined where none does. */
export function paddingFor(
  size: readonly number[],
  from: readonly number[],
  axes: readonly TransposedAxis[],
): readonly number[] | undefined {
  const found = axes.map((axis, index) =>
    Array.from({ length: axis.stride }, (_, added) => added).find(
      (outputPadding) => transposedSize(from[index] as number, { ...axis, outputPadding }) === size[index],
    ),
  );
  if (found.includes(undefined)) return undefined;
  const known = found as readonly number[];
  return known.every((added) => added === known[0]) ? known.slice(0, 1) : known;
}

/** Padding of the convolution that it transposes; undefined where that depends on a size that is not known. */
export function transposedPads(output: Dim, { taps, dilation, stride, padding }: TransposedAxis): readonly [number, number] | undefined {
  const reach = span(taps, dilation);
  if (padding !== 'same' || stride === 1) return windowPads(reach, reach, stride, padding);
  return isKnown(output) ? windowPads(output, reach, stride, padding) : undefined;
}

export function inferTransposed(x: TensorType, p: TransposedParams, dataFormat: DataFormat): Result<{ y: TensorType }, LayerProblem> {
  const axes = transposedAxes(p);
  const window = { strides: listed(p.strides), dilation: listed(p.dilationRate) };
  const problem = expectAxes(x, axes.length) ?? stridesAndDilation(window) ?? outputPaddingProblem(x, axes, dataFormat);
  if (problem) return err(problem);
  const channels = knownChannels(x, channelAxis(x.shape.length, dataFormat));
  if (typeof channels !== 'number') return err(channels);
  const sizes = spatialSizes(x, dataFormat).map((size, axis) => transposedSize(size, axes[axis] as TransposedAxis));
  return ok({ y: { dtype: 'float32', shape: spatialShape(x, dataFormat, sizes, p.filters) } });
}

/** Names the sizes that there are to choose from. */
function outputPaddingProblem(x: TensorType, axes: readonly TransposedAxis[], dataFormat: DataFormat): LayerProblem | undefined {
  const sizes = spatialSizes(x, dataFormat);
  const index = axes.findIndex((axis) => axis.outputPadding !== null && !choices(axis).includes(axis.outputPadding));
  if (index < 0) return undefined;
  const [axis, size] = [axes[index] as TransposedAxis, sizes[index] as Dim];
  const possible = choices(axis);
  const [first, last] = [possible[0], possible.at(-1)];
  const range = first === last ? String(first) : `${first} to ${last}`;
  const named = possible.map((outputPadding) => transposedSize(size, { ...axis, outputPadding })).filter(isKnown);
  const known = named.length === 0 ? '' : ` An input of ${formatDim(size)} may come from ${named.join(', ')}; outputPadding chooses.`;
  return {
    code: 'param/output-padding',
    param: 'outputPadding',
    message:
      first === undefined
        ? `outputPadding ${axis.outputPadding} fits no size with an even kernel, strides 1 and padding “same”. Leave it out.`
        : `outputPadding ${axis.outputPadding} fits no size that a convolution with strides ${axis.stride} brings back. Use ${range}, or leave it out.${known}`,
  };
}

/** The paddings that give a size which convolves back to the input's. */
function choices({ taps, dilation, stride, padding }: TransposedAxis): readonly number[] {
  const isEven = padding === 'same' && span(taps, dilation) % 2 === 0;
  const [least, most] = isEven ? [1, stride] : [0, stride - 1];
  return Array.from({ length: Math.max(Math.min(most, stride - 1) - least + 1, 0) }, (_, index) => least + index);
}

/** The kernel `…sizes×filters×channels`, as Keras has it. */
export function transposedWeights({ shape }: TensorType, p: TransposedParams, dataFormat: DataFormat): readonly WeightSpec[] {
  const channels = shape[channelAxis(shape.length, dataFormat)] as number;
  const kernel = weight(
    'kernel',
    [...listed(p.kernelSize), p.filters, channels],
    p.kernelInitializer,
    p.kernelRegularizer,
    p.kernelConstraint,
  );
  return p.useBias ? [kernel, biasOf(p.filters, p)] : [kernel];
}

export function transposedMacs({ shape }: TensorType, p: TransposedParams): Dim {
  return multiplyDims(sampleSize(shape), p.filters * listed(p.kernelSize).reduce((product, taps) => product * taps, 1));
}

/** Which elements of its input give something to one of its output. */
export function transposedReach(x: TensorType, p: TransposedParams, dataFormat: DataFormat): LayerReach {
  const axes = transposedAxes(p);
  const sizes = spatialSizes(x, dataFormat).map((size, axis) => transposedSize(size, axes[axis] as TransposedAxis));
  const pads = axes.map((axis, index) => transposedPads(sizes[index] as Dim, axis));
  if (pads.includes(undefined)) return 'unknown';
  return {
    size: axes.map(({ taps, dilation }) => span(taps, dilation)),
    strides: axes.map(() => 1),
    before: axes.map(({ taps, dilation }, index) => span(taps, dilation) - 1 - (pads[index]?.[0] ?? 0)),
    enlarge: axes.map(({ stride }) => stride),
  };
}

export function transposedSummary(p: TransposedParams): string {
  return joinSummary(formatPair(listed(p.kernelSize)), p.filters, formatStrides(listed(p.strides)).replace('/', '×'));
}

/** The gradient of a convolution by its image, of a sequence as an image of width 1. */
export function loweredTransposed(b: Builder, x: Value, weights: Readonly<Record<string, Value>>, p: TransposedParams): Value {
  const axes = transposedAxes(p);
  const sizes = x.type.shape.slice(1, -1).map((size, axis) => transposedSize(size, axes[axis] as TransposedAxis));
  const pads = sizes.map((size, axis) => transposedPads(size, axes[axis] as TransposedAxis));
  if (pads.includes(undefined)) throw new Error('A network is compiled for known sizes.');
  const [kernel, bias] = [weights['kernel'] as Value, weights['bias']];
  const batch = x.type.shape[0] as Dim;
  const strides = axes.map(({ stride }) => stride);
  if (axes.length === 1) {
    const [taps, filters, channels] = kernel.type.shape as [number, number, number];
    const image = b.convInputGrad(asImage(b, x), b.reshape(kernel, [taps, 1, filters, channels]), [batch, sizes[0] as Dim, 1, filters], {
      strides: [strides[0] as number, 1],
      pads: [pads[0] as readonly [number, number], [0, 0]],
      dilation: [axes[0]?.dilation ?? 1, 1],
    });
    return asSequence(b, bias ? b.add(image, bias) : image);
  }
  const y = b.convInputGrad(x, kernel, [batch, ...sizes, p.filters], {
    strides: strides as [number, number],
    pads: pads as unknown as SpatialPads,
    dilation: axes.map(({ dilation }) => dilation) as unknown as [number, number],
  });
  return bias ? b.add(y, bias) : y;
}
