import { addDims, floorDivide, formatDim, isKnown, subtractDims, type Dim } from '../graph/dim';
import type { LayerProblem } from '../graph/problem';
import { imageAxes, type DataFormat, type Shape, type TensorType } from '../graph/tensor';
import type { SpatialPads } from '../program/builder';
import { formatPair, type Padding, type Pair } from './_params';

/** A window sliding over an image, before its padding is settled. */
export interface WindowParams {
  readonly size: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly dilation: Pair;
}

/** Elements that a window of `size` with holes of `dilation` spans. */
export function span(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

/**
 * Positions of a window along one axis.
 *
 * `valid`: ⌊(n − k)/s⌋ + 1. `same` and `consistent`: ⌊(n − 1)/s⌋ + 1 = ⌈n/s⌉ – the same size, other pixels.
 */
export function windowOutput(size: Dim, window: number, stride: number, padding: Padding): Dim {
  const last = padding === 'valid' ? subtractDims(size, window) : subtractDims(size, 1);
  return addDims(floorDivide(last, stride), 1);
}

/**
 * Zeros before and after along one axis, for a known size.
 *
 * `same` (TensorFlow): as many as the last window needs, the odd one after. `consistent` (He et al.'s reference model):
 * k − 1 in all, ⌊(k − 1)/2⌋ before, whatever the size of the image.
 */
export function windowPads(size: number, window: number, stride: number, padding: Padding): readonly [number, number] {
  if (padding === 'valid') return [0, 0];
  const total = padding === 'consistent' ? window - 1 : Math.max((Math.ceil(size / stride) - 1) * stride + window - size, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** Padding of a window over a channels-last image, whose size must be known where the padding depends on it. */
export function imagePads(shape: Shape, window: WindowParams): SpatialPads {
  const along = (axis: 0 | 1) => {
    // Only TensorFlow's padding of a strided window depends on the image's size.
    const size = window.padding === 'same' && window.strides[axis] > 1 ? knownSize(shape[axis + 1]) : window.size[axis];
    return windowPads(size, span(window.size[axis], window.dilation[axis]), window.strides[axis], window.padding);
  };
  return [along(0), along(1)];
}

function knownSize(dim: Dim | undefined): number {
  if (dim === undefined || !isKnown(dim)) throw new Error('A network is compiled for known image sizes.');
  return dim;
}

/** Height and width after the window, or why it does not fit. */
export function slideWindow(
  what: string,
  x: TensorType,
  window: WindowParams,
  dataFormat: DataFormat,
): { height: Dim; width: Dim } | LayerProblem {
  const axes = imageAxes(dataFormat);
  const height = x.shape[axes.height] as Dim;
  const width = x.shape[axes.width] as Dim;
  const spans: Pair = [span(window.size[0], window.dilation[0]), span(window.size[1], window.dilation[1])];
  if (window.padding === 'valid' && (tooSmall(height, spans[0]) || tooSmall(width, spans[1]))) {
    return kernelLargerThanInput(what, height, width, spans);
  }
  return {
    height: windowOutput(height, spans[0], window.strides[0], window.padding),
    width: windowOutput(width, spans[1], window.strides[1], window.padding),
  };
}

function tooSmall(size: Dim, window: number): boolean {
  return isKnown(size) && size < window;
}

function kernelLargerThanInput(what: string, height: Dim, width: Dim, spans: Pair): LayerProblem {
  const least = Math.min(isKnown(height) ? height : Infinity, isKnown(width) ? width : Infinity);
  return {
    code: 'shape/kernel-larger-than-input',
    param: what === 'pool' ? 'poolSize' : 'kernelSize',
    message:
      `${what} ${formatPair(spans)} does not fit its input of ${formatDim(height)}×${formatDim(width)} with padding "valid". ` +
      `Expected an input of at least ${formatPair(spans)}. Use padding "consistent", or a ${what} of ${least} or less.`,
  };
}

/** An image of rank 4, or the problem that it is none. */
export function expectImage(x: TensorType): LayerProblem | undefined {
  if (x.shape.length === 4) return undefined;
  return {
    code: 'shape/rank',
    port: 'x',
    message: `expects images (height, width and channels), received ${x.shape.length - 1} ${x.shape.length === 2 ? 'axis' : 'axes'} per sample.`,
  };
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
