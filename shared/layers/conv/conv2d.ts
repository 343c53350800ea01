import * as z from 'zod';
import { pair, paddingName, torchPadding } from '../_params';
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
  kernelSize: pair(1, 255).default([3, 3]).describe('Height and width of the kernel.').meta({ torch: 'kernel_size', unit: 'pixels' }),
  strides: pair(1, 255).default([1, 1]).describe('Step of the kernel along height and width.').meta({ torch: 'stride', unit: 'pixels' }),
  padding: paddingName
    .default('valid')
    .describe('Zeros at the border: none, as TensorFlow’s “same”, or the same number for every input size.')
    .meta(torchPadding),
  dilationRate: pair(1, 255)
    .default([1, 1])
    .describe('Distance between the kernel’s elements.')
    .meta({ torch: 'dilation', unit: 'pixels' }),
  groups,
  ...weightParams,
});

export const conv2d = defineLayer({
  type: 'conv2d',
  version: 1,
  title: 'Conv2D',
  category: 'convolution',
  icon: 'grid-3x3',
  keywords: ['convolution', 'filter', 'kernel', 'grouped', 'resnext'],
  docs: {
    summary: 'Slides learned kernels over an image; each gives one channel of the output.',
    details:
      'With padding “consistent” an image is padded by k − 1 zeros in all, ⌊(k − 1)/2⌋ of them before, whatever its size. ' +
      '“same” gives the same size but for strides above 1 pads other sides, so the weights look at other pixels.',
    formula: 'y = Σ x · kernel + bias;  size: ⌊(n + pads − ((k − 1)·d + 1))/s⌋ + 1',
    url: 'https://keras.io/api/layers/convolution_layers/convolution2d/',
    torchName: 'nn.Conv2d',
    torchCalls: [
      "nn.Conv2d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros')",
    ],
    kerasCalls: [
      "Conv2D(filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True)",
      "Convolution2D(filters, kernel_size, strides=1, padding='valid', data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True)",
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
    { params: { filters: 8 }, inputs: { x: ['batch', 28, 28, 1] }, outputs: { y: ['batch', 26, 26, 8] } },
    {
      params: { filters: 4, kernelSize: 7, strides: 2, padding: 'consistent' },
      inputs: { x: ['batch', 30, 30, 3] },
      outputs: { y: ['batch', 15, 15, 4] },
    },
    { params: { filters: 16, strides: [2, 1], padding: 'same' }, inputs: { x: ['batch', 9, 9, 4] }, outputs: { y: ['batch', 5, 9, 16] } },
    { params: { filters: 16, dilationRate: 2 }, inputs: { x: ['batch', 9, 9, 4] }, outputs: { y: ['batch', 5, 5, 16] } },
    {
      params: { filters: 8, padding: 'same' },
      inputs: { x: ['batch', 3, 10, 12] },
      outputs: { y: ['batch', 8, 10, 12] },
      dataFormat: 'channelsFirst',
    },
    {
      params: { filters: 6, kernelSize: [2, 4], strides: 2, padding: 'same' },
      inputs: { x: ['batch', 7, 8, 3] },
      outputs: { y: ['batch', 4, 4, 6] },
    },
    { params: { filters: 6, groups: 3, strides: 2 }, inputs: { x: ['batch', 7, 8, 6] }, outputs: { y: ['batch', 3, 3, 6] } },
    {
      params: { filters: 8, groups: 4, padding: 'same' },
      inputs: { x: ['batch', 4, 5, 6] },
      outputs: { y: ['batch', 8, 5, 6] },
      dataFormat: 'channelsFirst',
    },
  ],
});
