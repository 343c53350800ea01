import { integers } from './layout';
import type { OnnxAttributes, OnnxGraph } from './writer';

/**
 * onnxruntime's own domain of operators on images whose channels lie in blocks, as many as one of its vectors holds. Its optimiser
 * uses them for kernels that are constants; in a training step kernels are inputs, and the plain convolution, which copies every
 * window of the image first, takes 1.3 to 1.5 times as long, the way into the blocks and out of them included.
 */
const DOMAIN = 'com.microsoft.nchwc';

/** Puts an image into blocks: from the channels of what comes out one sees how many are in one. */
export const INTO_BLOCKS = `${DOMAIN}:ReorderInput`;

/**
 * The convolution of an image and a kernel as ONNX has them, in blocks. `sizes` are the kernel's, `O×I×H×W`. Undefined where it
 * does not pay or cannot be: without blocks, for kernels of one element, for channels that fill no block.
 */
export function blockedConvolution(
  g: OnnxGraph,
  x: string,
  kernel: string,
  sizes: readonly [number, number, number, number],
  attributes: OnnxAttributes,
): string | undefined {
  const [filters, channels, height, width] = sizes;
  const { imageBlock: block } = g.runtime;
  if (block === undefined || height * width === 1 || filters % block > 0 || channels % block > 0) return undefined;
  const inputs = [g.op(INTO_BLOCKS, [x]), blockedKernel(g, kernel, sizes, block)];
  const y = g.op(`${DOMAIN}:Conv`, inputs, { ...attributes, kernel_shape: [height, width] });
  return g.op(`${DOMAIN}:ReorderOutput`, [y], { channels: filters });
}

/** `O×I×H×W`, with the filters of a block innermost, before them the channels of a block. */
function blockedKernel(g: OnnxGraph, kernel: string, sizes: readonly number[], block: number): string {
  const [filters = 0, channels = 0, ...window] = sizes;
  const split = g.op('Reshape', [kernel, integers(g, [filters / block, block, channels / block, block, ...window])]);
  const moved = g.op('Transpose', [split], { perm: [0, 2, 4, 5, 3, 1] });
  return g.op('Reshape', [moved, integers(g, sizes)]);
}
