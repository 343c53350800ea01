import * as z from 'zod';
import { channelAxis } from '../../graph/tensor';
import { kernelInitializer, kerasInitializerOf } from '../_initializers';
import { formatPair, formatStrides, joinSummary, pair, paddingName, torchInitializer, torchPadding } from '../_params';
import { kerasConstraint } from '../_constraints';
import { biasParams, kerasBiasConfig, kerasRegularizer, kernelConstraint, kernelRegularizer, weight } from '../_weights';
import { windowReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { useBias } from './_convolutionParams';
import { kerasDataFormat, padsBefore } from './_conv';
import { biasOf, convolutionWindow } from './_convolution';
import { depthwiseKernel, depthwiseMacs, inferDepthwise } from './_depthwise';
import { depthwise } from './_lowerConvolution';
import { torchConvolution } from './_torchConvolution';

const params = z.strictObject({
  kernelSize: pair(1, 255).default([3, 3]).describe('Height and width of the kernel.').meta({ torch: 'kernel_size', unit: 'pixels' }),
  strides: pair(1, 255)
    .default([1, 1])
    .describe('Step of the kernel, the same along height and width.')
    .meta({ torch: 'stride', unit: 'pixels' }),
  padding: paddingName
    .default('valid')
    .describe('Zeros at the border: none, as TensorFlow’s “same”, or the same number for every input size.')
    .meta(torchPadding),
  depthMultiplier: z.int().min(1).max(1024).default(1).describe('Output channels of each input channel.').meta({ torch: 'out_channels' }),
  dilationRate: pair(1, 255)
    .default([1, 1])
    .describe('Distance between the kernel’s elements.')
    .meta({ torch: 'dilation', unit: 'pixels' }),
  useBias,
  depthwiseInitializer: kernelInitializer.default('glorotUniform').describe('How the kernel starts.').meta(torchInitializer),
  depthwiseRegularizer: kernelRegularizer,
  depthwiseConstraint: kernelConstraint,
  ...biasParams,
});

export const depthwiseConv2d = defineLayer({
  type: 'depthwiseConv2d',
  version: 1,
  title: 'DepthwiseConv2D',
  category: 'convolution',
  icon: 'layers-2',
  keywords: ['convolution', 'mobilenet', 'per channel'],
  docs: {
    summary: 'Slides kernels over each channel of an image alone; no channel sees another.',
    details: 'Output channel i · depthMultiplier + m is input channel i with its m-th kernel. A 1×1 conv2d after it mixes the channels.',
    formula: 'y[i·m + j] = Σ x[i] · kernel[i, j] + bias',
    url: 'https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/',
    torchName: 'nn.Conv2d(groups=in_channels)',
  },
  params,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferDepthwise(x, p, dataFormat),
  weights({ x }, p, { dataFormat }) {
    const shape = depthwiseKernel(x, p, dataFormat);
    const kernel = weight('depthwiseKernel', shape, p.depthwiseInitializer, p.depthwiseRegularizer, p.depthwiseConstraint);
    return p.useBias ? [kernel, biasOf((shape[2] as number) * p.depthMultiplier, p)] : [kernel];
  },
  macs: ({ x }, { y }, p, { dataFormat }) => depthwiseMacs(x, y.shape, p, dataFormat),
  reach: ({ x }, p, { dataFormat }) => windowReach(x, convolutionWindow(p), dataFormat),
  summary: (p) => joinSummary(formatPair(p.kernelSize), p.depthMultiplier === 1 ? '' : `×${p.depthMultiplier}`, formatStrides(p.strides)),
  lower(b, { x }, { depthwiseKernel: kernel, bias }, p) {
    const y = depthwise(b, x, kernel as NonNullable<typeof kernel>, convolutionWindow(p));
    return { y: bias ? b.add(y, bias) : y };
  },
  keras(p, _inputs, { dataFormat }) {
    const config = {
      kernel_size: p.kernelSize,
      strides: p.strides,
      padding: p.padding,
      depth_multiplier: p.depthMultiplier,
      data_format: kerasDataFormat(dataFormat),
      dilation_rate: p.dilationRate,
      activation: 'linear',
      use_bias: p.useBias,
      depthwise_initializer: kerasInitializerOf(p.depthwiseInitializer),
      depthwise_regularizer: kerasRegularizer(p.depthwiseRegularizer),
      depthwise_constraint: kerasConstraint(p.depthwiseConstraint),
      ...kerasBiasConfig(p),
    };
    const weights = p.useBias ? ['depthwiseKernel', 'bias'] : ['depthwiseKernel'];
    const hasHoles = Math.max(...p.dilationRate) > 1;
    const missing = hasHoles ? { notInTfjs: 'TensorFlow.js’s depthwise convolution leaves the dilation out. Set it to 1.' } : {};
    return padsBefore({ className: 'DepthwiseConv2D', config, weights, ...missing }, convolutionWindow(p), dataFormat);
  },
  torch(p, { x }, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    const filters = channels * p.depthMultiplier;
    const record = torchConvolution(x, convolutionWindow(p), { filters, groups: channels, useBias: p.useBias }, dataFormat);
    if ('unsupported' in record) return record;
    const kernel = { from: 'depthwiseKernel', axes: [2, 3, 0, 1], shape: [filters, 1, ...p.kernelSize] };
    return { ...record, weights: { weight: kernel, ...(p.useBias ? { bias: { from: 'bias' } } : {}) } };
  },
  examples: [
    { inputs: { x: ['batch', 6, 7, 3] }, outputs: { y: ['batch', 4, 5, 3] } },
    {
      params: { strides: 2, padding: 'same', depthMultiplier: 2 },
      inputs: { x: ['batch', 6, 7, 3] },
      outputs: { y: ['batch', 3, 4, 6] },
    },
    {
      params: { kernelSize: [2, 5], strides: 2, padding: 'consistent', useBias: false },
      inputs: { x: ['batch', 7, 8, 2] },
      outputs: { y: ['batch', 4, 4, 2] },
    },
    { params: { dilationRate: 2 }, inputs: { x: ['batch', 6, 7, 2] }, outputs: { y: ['batch', 2, 3, 2] } },
    {
      params: { padding: 'same', depthMultiplier: 3 },
      inputs: { x: ['batch', 2, 5, 4] },
      outputs: { y: ['batch', 6, 5, 4] },
      dataFormat: 'channelsFirst',
    },
  ],
});
