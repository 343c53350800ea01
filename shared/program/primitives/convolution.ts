import { formatDim, type Dim } from '../../graph/dim';
import type { Shape, TensorType } from '../../graph/tensor';
import type { ConvolutionAttributes } from '../builder';
import { convolution, inputGradient } from '../onnx/convolution';
import { filterGradient } from '../onnx/filterGradient';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import type { TensorFlowAttributes, TensorFlowGraph } from '../tensorflow/writer';
import { expectFloat, expectRank, expectShape, knownShape, windowSize } from './_shapes';
import { tensorflowPadding } from './_window';

/** Attributes of the gradient by the image: the image's shape. */
export type ConvInputGradAttributes = ConvolutionAttributes & { readonly inputShape: Shape };
/** Attributes of the gradient by the kernel: the kernel's shape. */
export type ConvFilterGradAttributes = ConvolutionAttributes & { readonly kernelShape: Shape };

function outputShape(x: TensorType, kernel: TensorType, { strides, pads, dilation }: ConvolutionAttributes): Shape {
  expectFloat('conv', x);
  expectFloat('conv', kernel);
  expectRank('conv', x, 4);
  expectRank('conv: kernel', kernel, 4);
  const [batch, height, width, channels] = x.shape as readonly [Dim, Dim, Dim, Dim];
  const [kernelHeight, kernelWidth, input, filters] = knownShape('conv: kernel size', kernel.shape) as [number, number, number, number];
  if (channels !== input) throw new ProgramError(`conv: received ${formatDim(channels)} channels, expected the kernel's ${input}.`);
  return [
    batch,
    windowSize(height, kernelHeight, strides[0], pads[0], dilation[0]),
    windowSize(width, kernelWidth, strides[1], pads[1], dilation[1]),
    filters,
  ];
}

function nodeAttributes(image: Shape, kernel: readonly number[], attributes: ConvolutionAttributes): TensorFlowAttributes {
  const { strides, dilation } = attributes;
  return {
    T: { type: 'float32' },
    strides: [1, ...strides, 1],
    dilations: [1, ...dilation, 1],
    ...tensorflowPadding(image, { size: [kernel[0] as number, kernel[1] as number], ...attributes }),
  };
}

/** Two-dimensional convolution (cross-correlation, as everywhere in this field) of `N×H×W×I` with `H×W×I×O`. */
export const conv = definePrimitive('conv', {
  inputs: ['x', 'kernel'],
  outputs: ['y'],
  infer: ([x, kernel], attributes: ConvolutionAttributes) => [{ dtype: 'float32', shape: outputShape(x, kernel, attributes) }],
  gradient: (b, { inputs: [x, kernel], attributes }, [dy]) => [
    b.convInputGrad(dy, kernel, x.type.shape, attributes),
    b.convFilterGrad(x, dy, kernel.type.shape, attributes),
  ],
  tensorflow: (g, [x, kernel], attributes, { inputs }) =>
    g.op('Conv2D', [x, kernel], nodeAttributes(inputs[0].shape, knownShape('conv', inputs[1].shape), attributes)),
  onnx: (g, [x, kernel], attributes) => convolution(g, x, kernel, attributes),
});

/** Gradient of a convolution by its image. */
export const convInputGrad = definePrimitive('convInputGrad', {
  inputs: ['dy', 'kernel'],
  outputs: ['dx'],
  infer([dy, kernel], attributes: ConvInputGradAttributes) {
    const image: TensorType = { dtype: 'float32', shape: attributes.inputShape };
    expectShape('convInputGrad', dy, outputShape(image, kernel, attributes));
    return [image];
  },
  tensorflow(g, [dy, kernel], attributes, { inputs }) {
    const size = knownShape('convInputGrad', inputs[1].shape);
    const dense = undilated(attributes, size);
    const stuffed = dense.size === size ? kernel : stuffKernel(g, kernel, size, attributes.dilation);
    return g.op(
      'Conv2DBackpropInput',
      [g.shape(attributes.inputShape), stuffed, dy],
      nodeAttributes(attributes.inputShape, dense.size, dense.attributes),
    );
  },
  onnx(g, [dy, kernel], attributes, { inputs }) {
    const [height, width] = knownShape('convInputGrad', inputs[1].shape) as [number, number];
    return inputGradient(g, dy, kernel, [height, width], attributes.inputShape, attributes);
  },
});

/** Gradient of a convolution by its kernel. */
export const convFilterGrad = definePrimitive('convFilterGrad', {
  inputs: ['x', 'dy'],
  outputs: ['dkernel'],
  infer([x, dy], attributes: ConvFilterGradAttributes) {
    const kernel: TensorType = { dtype: 'float32', shape: attributes.kernelShape };
    expectShape('convFilterGrad', dy, outputShape(x, kernel, attributes));
    return [kernel];
  },
  tensorflow(g, [x, dy], attributes, { inputs }) {
    const size = knownShape('convFilterGrad', attributes.kernelShape);
    const dense = undilated(attributes, size);
    const gradient = g.op(
      'Conv2DBackpropFilter',
      [x, g.constant(dense.size, [4], 'int32'), dy],
      nodeAttributes(inputs[0].shape, dense.size, dense.attributes),
    );
    return dense.size === size ? gradient : unstuffKernel(g, gradient, dense.size, attributes.dilation);
  },
  onnx(g, [x, dy], attributes, { inputs }) {
    const kernel = knownShape('convFilterGrad', attributes.kernelShape) as [number, number, number, number];
    return filterGradient(g, x, dy, { image: inputs[0].shape, kernel }, attributes);
  },
});

/**
 * TensorFlow's own CPU kernels have no gradients of dilated convolutions (oneDNN's have, but it is not in every build).
 * A kernel with zeros between its taps, undilated, is the same convolution.
 */
function undilated(
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
function stuffKernel(g: TensorFlowGraph, kernel: string, size: readonly number[], dilation: readonly [number, number]): string {
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
function unstuffKernel(g: TensorFlowGraph, gradient: string, size: readonly number[], dilation: readonly [number, number]): string {
  const ints = (values: readonly number[]) => g.constant(values, [4], 'int32');
  return g.op('StridedSlice', [gradient, ints([0, 0, 0, 0]), ints(size), ints([...dilation, 1, 1])], {
    T: { type: 'float32' },
    Index: { type: 'int32' },
  });
}
