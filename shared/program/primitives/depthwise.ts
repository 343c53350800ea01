import { formatDim, type Dim } from '../../graph/dim';
import type { Shape, TensorType } from '../../graph/tensor';
import type { ConvolutionAttributes } from '../builder';
import { depthwiseConvolution, depthwiseFilterGradient, depthwiseInputGradient } from '../onnx/depthwise';
import { definePrimitive } from '../primitive';
import { ProgramError } from '../programError';
import type { TensorFlowAttributes } from '../tensorflow/writer';
import { stuffKernel, undilated, unstuffKernel } from './_dilation';
import { expectFloat, expectRank, expectShape, knownShape, windowSize } from './_shapes';
import { tensorflowPadding } from './_window';
import type { ConvFilterGradAttributes, ConvInputGradAttributes } from './convolution';

function outputShape(x: TensorType, kernel: TensorType, { strides, pads, dilation }: ConvolutionAttributes): Shape {
  expectFloat('depthwiseConv', x);
  expectFloat('depthwiseConv', kernel);
  expectRank('depthwiseConv', x, 4);
  expectRank('depthwiseConv: kernel', kernel, 4);
  if (strides[0] !== strides[1]) throw new ProgramError(`depthwiseConv: received strides ${strides.join('×')}, expected equal ones.`);
  const [batch, height, width, channels] = x.shape as readonly [Dim, Dim, Dim, Dim];
  const [rows, columns, input, multiplier] = knownShape('depthwiseConv: kernel size', kernel.shape) as [number, number, number, number];
  if (channels !== input)
    throw new ProgramError(`depthwiseConv: received ${formatDim(channels)} channels, expected the kernel's ${input}.`);
  return [
    batch,
    windowSize(height, rows, strides[0], pads[0], dilation[0]),
    windowSize(width, columns, strides[1], pads[1], dilation[1]),
    input * multiplier,
  ];
}

function nodeAttributes(image: Shape, kernel: readonly number[], attributes: ConvolutionAttributes): TensorFlowAttributes {
  return {
    T: { type: 'float32' },
    strides: [1, ...attributes.strides, 1],
    ...tensorflowPadding(image, { size: [kernel[0] as number, kernel[1] as number], ...attributes }),
  };
}

type Size = [number, number, number, number];

/**
 * Each channel of `N×H×W×I` with kernels of its own, `H×W×I×M`: channel i·M + m of the result is channel i with its m-th
 * kernel. TensorFlow's kernels take equal strides only, and no dilation: there the kernel gets its holes as zeros.
 */
export const depthwiseConv = definePrimitive('depthwiseConv', {
  inputs: ['x', 'kernel'],
  outputs: ['y'],
  infer: ([x, kernel], attributes: ConvolutionAttributes) => [{ dtype: 'float32', shape: outputShape(x, kernel, attributes) }],
  gradient: (b, { inputs: [x, kernel], attributes }, [dy]) => [
    b.depthwiseConvInputGrad(dy, kernel, x.type.shape, attributes),
    b.depthwiseConvFilterGrad(x, dy, kernel.type.shape, attributes),
  ],
  tensorflow(g, [x, kernel], attributes, { inputs }) {
    const size = knownShape('depthwiseConv', inputs[1].shape);
    const dense = undilated(attributes, size);
    const taps = dense.size === size ? kernel : stuffKernel(g, kernel, size, attributes.dilation);
    const named = nodeAttributes(inputs[0].shape, dense.size, dense.attributes);
    const y = g.op('DepthwiseConv2dNative', [x, taps], named);
    // TensorFlow's optimiser (remapper.cc) joins it with a bias behind it, forgets the padding, and the process ends. A snapshot,
    // which copies nothing, keeps them apart.
    return named['padding'] === 'EXPLICIT' ? g.op('Snapshot', [y], { T: { type: 'float32' } }) : y;
  },
  onnx: (g, [x, kernel], attributes, { inputs }) =>
    depthwiseConvolution(g, x, kernel, knownShape('depthwiseConv', inputs[1].shape) as Size, attributes),
});

/** Gradient of a depthwise convolution by its image. */
export const depthwiseConvInputGrad = definePrimitive('depthwiseConvInputGrad', {
  inputs: ['dy', 'kernel'],
  outputs: ['dx'],
  infer([dy, kernel], attributes: ConvInputGradAttributes) {
    const image: TensorType = { dtype: 'float32', shape: attributes.inputShape };
    expectShape('depthwiseConvInputGrad', dy, outputShape(image, kernel, attributes));
    return [image];
  },
  tensorflow(g, [dy, kernel], attributes, { inputs }) {
    const size = knownShape('depthwiseConvInputGrad', inputs[1].shape);
    const dense = undilated(attributes, size);
    const taps = dense.size === size ? kernel : stuffKernel(g, kernel, size, attributes.dilation);
    return g.op(
      'DepthwiseConv2dNativeBackpropInput',
      [g.shape(attributes.inputShape), taps, dy],
      nodeAttributes(attributes.inputShape, dense.size, dense.attributes),
    );
  },
  onnx: (g, [dy, kernel], attributes, { inputs }) =>
    depthwiseInputGradient(g, dy, kernel, knownShape('depthwiseConvInputGrad', inputs[1].shape) as Size, attributes),
});

/** Gradient of a depthwise convolution by its kernel. */
export const depthwiseConvFilterGrad = definePrimitive('depthwiseConvFilterGrad', {
  inputs: ['x', 'dy'],
  outputs: ['dkernel'],
  infer([x, dy], attributes: ConvFilterGradAttributes) {
    const kernel: TensorType = { dtype: 'float32', shape: attributes.kernelShape };
    expectShape('depthwiseConvFilterGrad', dy, outputShape(x, kernel, attributes));
    return [kernel];
  },
  tensorflow(g, [x, dy], attributes, { inputs }) {
    const size = knownShape('depthwiseConvFilterGrad', attributes.kernelShape);
    const dense = undilated(attributes, size);
    const gradient = g.op(
      'DepthwiseConv2dNativeBackpropFilter',
      [x, g.constant(dense.size, [4], 'int32'), dy],
      nodeAttributes(inputs[0].shape, dense.size, dense.attributes),
    );
    return dense.size === size ? gradient : unstuffKernel(g, gradient, dense.size, attributes.dilation);
  },
  onnx: (g, [x, dy], attributes, { inputs }) => depthwiseFilterGradient(g, x, dy, inputs[0].shape, attributes),
});
