import { isKnown, multiplyDims, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { Window } from '../builder';
import { windowSize } from '../primitives/_shapes';
import { ProgramError } from '../programError';
import { onnxPads, scattered } from './convolution';
import { fromImage, image, IMAGE, integers, permute } from './layout';
import type { OnnxGraph } from './writer';

function poolAttributes({ size, strides, pads }: Window) {
  return { kernel_shape: size, strides, pads: onnxPads(pads) } as const;
}

export function maxPooling(g: OnnxGraph, x: string, window: Window): string {
  return fromImage(g, g.op('MaxPool', [image(g, x)], poolAttributes(window)));
}

/** Divides by the number of elements inside the image. */
export function averagePooling(g: OnnxGraph, x: string, window: Window): string {
  return fromImage(g, g.op('AveragePool', [image(g, x)], { ...poolAttributes(window), count_include_pad: 0 }));
}

/**
 * Gradient of a maximum: each window's to the place where `MaxPool` says that its largest element was – the first of
 * equal ones –, added up where windows share it.
 */
export function maxPoolingGradient(g: OnnxGraph, x: string, dy: string, window: Window, shape: Shape): string {
  const [, places = ''] = g.ops('MaxPool', [image(g, x)], poolAttributes(window), 2);
  const flat = (value: string) => g.op('Reshape', [value, integers(g, [-1])]);
  const count = shape.reduce<Dim>(multiplyDims, 1);
  const nothing = g.op('Expand', [g.constant([0], [1], 'float32'), g.shape([count])]);
  const sums = g.op('ScatterElements', [nothing, flat(places), flat(image(g, dy))], { axis: 0, reduction: 'add' });
  return fromImage(g, g.op('Reshape', [sums, g.shape(permute(shape, IMAGE))]));
}

/** Gradient of an average: each window's in equal parts to its elements inside the image. */
export function averagePoolingGradient(g: OnnxGraph, dy: string, window: Window, inputShape: Shape): string {
  const channels = inputShape[3];
  if (channels === undefined || !isKnown(channels)) throw new ProgramError('avgPoolGrad: the number of channels must be known.');
  const [height, width] = window.size;
  const isPadded = window.pads.flat().some((pad) => pad > 0);
  const shares = isPadded ? g.op('Mul', [image(g, dy), sharesInside(g, inputShape, window)]) : image(g, dy);
  const each = isPadded ? 1 : 1 / (height * width);
  const kernel = g.constant(new Float32Array(channels * height * width).fill(each), [channels, 1, height, width], 'float32');
  return scattered(g, fromImage(g, shares), kernel, window.size, inputShape, { ...window, dilation: [1, 1] }, channels);
}

/** One over the number of each window's elements inside the image: `[1, 1, rows, columns]`. */
function sharesInside(g: OnnxGraph, inputShape: Shape, { size, strides, pads }: Window): string {
  const [rows, columns] = ([0, 1] as const).map((side) => {
    const input = inputShape[side + 1] as Dim;
    const output = windowSize(input, size[side], strides[side], pads[side]);
    if (!isKnown(input) || !isKnown(output)) throw new ProgramError('avgPool: explicit padding needs a known height and width.');
    return Array.from({ length: output }, (_, index) => {
      const start = index * strides[side] - pads[side][0];
      return Math.min(start + size[side], input) - Math.max(start, 0);
    });
  }) as [number[], number[]];
  const data = rows.flatMap((row) => columns.map((column) => 1 / (row * column)));
  return g.constant(data, [1, 1, rows.length, columns.length], 'float32');
}
