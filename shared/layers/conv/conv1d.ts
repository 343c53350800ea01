import * as z from 'zod';
import { torchPadding } from '../_params';
import { windowReach } from '../_window';
import { defineLayer, X, Y } from '../define';
import { groups, weightParams } from './_convolutionParams';
import {
  convolutionMacs,
  convolutionSummary,
  convolutionWeights,
  convolutionWindow,
  inferConvolution,
  kerasConvolution,
  torchConvolutionOf,
} from './_convolution';
import { loweredConvolution } from './_lowerConvolution';

const params = z.strictObject({
  filters: z.int().min(1).max(65_536).default(32).describe('Number of output channels.').meta({ torch: 'out_channels', unit: 'channels' }),
  kernelSize: z.int().min(1).max(4096).default(3).describe('Steps of the kernel.').meta({ torch: 'kernel_size' }),
  strides: z.int().min(1).max(4096).default(1).describe('Steps from one position to the next.').meta({ torch: 'stride' }),
  padding: z
    .enum(['valid', 'same', 'consistent', 'causal'])
    .default('valid')
    .describe(
      'Zeros at the ends: none, as TensorFlow’s “same”, the same number for every length, or before only, so that no step sees a later one.',
    )
    .meta(torchPadding),
  dilationRate: z.int().min(1).max(4096).default(1).describe('Distance between the kernel’s elements.').meta({ torch: 'dilation' }),
  groups,
  ...weightParams,
});

export const conv1d = defineLayer({
  type: 'conv1d',
  version: 1,
  title: 'Conv1D',
  category: 'convolution',
  icon: 'waves',
  keywords: ['convolution', 'sequence', 'time series', 'causal'],
  docs: {
    summary: 'Slides learned kernels over a sequence; each gives one channel of the output.',
    formula: 'y = Σ x · kernel + bias;  size: ⌊(n + pads − ((k − 1)·d + 1))/s⌋ + 1',
    url: 'https://keras.io/api/layers/convolution_layers/convolution1d/',
    torchName: 'nn.Conv1d',
    torchCalls: [
      "nn.Conv1d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros')",
    ],
    kerasCalls: [
      "Conv1D(filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True)",
    ],
  },
  params,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferConvolution(x, p, dataFormat),
  weights: ({ x }, p, { dataFormat }) => convolutionWeights(x, p, dataFormat),
  macs: ({ x }, { y }, p, { dataFormat }) => convolutionMacs(x, y.shape, p, dataFormat),
  reach: ({ x }, p, { dataFormat }) => windowReach(x, convolutionWindow(p), dataFormat),
  summary: convolutionSummary,
  lower: (b, { x }, weights, p) => ({ y: loweredConvolution(b, x, weights, convolutionWindow(p), p.groups) }),
  keras: (p, _inputs, { dataFormat }) => kerasConvolution(p, dataFormat),
  torch: (p, { x }, { dataFormat }) => torchConvolutionOf(x, p, dataFormat),
  examples: [
    { params: { filters: 4 }, inputs: { x: ['batch', 10, 3] }, outputs: { y: ['batch', 8, 4] } },
    { params: { filters: 4, strides: 2, padding: 'same' }, inputs: { x: ['batch', 10, 3] }, outputs: { y: ['batch', 5, 4] } },
    { params: { filters: 4, dilationRate: 2, padding: 'causal' }, inputs: { x: ['batch', 10, 3] }, outputs: { y: ['batch', 10, 4] } },
    {
      params: { filters: 4, kernelSize: 4, strides: 3, padding: 'consistent' },
      inputs: { x: ['batch', 10, 3] },
      outputs: { y: ['batch', 4, 4] },
    },
    { params: { filters: 4, groups: 2, strides: 2, useBias: false }, inputs: { x: ['batch', 9, 6] }, outputs: { y: ['batch', 4, 4] } },
  ],
});
