import { multiplyDims, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import { channelAxis, sampleSize, type DataFormat, type Shape, type TensorType } from '../../graph/tensor';
import { formatPair, type Pair } from '../_params';
import { expectAxes, isProblem, knownChannels, slide, spatialShape, spatialSizes } from '../_window';
import { convolutionWindow, stridesAndDilation, type ConvolutionParams } from './_convolution';

/** What each channel's own convolution is made of. */
export interface DepthwiseParams extends Pick<ConvolutionParams, 'padding'> {
  readonly kernelSize: Pair;
  readonly strides: Pair;
  readonly dilationRate: Pair;
  readonly depthMultiplier: number;
}

/** The image after each channel's own convolution, with `filters` channels, or as many as these have. */
export function inferDepthwise(
  x: TensorType,
  p: DepthwiseParams,
  dataFormat: DataFormat,
  filters?: number,
): Result<{ y: TensorType }, LayerProblem> {
  const window = convolutionWindow(p);
  const problem = expectAxes(x, 2) ?? unequalStrides(p) ?? stridesAndDilation(window);
  if (problem) return err(problem);
  const channels = knownChannels(x, channelAxis(4, dataFormat));
  if (typeof channels !== 'number') return err(channels);
  const sizes = slide('kernel', spatialSizes(x, dataFormat), window);
  if (isProblem(sizes)) return err(sizes);
  return ok({ y: { dtype: 'float32', shape: spatialShape(x, dataFormat, sizes, filters ?? channels * p.depthMultiplier) } });
}

function unequalStrides({ strides }: DepthwiseParams): LayerProblem | undefined {
  if (strides[0] === strides[1]) return undefined;
  return {
    code: 'param/unequal-strides',
    param: 'strides',
    message: `strides ${formatPair(strides)} differ: TensorFlow’s depthwise convolutions take the same step along height and width. Set both to ${Math.max(...strides)}, or use a conv2d with groups.`,
  };
}

/** `H×W×I×M`. */
export function depthwiseKernel({ shape }: TensorType, p: DepthwiseParams, dataFormat: DataFormat): readonly number[] {
  return [...p.kernelSize, shape[channelAxis(4, dataFormat)] as number, p.depthMultiplier];
}

/** Multiply-accumulates where the result of all channels has the given shape, of which the channels do not matter. */
export function depthwiseMacs(x: TensorType, y: Shape, p: DepthwiseParams, dataFormat: DataFormat): Dim {
  const [, , channels, multiplier] = depthwiseKernel(x, p, dataFormat) as [number, number, number, number];
  const positions = sampleSize(y.map((dim, axis) => (axis === channelAxis(4, dataFormat) ? 1 : dim)));
  return multiplyDims(positions, p.kernelSize[0] * p.kernelSize[1] * channels * multiplier);
}
