import * as z from 'zod';
import { addDims, multiplyDims } from '../../graph/dim';
import { channelAxis, sampleSize, type DataFormat } from '../../graph/tensor';
import type { Value } from '../../program/builder';
import { kernelInitializer, kerasInitializerOf } from '../_initializers';
import { formatPair, formatStrides, joinSummary, pair, paddingName, torchInitializer, torchPadding, type Pair } from '../_params';
import { torchBool, within } from '../_torch';
import { constraintOf, kerasConstraint } from '../_constraints';
import { biasParams, kerasBiasConfig, kerasRegularizer, kernelRegularizer, weight } from '../_weights';
import { windowReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { useBias } from './_convolutionParams';
import { kerasDataFormat, padsBefore } from './_conv';
import { biasOf, convolutionWindow } from './_convolution';
import { depthwiseKernel, depthwiseMacs, inferDepthwise } from './_depthwise';
import { depthwise } from './_lowerConvolution';
import { torchConvolution } from './_torchConvolution';

const params = z.strictObject({
  filters: z.int().min(1).max(65_536).default(32).describe('Number of output channels.').meta({ torch: 'out_channels', unit: 'channels' }),
  kernelSize: pair(1, 255).default([3, 3]).describe('Height and width of the kernel.').meta({ torch: 'kernel_size', unit: 'pixels' }),
  strides: pair(1, 255)
    .default([1, 1])
    .describe('Step of the kernel, the same along height and width.')
    .meta({ torch: 'stride', unit: 'pixels' }),
  padding: paddingName
    .default('valid')
    .describe('Zeros at the border: none, as TensorFlow’s “same”, or the same number for every input size.')
    .meta(torchPadding),
  depthMultiplier: z.int().min(1).max(1024).default(1).describe('Channels that each input channel becomes before they are mixed.'),
  dilationRate: pair(1, 255)
    .default([1, 1])
    .describe('Distance between the kernel’s elements.')
    .meta({ torch: 'dilation', unit: 'pixels' }),
  useBias,
  depthwiseInitializer: kernelInitializer
    .default('glorotUniform')
    .describe('How the kernels of the channels start.')
    .meta(torchInitializer),
  pointwiseInitializer: kernelInitializer
    .default('glorotUniform')
    .describe('How the matrix that mixes the channels starts.')
    .meta(torchInitializer),
  depthwiseRegularizer: kernelRegularizer,
  pointwiseRegularizer: kernelRegularizer,
  depthwiseConstraint: constraintOf('the kernels of the channels'),
  pointwiseConstraint: constraintOf('the matrix that mixes the channels'),
  ...biasParams,
});

const POINT = { strides: [1, 1], pads: [[0, 0], [0, 0]], dilation: [1, 1] } as const; // prettier-ignore

/** What TensorFlow.js's own layer computes otherwise. */
function lackInTfjs(p: { readonly dilationRate: Pair; readonly useBias: boolean }, dataFormat: DataFormat): string | undefined {
  if (Math.max(...p.dilationRate) > 1) return 'TensorFlow.js’s depthwise convolution leaves the dilation out. Set it to 1.';
  if (p.useBias && dataFormat === 'channelsFirst')
    return 'TensorFlow.js adds the bias of a separable convolution to the wrong axis where channels come first. Make the network channels-last, or set useBias to off.';
  return undefined;
}

export const separableConv2d = defineLayer({
  type: 'separableConv2d',
  version: 1,
  title: 'SeparableConv2D',
  category: 'convolution',
  icon: 'layers-2',
  keywords: ['convolution', 'xception', 'depthwise', 'pointwise'],
  docs: {
    summary: 'A convolution of each channel alone, then a 1×1 convolution that mixes them: far fewer weights than a conv2d.',
    formula: 'y = conv1×1(depthwise(x)) + bias',
    url: 'https://keras.io/api/layers/convolution_layers/separable_convolution2d/',
    torchName: 'nn.Conv2d(groups=in_channels) + nn.Conv2d(kernel_size=1)',
  },
  params,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferDepthwise(x, p, dataFormat, p.filters),
  weights({ x }, p, { dataFormat }) {
    const shape = depthwiseKernel(x, p, dataFormat);
    const mixed = [1, 1, (shape[2] as number) * p.depthMultiplier, p.filters];
    return [
      weight('depthwiseKernel', shape, p.depthwiseInitializer, p.depthwiseRegularizer, p.depthwiseConstraint),
      weight('pointwiseKernel', mixed, p.pointwiseInitializer, p.pointwiseRegularizer, p.pointwiseConstraint),
      ...(p.useBias ? [biasOf(p.filters, p)] : []),
    ];
  },
  macs({ x }, { y }, p, { dataFormat }) {
    const channels = (x.shape[channelAxis(4, dataFormat)] as number) * p.depthMultiplier;
    return addDims(depthwiseMacs(x, y.shape, p, dataFormat), multiplyDims(sampleSize(y.shape), channels));
  },
  reach: ({ x }, p, { dataFormat }) => windowReach(x, convolutionWindow(p), dataFormat),
  summary: (p) => joinSummary(formatPair(p.kernelSize), p.filters, formatStrides(p.strides)),
  lower(b, { x }, weights, p) {
    const { depthwiseKernel: own, pointwiseKernel: mixing, bias } = weights as Record<string, Value> & { bias?: Value };
    const y = b.conv(depthwise(b, x, own as Value, convolutionWindow(p)), mixing as Value, POINT);
    return { y: bias ? b.add(y, bias) : y };
  },
  keras(p, _inputs, { dataFormat }) {
    const config = {
      filters: p.filters,
      kernel_size: p.kernelSize,
      strides: p.strides,
      padding: p.padding,
      data_format: kerasDataFormat(dataFormat),
      dilation_rate: p.dilationRate,
      depth_multiplier: p.depthMultiplier,
      activation: 'linear',
      use_bias: p.useBias,
      depthwise_initializer: kerasInitializerOf(p.depthwiseInitializer),
      pointwise_initializer: kerasInitializerOf(p.pointwiseInitializer),
      depthwise_regularizer: kerasRegularizer(p.depthwiseRegularizer),
      pointwise_regularizer: kerasRegularizer(p.pointwiseRegularizer),
      depthwise_constraint: kerasConstraint(p.depthwiseConstraint),
      pointwise_constraint: kerasConstraint(p.pointwiseConstraint),
      ...kerasBiasConfig(p),
    };
    const weights = ['depthwiseKernel', 'pointwiseKernel', ...(p.useBias ? ['bias'] : [])];
    const reason = lackInTfjs(p, dataFormat);
    const missing = reason === undefined ? {} : { notInTfjs: reason };
    return padsBefore({ className: 'SeparableConv2D', config, weights, ...missing }, convolutionWindow(p), dataFormat);
  },
  torch(p, { x }, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    const inner = channels * p.depthMultiplier;
    const own = torchConvolution(x, convolutionWindow(p), { filters: inner, groups: channels, useBias: false }, dataFormat);
    if ('unsupported' in own) return own;
    return {
      init: `nn.ModuleList([${own.init}, nn.Conv2d(${inner}, ${p.filters}, kernel_size=1, bias=${torchBool(p.useBias)})])`,
      forward: `self.layer[1](${(own.forward ?? 'self.layer(x)').replace('self.layer', 'self.layer[0]')})`,
      weights: {
        ...within('0', { weight: { from: 'depthwiseKernel', axes: [2, 3, 0, 1], shape: [inner, 1, ...p.kernelSize] } }),
        ...within('1', { weight: { from: 'pointwiseKernel', axes: [3, 2, 0, 1] }, ...(p.useBias ? { bias: { from: 'bias' } } : {}) }),
      },
    };
  },
  examples: [
    { params: { filters: 4 }, inputs: { x: ['batch', 6, 7, 3] }, outputs: { y: ['batch', 4, 5, 4] } },
    {
      params: { filters: 5, strides: 2, padding: 'same', depthMultiplier: 2 },
      inputs: { x: ['batch', 6, 7, 3] },
      outputs: { y: ['batch', 3, 4, 5] },
    },
    {
      params: { filters: 2, kernelSize: 4, strides: 2, padding: 'consistent', useBias: false },
      inputs: { x: ['batch', 2, 7, 8] },
      outputs: { y: ['batch', 2, 4, 4] },
      dataFormat: 'channelsFirst',
    },
  ],
});
