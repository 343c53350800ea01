import { isKnown, multiplyDims, type Dim } from '../../graph/dim';
import type { Builder, SpatialPads, Value } from '../../program/builder';
import type { Pair } from '../_params';
import { asImage, asSequence } from '../_sequence';
import { insidePads, type SlidingWindow } from '../_window';

type Ends = readonly [number, number];
type Weights = Readonly<Record<string, Value>>;

/** A convolution over one, two or three axes, in groups of channels; the kernel is `…sizes×(I / groups)×O`. */
export function loweredConvolution(b: Builder, x: Value, { kernel, bias }: Weights, window: SlidingWindow, groups: number): Value {
  const pads = insidePads(x.type.shape, window);
  const y = grouped(b, x, kernel as Value, groups, window, (part, taps) => convolved(b, part, taps, window, pads));
  return bias ? b.add(y, bias) : y;
}

function grouped(
  b: Builder,
  x: Value,
  kernel: Value,
  groups: number,
  window: SlidingWindow,
  convolve: (x: Value, kernel: Value) => Value,
): Value {
  if (groups === 1) return convolve(x, kernel);
  const isDepthwise = groups === x.type.shape.at(-1) && window.size.length === 2 && window.strides[0] === window.strides[1];
  if (isDepthwise) return depthwise(b, x, byChannel(b, kernel, groups), window);
  const parts = Array.from({ length: groups }, (_, group) => convolve(part(b, x, group, groups), part(b, kernel, group, groups)));
  return b.concat(parts, x.type.shape.length - 1);
}

/** `H×W×1×(I·M)` → `H×W×I×M`: filter i·M + m looks at channel i alone. */
function byChannel(b: Builder, kernel: Value, channels: number): Value {
  const [height, width, , filters] = kernel.type.shape as [number, number, number, number];
  return b.reshape(kernel, [height, width, channels, filters / channels]);
}

/** Each channel with its own kernels, `H×W×I×M`. */
export function depthwise(b: Builder, x: Value, kernel: Value, window: SlidingWindow): Value {
  return b.depthwiseConv(x, kernel, {
    strides: window.strides as Pair,
    pads: insidePads(x.type.shape, window) as SpatialPads,
    dilation: window.dilation as Pair,
  });
}

/** One of equal parts along the last axis. */
function part(b: Builder, value: Value, index: number, count: number): Value {
  const shape = value.type.shape;
  const size = (shape.at(-1) as number) / count;
  const last = shape.length - 1;
  return b.slice(
    value,
    shape.map((_, axis) => (axis === last ? index * size : 0)),
    shape.with(last, size),
  );
}

function convolved(b: Builder, x: Value, kernel: Value, window: SlidingWindow, pads: readonly Ends[]): Value {
  const { strides, dilation } = window;
  if (window.size.length === 2)
    return b.conv(x, kernel, { strides: strides as Pair, pads: pads as SpatialPads, dilation: dilation as Pair });
  if (window.size.length === 3) return convolvedVolume(b, x, kernel, window, pads);
  const [taps, channels, filters] = kernel.type.shape as [number, number, number];
  const image = b.conv(asImage(b, x), b.reshape(kernel, [taps, 1, channels, filters]), {
    strides: [strides[0] as number, 1],
    pads: [pads[0] as Ends, [0, 0]],
    dilation: [dilation[0] as number, 1],
  });
  return asSequence(b, image);
}

/**
 * The slices that the kernel sees at one depth become channels of one image: a convolution of a volume is one of images,
 * which every engine has, dilated too, and with gradients.
 */
function convolvedVolume(b: Builder, x: Value, kernel: Value, { strides, dilation }: SlidingWindow, pads: readonly Ends[]): Value {
  const [taps, height, width, channels, filters] = kernel.type.shape as [number, number, number, number, number];
  const [batch] = x.type.shape as [Dim];
  const seen = slicesSeen(b, x, taps, { stride: strides[0] as number, dilation: dilation[0] as number, pads: pads[0] as Ends });
  const [, depth, rows, columns] = seen.type.shape as [Dim, Dim, Dim, Dim];
  const images = b.reshape(seen, [multiplyDims(batch, depth), rows, columns, taps * channels]);
  const flat = b.reshape(b.transpose(kernel, [1, 2, 0, 3, 4]), [height, width, taps * channels, filters]);
  const y = b.conv(images, flat, {
    strides: [strides[1] as number, strides[2] as number],
    pads: [pads[1] as Ends, pads[2] as Ends],
    dilation: [dilation[1] as number, dilation[2] as number],
  });
  const [, newRows, newColumns] = y.type.shape as [Dim, Dim, Dim];
  return b.reshape(y, [batch, depth, newRows, newColumns, filters]);
}

interface DepthWindow {
  readonly stride: number;
  readonly dilation: number;
  readonly pads: Ends;
}

/** For each depth of the result the slices under the taps, one after another along the channels. */
function slicesSeen(b: Builder, x: Value, taps: number, { stride, dilation, pads: [before, after] }: DepthWindow): Value {
  const [batch, slices, rows, columns, channels] = x.type.shape as [Dim, Dim, Dim, Dim, Dim];
  if (!isKnown(slices)) throw new Error('A network is compiled for known sizes.');
  const reach = (taps - 1) * dilation + 1;
  const depth = Math.floor((slices + before + after - reach) / stride) + 1;
  // Room for whole steps after the last tap, which are cut off again.
  const room = Math.max(reach - 1 + depth * stride - slices - before, 0);
  const roomy = before + room === 0 ? x : b.pad(x, [[0, 0], [before, room], [0, 0], [0, 0], [0, 0]]); // prettier-ignore
  const under = Array.from({ length: taps }, (_, tap) => {
    const from = b.slice(roomy, [0, tap * dilation, 0, 0, 0], [batch, depth * stride, rows, columns, channels]);
    if (stride === 1) return from;
    const steps = b.reshape(from, [multiplyDims(batch, depth), stride, rows, columns, channels]);
    const first = b.slice(steps, [0, 0, 0, 0, 0], [multiplyDims(batch, depth), 1, rows, columns, channels]);
    return b.reshape(first, [batch, depth, rows, columns, channels]);
  });
  return taps === 1 ? (under[0] as Value) : b.concat(under, 4);
}
