import { multiplyDims } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import { channelAxis, sampleSize, type DataFormat, type Shape, type TensorType } from '../../graph/tensor';
import type { Regularizer } from '../../program/regularizer';
import { kerasInitializerOf, type InitializerParam } from '../_initializers';
import { formatPair, formatStrides, joinSummary } from '../_params';
import type { ConstraintParam } from '../_constraints';
import { kerasWeightConfig, weight, type BiasParams } from '../_weights';
import { expectAxes, isProblem, knownChannels, slide, spatialShape, spatialSizes, type SlidingWindow } from '../_window';
import type { KerasRecord, TorchRecord, Unsupported, WeightSpec } from '../define';
import { kerasDataFormat, padsBefore } from './_conv';
import { torchConvolution } from './_torchConvolution';

/** Parameters of a convolution over one, two or three axes. */
export interface ConvolutionParams extends BiasAndKernel {
  readonly filters: number;
  readonly kernelSize: number | readonly number[];
  readonly strides: number | readonly number[];
  readonly padding: SlidingWindow['padding'];
  readonly dilationRate: number | readonly number[];
  readonly groups: number;
}

/** How a convolution's weights start, what they add to the loss and what they must keep to. */
export interface BiasAndKernel extends BiasParams {
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerParam;
  readonly kernelRegularizer: Regularizer;
  readonly kernelConstraint: ConstraintParam;
}

/** A single number is one along one axis. */
export function listed(value: number | readonly number[]): readonly number[] {
  return typeof value === 'number' ? [value] : value;
}

export function convolutionWindow(p: Pick<ConvolutionParams, 'kernelSize' | 'strides' | 'padding' | 'dilationRate'>): SlidingWindow {
  return { size: listed(p.kernelSize), strides: listed(p.strides), padding: p.padding, dilation: listed(p.dilationRate) };
}

export function inferConvolution(x: TensorType, p: ConvolutionParams, dataFormat: DataFormat): Result<{ y: TensorType }, LayerProblem> {
  const window = convolutionWindow(p);
  const problem = expectAxes(x, window.size.length) ?? stridesAndDilation(window);
  if (problem) return err(problem);
  const channels = knownChannels(x, channelAxis(x.shape.length, dataFormat));
  if (typeof channels !== 'number') return err(channels);
  const uneven = groupsProblem(channels, p);
  if (uneven) return err(uneven);
  const sizes = slide('kernel', spatialSizes(x, dataFormat), window);
  if (isProblem(sizes)) return err(sizes);
  return ok({ y: { dtype: 'float32', shape: spatialShape(x, dataFormat, sizes, p.filters) } });
}

/** TensorFlow has no convolution that both jumps and has holes. */
export function stridesAndDilation({ strides, dilation }: Pick<SlidingWindow, 'strides' | 'dilation'>): LayerProblem | undefined {
  if (Math.max(...strides) === 1 || Math.max(...dilation) === 1) return undefined;
  return {
    code: 'param/strides-and-dilation',
    param: 'dilationRate',
    message: `strides ${formatPair(strides)} and dilation ${formatPair(dilation)} cannot both be above 1. Set one of them to 1.`,
  };
}

function groupsProblem(channels: number, { groups, filters }: ConvolutionParams): LayerProblem | undefined {
  if (channels % groups === 0 && filters % groups === 0) return undefined;
  const [what, count] = channels % groups === 0 ? ['filters', filters] : ['channels', channels];
  return {
    code: 'param/groups',
    param: 'groups',
    message: `${groups} groups do not divide ${count} ${what}. Use a number that divides both ${channels} channels and ${filters} filters.`,
  };
}

/** The kernel `…sizes×(channels / groups)×filters`, and the bias. */
export function convolutionWeights({ shape }: TensorType, p: ConvolutionParams, dataFormat: DataFormat): readonly WeightSpec[] {
  const channels = (shape[channelAxis(shape.length, dataFormat)] as number) / p.groups;
  const kernel = weight(
    'kernel',
    [...listed(p.kernelSize), channels, p.filters],
    p.kernelInitializer,
    p.kernelRegularizer,
    p.kernelConstraint,
  );
  return p.useBias ? [kernel, biasOf(p.filters, p)] : [kernel];
}

export function biasOf(filters: number, p: BiasParams): WeightSpec {
  return weight('bias', [filters], p.biasInitializer, p.biasRegularizer, p.biasConstraint);
}

export function convolutionMacs({ shape }: TensorType, y: Shape, p: ConvolutionParams, dataFormat: DataFormat) {
  const channels = (shape[channelAxis(shape.length, dataFormat)] as number) / p.groups;
  return multiplyDims(sampleSize(y), channels * listed(p.kernelSize).reduce((product, size) => product * size, 1));
}

export function convolutionSummary(p: ConvolutionParams): string {
  const padding = p.padding === 'causal' ? 'causal' : '';
  const groups = p.groups === 1 ? '' : `${p.groups} groups`;
  return joinSummary(formatPair(listed(p.kernelSize)), p.filters, formatStrides(listed(p.strides)), padding, groups);
}

export function kerasConvolution(p: ConvolutionParams, dataFormat: DataFormat): KerasRecord {
  const window = convolutionWindow(p);
  const axes = window.size.length;
  const config = {
    filters: p.filters,
    kernel_size: window.size,
    strides: window.strides,
    padding: p.padding,
    ...(axes === 1 ? {} : { data_format: kerasDataFormat(dataFormat) }),
    dilation_rate: window.dilation,
    ...(p.groups === 1 ? {} : { groups: p.groups }),
    activation: 'linear',
    use_bias: p.useBias,
    kernel_initializer: kerasInitializerOf(p.kernelInitializer),
    ...kerasWeightConfig(p),
  };
  const missing = notInTfjs(p, window);
  const layer = {
    className: `Conv${axes}D`,
    config,
    weights: p.useBias ? ['kernel', 'bias'] : ['kernel'],
    ...(missing === undefined ? {} : { notInTfjs: missing }),
  };
  return padsBefore(layer, window, dataFormat);
}

function notInTfjs({ groups, padding }: ConvolutionParams, { dilation, size }: SlidingWindow): string | undefined {
  if (groups > 1) return 'TensorFlow.js has no convolution in groups.';
  if (padding === 'causal') return 'TensorFlow.js has no causal convolution. Use padding “same”.';
  if (size.length === 3 && Math.max(...dilation) > 1) return 'TensorFlow.js has no dilated convolution of volumes.';
  return undefined;
}

export function torchConvolutionOf(x: TensorType, p: ConvolutionParams, dataFormat: DataFormat): TorchRecord | Unsupported {
  return torchConvolution(x, convolutionWindow(p), p, dataFormat);
}
