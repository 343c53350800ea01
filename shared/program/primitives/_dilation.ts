import type { ConvolutionAttributes } from '../builder';
import type { TensorFlowGraph } from '../tensorflow/writer';

/**
 * TensorFlow's own CPU kernels have no gradients of dilated convolutions (oneDNN's have, but it is not in every build).
 * A kernel with zeros between its taps, undilated, is the same convolution.
 */
export function undilated(
  attributes: ConvolutionAttributes,
  size: readonly number[],
): { size: readonly number[]; attributes: ConvolutionAttributes } {
  const [height, width] = attributes.dilation;
  if (height === 1 && width === 1) return { size, attributes };
  const [kernelHeight, kernelWidth, ...rest] = size as [number, number, number, number];
  return {
    size: [(kernelHeight - 1) * height + 1, (kernelWidth - 1) * width + 1, ...rest],
    attributes: { ...attributes, dilation: [1, 1] },
  };
}

/** `[h, w, i, o]` → a row and column of zeros after each tap by pad and reshape, then cut to the dilated size. */
export function stuffKernel(g: TensorFlowGraph, kernel: string, size: readonly number[], dilation: readonly [number, number]): string {
  const [h, w, i, o] = size as [number, number, number, number];
  const [dh, dw] = dilation;
  const apart = g.op('Reshape', [kernel, g.constant([h, 1, w, 1, i, o], [6], 'int32')], {
    T: { type: 'float32' },
    Tshape: { type: 'int32' },
  });
  const pads = g.constant([0, 0, 0, dh - 1, 0, 0, 0, dw - 1, 0, 0, 0, 0], [6, 2], 'int32');
  const padded = g.op('Pad', [apart, pads], { T: { type: 'float32' }, Tpaddings: { type: 'int32' } });
  const joined = g.op('Reshape', [padded, g.constant([h * dh, w * dw, i, o], [4], 'int32')], {
    T: { type: 'float32' },
    Tshape: { type: 'int32' },
  });
  const cut = g.constant([(h - 1) * dh + 1, (w - 1) * dw + 1, i, o], [4], 'int32');
  return g.op('Slice', [joined, g.constant([0, 0, 0, 0], [4], 'int32'), cut], { T: { type: 'float32' }, Index: { type: 'int32' } });
}

/** Every `dilation`-th row and column: the gradients of the taps that are not zero by construction. */
export function unstuffKernel(g: TensorFlowGraph, gradient: string, size: readonly number[], dilation: readonly [number, number]): string {
  const ints = (values: readonly number[]) => g.constant(values, [4], 'int32');
  return g.op('StridedSlice', [gradient, ints([0, 0, 0, 0]), ints(size), ints([...dilation, 1, 1])], {
    T: { type: 'float32' },
    Index: { type: 'int32' },
  });
}
