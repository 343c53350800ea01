import { isKnown, type Dim } from '../../graph/dim';
import type { Shape, TensorType } from '../../graph/tensor';
import type { SpatialPads, Window } from '../builder';
import { averagePooling, averagePoolingGradient, maxPooling, maxPoolingGradient } from '../onnx/pooling';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import type { TensorFlowGraph } from '../tensorflow/writer';
import { expectFloat, expectRank, expectShape, windowSize } from './_shapes';
import { isSame, isUnpadded, tensorflowPadding } from './_window';

function pooled(name: string, x: TensorType, { size, strides, pads }: Window): TensorType {
  expectFloat(name, x);
  expectRank(name, x, 4);
  if (pads.some(([before, after], side) => Math.max(before, after) >= (size[side] as number))) {
    throw new ProgramError(`${name}: padding ${pads.join(' | ')} leaves windows of ${size.join('×')} outside the image.`);
  }
  const [batch, height, width, channels] = x.shape as readonly [Dim, Dim, Dim, Dim];
  const rows = windowSize(height, size[0], strides[0], pads[0]);
  const columns = windowSize(width, size[1], strides[1], pads[1]);
  return { dtype: 'float32', shape: [batch, rows, columns, channels] };
}

function nodeAttributes(image: Shape, window: Window) {
  return {
    T: { type: 'float32' },
    ksize: [1, ...window.size, 1],
    strides: [1, ...window.strides, 1],
    ...tensorflowPadding(image, window),
  } as const;
}

/** The largest element of each window; padding never wins. */
export const maxPool = definePrimitive('maxPool', {
  inputs: ['x'],
  outputs: ['y'],
  infer: ([x], window: Window) => [pooled('maxPool', x, window)],
  gradient: (b, { inputs: [x], outputs: [y], attributes }, [dy]) => [b.maxPoolGrad(x, y, dy, attributes)],
  tensorflow: (g, [x], window, { inputs: [type] }) => g.op('MaxPool', [x], nodeAttributes(type.shape, window)),
  onnx: (g, [x], window) => maxPooling(g, x, window),
});

/** Gives each window's gradient to its largest element, the first of equal ones. */
export const maxPoolGrad = definePrimitive('maxPoolGrad', {
  inputs: ['x', 'y', 'dy'],
  outputs: ['dx'],
  infer([x, y, dy], window: Window) {
    expectShape('maxPoolGrad', dy, pooled('maxPoolGrad', x, window).shape);
    expectShape('maxPoolGrad', y, dy.shape);
    return [x];
  },
  tensorflow: (g, [x, y, dy], window, { inputs: [type] }) => g.op('MaxPoolGrad', [x, y, dy], nodeAttributes(type.shape, window)),
  onnx: (g, [x, , dy], window, { inputs: [type] }) => maxPoolingGradient(g, x, dy, window, type.shape),
});

/** The mean of each window's elements inside the image. */
export const avgPool = definePrimitive('avgPool', {
  inputs: ['x'],
  outputs: ['y'],
  infer: ([x], window: Window) => [pooled('avgPool', x, window)],
  gradient: (b, { inputs: [x], attributes }, [dy]) => [b.avgPoolGrad(dy, x.type.shape, attributes)],
  tensorflow(g, [x], window, { inputs: [type], outputs: [result] }) {
    if (isNative(type.shape, window)) return g.op('AvgPool', [x], nodeAttributes(type.shape, window));
    const padded = g.op('Pad', [x, padsOf(g, window.pads)], { T: { type: 'float32' }, Tpaddings: { type: 'int32' } });
    const mean = g.op('AvgPool', [padded], nodeAttributes(type.shape, unpadded(window)));
    return g.op('Mul', [mean, fullOverInside(g, type.shape, result.shape, window)], { T: { type: 'float32' } });
  },
  onnx: (g, [x], window) => averagePooling(g, x, window),
});

/** Gives each window's gradient in equal parts to its elements inside the image. */
export const avgPoolGrad = definePrimitive('avgPoolGrad', {
  inputs: ['dy'],
  outputs: ['dx'],
  infer([dy], { inputShape, ...window }: Window & { readonly inputShape: Shape }) {
    const image: TensorType = { dtype: 'float32', shape: inputShape };
    expectShape('avgPoolGrad', dy, pooled('avgPoolGrad', image, window).shape);
    return [image];
  },
  tensorflow(g, [dy], { inputShape, ...window }, { inputs: [type] }) {
    if (isNative(inputShape, window)) return g.op('AvgPoolGrad', [g.shape(inputShape), dy], nodeAttributes(inputShape, window));
    const scaled = g.op('Mul', [dy, fullOverInside(g, inputShape, type.shape, window)], { T: { type: 'float32' } });
    const [batch, height, width, channels] = inputShape as readonly [Dim, number, number, Dim];
    const [[top, bottom], [left, right]] = window.pads;
    const around = g.shape([batch, height + top + bottom, width + left + right, channels]);
    const whole = g.op('AvgPoolGrad', [around, scaled], nodeAttributes(inputShape, unpadded(window)));
    const begin = g.constant([0, top, left, 0], [4], 'int32');
    return g.op('Slice', [whole, begin, g.shape(inputShape)], { T: { type: 'float32' }, Index: { type: 'int32' } });
  },
  onnx: (g, [dy], { inputShape, ...window }) => averagePoolingGradient(g, dy, window, inputShape),
});

/** TensorFlow's average pooling has no explicit padding: only what it calls SAME and VALID. */
function isNative(image: Shape, window: Window): boolean {
  return isUnpadded(window.pads) || isSame(image, window);
}

function unpadded(window: Window): Window {
  return {
    ...window,
    pads: [
      [0, 0],
      [0, 0],
    ],
  };
}

function padsOf(g: TensorFlowGraph, [rows, columns]: SpatialPads): string {
  return g.constant([0, 0, ...rows, ...columns, 0, 0], [4, 2], 'int32');
}

/** Window size over the number of its elements inside the image, for each window: `[1, rows, columns, 1]`. */
function fullOverInside(g: TensorFlowGraph, image: Shape, result: Shape, { size, strides, pads }: Window): string {
  const counts = ([0, 1] as const).map((side) => {
    const input = image[side + 1] as Dim;
    const output = result[side + 1] as Dim;
    if (!isKnown(input) || !isKnown(output)) throw new ProgramError('avgPool: explicit padding needs a known height and width.');
    return Array.from({ length: output }, (_, index) => {
      const start = index * strides[side] - pads[side][0];
      return Math.min(start + size[side], input) - Math.max(start, 0);
    });
  }) as [number[], number[]];
  const [rows, columns] = counts;
  const data = rows.flatMap((row) => columns.map((column) => (size[0] * size[1]) / (row * column)));
  return g.constant(data, [1, rows.length, columns.length, 1], 'float32');
}
