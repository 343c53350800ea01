import { formatDim, type Dim } from '../../graph/dim';
import type { Shape, TensorType } from '../../graph/tensor';
import type { ConvolutionAttributes } from '../builder';
import { convolution, inputGradient } from '../onnx/convolution';
import { filterGradient } from '../onnx/filterGradient';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import type { TensorFlowAttributes, TensorFlowGraph } from '../tensorflow/writer';
import { expectFloat, expectRank, expectShape, knownShape, windowSize } from './_shapes';
import { stuffKernel, undilated, unstuffKernel } from './_dilation';
import { isUnpadded, tensorflowPadding } from './_window';

/** Attributes of the gradient by the image: the image's shape. */
export type ConvInputGradAttributes = ConvolutionAttributes & { readonly inputShape: Shape };
/** Attributes of the gradient by the kernel: the kernel's shape. */
export type ConvFilterGradAttributes = ConvolutionAttributes & { readonly kernelShape: Shape };

/** `H×W×I×O`. */
function kernelSizes(name: string, shape: Shape): [number, number, number, number] {
  return knownShape(name, shape) as [number, number, number, number];
}

function outputShape(x: TensorType, kernel: TensorType, { strides, pads, dilation }: ConvolutionAttributes): Shape {
  expectFloat('conv', x);
  expectFloat('conv', kernel);
  expectRank('conv', x, 4);
  expectRank('conv: kernel', kernel, 4);
  const [batch, height, width, channels] = x.shape as readonly [Dim, Dim, Dim, Dim];
  const [kernelHeight, kernelWidth, input, filters] = kernelSizes('conv: kernel size', kernel.shape);
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
  onnx: (g, [x, kernel], attributes, { inputs: [, { shape }] }) => convolution(g, x, kernel, kernelSizes('conv', shape), attributes),
});

/** Gradient of a convolution by its image, which is also the transposed convolution. */
export const convInputGrad = definePrimitive('convInputGrad', {
  inputs: ['dy', 'kernel'],
  outputs: ['dx'],
  infer([dy, kernel], attributes: ConvInputGradAttributes) {
    const image: TensorType = { dtype: 'float32', shape: attributes.inputShape };
    expectShape('convInputGrad', dy, outputShape(image, kernel, attributes));
    return [image];
  },
  // It is linear in both: a transposed convolution. Its own gradients are a convolution's.
  gradient(b, { inputs: [dy, kernel], attributes: { inputShape: _, ...window } }, [ddx]) {
    return [b.conv(ddx, kernel, window), b.convFilterGrad(ddx, dy, kernel.type.shape, window)];
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
    return inputGradient(g, dy, kernel, kernelSizes('convInputGrad', inputs[1].shape), attributes.inputShape, attributes);
  },
});

/** Channels in a vector of AVX2. */
const VECTOR = 8;

/**
 * Whether a kernel of one pixel leaves pixels out in an image of few channels. TensorFlow's oneDNN (3.2.1) takes other pixels for them on
 * processors with AVX2 and no more, and the kernel's gradient is wrong.
 */
function isStridedPoint([height, width, channels]: readonly number[], { strides, pads }: ConvolutionAttributes): boolean {
  const isPoint = height === 1 && width === 1 && isUnpadded(pads);
  return isPoint && (channels as number) < VECTOR && strides.some((stride) => stride > 1);
}

/** The pixels of `N×H×W×I` that a kernel of one pixel sees. */
function seenPixels(g: TensorFlowGraph, x: string, { strides }: ConvolutionAttributes): string {
  const ints = (values: readonly number[]) => g.constant(values, [4], 'int32');
  return g.op('StridedSlice', [x, ints([0, 0, 0, 0]), ints([0, 0, 0, 0]), ints([1, ...strides, 1])], {
    T: { type: 'float32' },
    Index: { type: 'int32' },
    begin_mask: 0b1111,
    end_mask: 0b1111,
  });
}

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
    const kernelSize = g.constant(dense.size, [4], 'int32');
    if (isStridedPoint(size, attributes)) {
      const strides: ConvolutionAttributes['strides'] = [1, 1];
      return g.op(
        'Conv2DBackpropFilter',
        [seenPixels(g, x, attributes), kernelSize, dy],
        nodeAttributes([], size, { ...attributes, strides }),
      );
    }
    const gradient = g.op('Conv2DBackpropFilter', [x, kernelSize, dy], nodeAttributes(inputs[0].shape, dense.size, dense.attributes));
    return dense.size === size ? gradient : unstuffKernel(g, gradient, dense.size, attributes.dilation);
  },
  onnx(g, [x, dy], attributes, { inputs }) {
    const kernel = knownShape('convFilterGrad', attributes.kernelShape) as [number, number, number, number];
    return filterGradient(g, x, dy, { image: inputs[0].shape, kernel }, attributes);
  },
});
