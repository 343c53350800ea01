import { addDims, floorDivide, formatDim, isKnown, subtractDims, type Dim } from '../graph/dim';
import type { LayerProblem } from '../graph/problem';
import { channelAxis, imageAxes, placeAxes, type DataFormat, type Shape, type TensorType } from '../graph/tensor';
import type { Padding } from './_params';
import type { LayerReach } from './define';

/** A window sliding over any number of axes, before its padding is settled. */
export interface SlidingWindow {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding | 'causal';
  readonly dilation: readonly number[];
  /** PyTorch's `ceil_mode`: a last window that begins inside also counts where it ends outside. */
  readonly ceilMode?: boolean;
}

/** One axis of a window: how far it spans with its holes, and its step. */
interface AxisWindow {
  readonly span: number;
  readonly stride: number;
  readonly padding: Padding | 'causal';
  readonly ceilMode: boolean;
}

/** Elements that a window of `size` with holes of `dilation` spans. */
export function span(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

function axisOf(window: SlidingWindow, axis: number): AxisWindow {
  return {
    span: span(window.size[axis] as number, window.dilation[axis] as number),
    stride: window.strides[axis] as number,
    padding: window.padding,
    ceilMode: window.ceilMode ?? false,
  };
}

/**
 * Positions of a window along one axis.
 *
 * `valid`: ⌊(n − k)/s⌋ + 1. `same`, `consistent` and `causal`: ⌊(n − 1)/s⌋ + 1 = ⌈n/s⌉ – the same size, other pixels.
 */
export function windowOutput(size: Dim, window: number, stride: number, padding: SlidingWindow['padding']): Dim {
  return positions(size, { span: window, stride, padding, ceilMode: false });
}

function positions(size: Dim, { span: reach, stride, padding, ceilMode }: AxisWindow): Dim {
  if (ceilMode && padding !== 'same') {
    // ⌈(n + pads − k)/s⌉ + 1, less a last window that would begin after the end.
    const [before, after] = windowPads(0, reach, stride, padding);
    return addDims(floorDivide(addDims(size, Math.min(before + after - reach + stride, before) - 1), stride), 1);
  }
  return addDims(floorDivide(subtractDims(size, padding === 'valid' ? reach : 1), stride), 1);
}

/**
 * Zeros before and after along one axis, for a known size.
 *
 * `same` (TensorFlow): as many as the last window needs, the odd one after. `consistent` (He et al.'s reference model):
 * k − 1 in all, ⌊(k − 1)/2⌋ before, whatever the size of the image. `causal`: all before.
 */
export function windowPads(size: number, window: number, stride: number, padding: SlidingWindow['padding']): readonly [number, number] {
  if (padding === 'valid') return [0, 0];
  if (padding === 'causal') return [window - 1, 0];
  const total = padding === 'consistent' ? window - 1 : Math.max((Math.ceil(size / stride) - 1) * stride + window - size, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** Padding along each axis; undefined where it depends on a size that is not known. */
export function slidingPads(sizes: Shape, window: SlidingWindow): readonly (readonly [number, number])[] | undefined {
  const pads = window.size.map((_, axis) => axisPads(sizes[axis] as Dim, axisOf(window, axis)));
  return pads.includes(undefined) ? undefined : (pads as readonly (readonly [number, number])[]);
}

function axisPads(size: Dim, window: AxisWindow): readonly [number, number] | undefined {
  const { span: reach, stride, padding, ceilMode } = window;
  // Only TensorFlow's padding of a strided window, and windows that go beyond the end, depend on the size.
  const depends = (padding === 'same' && stride > 1) || (ceilMode && padding !== 'same');
  if (!depends) return windowPads(reach, reach, stride, padding);
  if (!isKnown(size)) return undefined;
  const [before, after] = windowPads(size, reach, stride, padding);
  if (!ceilMode) return [before, after];
  const last = ((positions(size, window) as number) - 1) * stride;
  return [before, Math.max(last + reach - size - before, after)];
}

/** What one position after the window saw. */
export function windowReach(x: TensorType, window: SlidingWindow, dataFormat: DataFormat): LayerReach {
  const sizes = spatialSizes(x, dataFormat);
  const known = slidingPads(sizes, window);
  const pads =
    known ??
    slidingPads(
      sizes.map((size, axis) => (isKnown(size) ? size : dividedSize(axisOf(window, axis)))),
      window,
    ) ??
    [];
  return {
    floats: known === undefined,
    size: window.size.map((size, axis) => span(size, window.dilation[axis] as number)),
    strides: window.strides,
    before: pads.map(([before]) => before),
  };
}

/** A size that the strides divide and the window fits into. */
function dividedSize({ span: reach, stride }: AxisWindow): number {
  return stride * reach;
}

/** Each position sees one that lies so much before it: elements that are put in front, or – negative – cut off. */
export function shiftedReach(before: readonly number[]): LayerReach {
  return { size: before.map(() => 1), strides: before.map(() => 1), before };
}

/** Padding of a window over a channels-last value, whose sizes must be known where the padding depends on them. */
export function insidePads(shape: Shape, window: SlidingWindow): readonly (readonly [number, number])[] {
  const pads = slidingPads(shape.slice(1, -1), window);
  if (!pads) throw new Error('A network is compiled for known image sizes.');
  return pads;
}

/** The sizes along the axes between batch and channels. */
export function spatialSizes({ shape }: TensorType, dataFormat: DataFormat): readonly Dim[] {
  return placeAxes(shape.length, dataFormat).map((axis) => shape[axis] as Dim);
}

/** The shape with other sizes along those axes and – where given – other channels. */
export function spatialShape({ shape }: TensorType, dataFormat: DataFormat, sizes: readonly Dim[], channels?: Dim): Shape {
  const axes = placeAxes(shape.length, dataFormat);
  const own = channelAxis(shape.length, dataFormat);
  return shape.map((dim, axis) => {
    if (axis === own) return channels ?? dim;
    return axis === 0 ? dim : (sizes[axes.indexOf(axis)] as Dim);
  });
}

/** Sizes after the window, or why it does not fit. */
export function slide(what: string, sizes: readonly Dim[], window: SlidingWindow): readonly Dim[] | LayerProblem {
  const axes = sizes.map((_, axis) => axisOf(window, axis));
  if (window.padding === 'valid' && axes.some((axis, index) => tooSmall(sizes[index] as Dim, axis))) {
    return kernelLargerThanInput(what, sizes, axes);
  }
  return axes.map((axis, index) => positions(sizes[index] as Dim, axis));
}

function tooSmall(size: Dim, axis: AxisWindow): boolean {
  return isKnown(size) && size < leastFor(axis);
}

/** The smallest input that one position of a `valid` window fits: with `ceilMode` it may end outside, as PyTorch has it. */
function leastFor({ span: reach, stride, ceilMode }: AxisWindow): number {
  return ceilMode ? Math.max(1, reach - stride + 1) : reach;
}

function kernelLargerThanInput(what: string, sizes: readonly Dim[], axes: readonly AxisWindow[]): LayerProblem {
  const least = Math.min(...sizes.map((size) => (isKnown(size) ? size : Infinity)));
  const other = sizes.length === 1 ? 'same' : 'consistent';
  return {
    code: 'shape/kernel-larger-than-input',
    param: what === 'pool' ? 'poolSize' : 'kernelSize',
    message:
      `${what} ${axes.map((axis) => axis.span).join('×')} does not fit its input of ${sizes.map(formatDim).join('×')} with padding "valid". ` +
      `Expected an input of at least ${axes.map(leastFor).join('×')}. Use padding "${other}", or a ${what} of ${least} or less.`,
  };
}

const KINDS = {
  1: 'sequences (steps and channels)',
  2: 'images (height, width and channels)',
  3: 'volumes (depth, height, width and channels)',
} as const;

/** A value with one, two or three axes between batch and channels, or the problem that it is none. */
export function expectAxes(x: TensorType, count: number): LayerProblem | undefined {
  const received = x.shape.length - 1;
  if (received === count + 1) return undefined;
  return {
    code: 'shape/rank',
    port: 'x',
    message: `expects ${KINDS[count as keyof typeof KINDS]}, received ${received} ${received === 1 ? 'axis' : 'axes'} per sample.${count === 1 ? ' Put a reshape before it.' : ''}`,
  };
}

/** An image of rank 4, or the problem that it is none. */
export function expectImage(x: TensorType): LayerProblem | undefined {
  return expectAxes(x, 2);
}

export function isProblem(value: object): value is LayerProblem {
  return 'code' in value && 'message' in value;
}

/** An image's shape with new height, width and – where given – channels. */
export function imageShape(x: TensorType, dataFormat: DataFormat, size: { height: Dim; width: Dim; channels?: Dim }): Shape {
  const axes = imageAxes(dataFormat);
  return x.shape.map((dim, axis) => {
    if (axis === axes.height) return size.height;
    if (axis === axes.width) return size.width;
    return axis === axes.channels && size.channels !== undefined ? size.channels : dim;
  });
}

/** Channels of an image as a number; kernels have no symbolic sizes. */
export function knownChannels(x: TensorType, axis: number): number | LayerProblem {
  const channels = x.shape[axis];
  if (typeof channels === 'number') return channels;
  return {
    code: 'shape/unknown-channels',
    port: 'x',
    message: 'expects a known number of channels. Give the input a number for its channels.',
  };
}
