import type { Shape } from '../../graph/tensor';
import type { ConvolutionAttributes } from '../builder';
import { knownShape } from '../primitives/_shapes';
import { scattered, slidingAttributes } from './convolution';
import { paddedImage, seenBy, taps } from './filterGradient';
import { fromImage, image, integers } from './layout';
import type { OnnxGraph } from './writer';

/** `H×W×I×M`. */
type Size = readonly [number, number, number, number];

/** Each channel with its own kernels: ONNX's convolution in as many groups as there are channels. */
export function depthwiseConvolution(g: OnnxGraph, x: string, kernel: string, size: Size, attributes: ConvolutionAttributes): string {
  const inputs = [image(g, x), byChannel(g, kernel, size)];
  return fromImage(g, g.op('Conv', inputs, { ...slidingAttributes(attributes), group: size[2] }));
}

/** `H×W×I×M` → `(I·M)×1×H×W`. */
function byChannel(g: OnnxGraph, kernel: string, [height, width, channels, multiplier]: Size): string {
  return g.op('Reshape', [g.permuted(kernel, [2, 3, 0, 1]), integers(g, [channels * multiplier, 1, height, width])]);
}

export function depthwiseInputGradient(
  g: OnnxGraph,
  dy: string,
  kernel: string,
  size: Size,
  { inputShape, ...attributes }: ConvolutionAttributes & { readonly inputShape: Shape },
): string {
  const [height, width, channels, multiplier] = size;
  const gradient = (dyOf: string, kernelOf: string) => scattered(g, dyOf, kernelOf, [height, width], inputShape, attributes, channels);
  const kernels = byChannel(g, kernel, size);
  if (multiplier === 1 || !g.runtime.lacksGroupSums) return gradient(dy, kernels);
  // A gradient for the first result of each channel, for the second, …: then their sum.
  const nth = (value: string, axis: number, index: number) =>
    g.op('Slice', [value, ...[index, Number.MAX_SAFE_INTEGER, axis, multiplier].map((number) => integers(g, [number]))]);
  const parts = Array.from({ length: multiplier }, (_, index) =>
    image(g, gradient(fromImage(g, nth(image(g, dy), 1, index)), nth(kernels, 0, index))),
  );
  return fromImage(
    g,
    parts.reduce((sum, part) => g.op('Add', [sum, part])),
  );
}

/** For each tap, each channel's product of `dy` with what the tap sees of it, summed over batch and positions. */
export function depthwiseFilterGradient(
  g: OnnxGraph,
  x: string,
  dy: string,
  imageShape: Shape,
  { kernelShape, ...attributes }: ConvolutionAttributes & { readonly kernelShape: Shape },
): string {
  const kernel = knownShape('depthwiseConvFilterGrad', kernelShape) as [number, number, number, number];
  const [height, width, channels, multiplier] = kernel;
  const padded = paddedImage(g, image(g, x), attributes.pads);
  const rows = (value: string, count: number) => g.op('Reshape', [value, integers(g, [0, channels, count, -1])]);
  const left = rows(image(g, dy), multiplier);
  const products = taps(height, width).map((tap) => {
    const seen = seenBy(g, padded, tap, { image: imageShape, kernel }, attributes);
    return g.op('MatMul', [left, g.op('Transpose', [rows(seen, 1)], { perm: [0, 1, 3, 2] })]);
  });
  const byTap = products.length === 1 ? (products[0] as string) : g.op('Concat', products, { axis: -1 });
  // `I×M×(H·W)` → `(H·W)×I×M`.
  const sums = g.op('ReduceSum', [byTap, integers(g, [0])], { keepdims: 0 });
  return g.op('Reshape', [g.op('Transpose', [sums], { perm: [2, 0, 1] }), integers(g, kernel)]);
}
