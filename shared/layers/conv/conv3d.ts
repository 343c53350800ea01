import * as z from 'zod';
import { paddingName, torchPadding, triple } from '../_params';
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
  kernelSize: triple(1, 255).default([3, 3, 3]).describe('Depth, height and width of the kernel.').meta({ torch: 'kernel_size' }),
  strides: triple(1, 255).default([1, 1, 1]).describe('Step of the kernel along each axis.').meta({ torch: 'stride' }),
  padding: paddingName
    .default('valid')
    .describe('Zeros at the border: none, as TensorFlow’s “same”, or the same number for every input size.')
    .meta(torchPadding),
  dilationRate: triple(1, 255).default([1, 1, 1]).describe('Distance between the kernel’s elements.').meta({ torch: 'dilation' }),
  groups,
  ...weightParams,
});

export const conv3d = defineLayer({
  type: 'conv3d',
  version: 1,
  title: 'Conv3D',
  category: 'convolution',
  icon: 'box',
  keywords: ['convolution', 'volume', 'video', 'voxel'],
  docs: {
    summary: 'Slides learned kernels over a volume; each gives one channel of the output.',
    details: 'A volume is a stack of images: depth, height, width and channels; or a film, with time as its depth.',
    formula: 'y = Σ x · kernel + bias;  size: ⌊(n + pads − ((k − 1)·d + 1))/s⌋ + 1',
    url: 'https://keras.io/api/layers/convolution_layers/convolution3d/',
    torchName: 'nn.Conv3d',
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
    { params: { filters: 4 }, inputs: { x: ['batch', 5, 6, 4, 2] }, outputs: { y: ['batch', 3, 4, 2, 4] } },
    {
      params: { filters: 3, kernelSize: [3, 2, 3], strides: [2, 1, 2], padding: 'same' },
      inputs: { x: ['batch', 6, 5, 4, 2] },
      outputs: { y: ['batch', 3, 5, 2, 3] },
    },
    {
      params: { filters: 3, kernelSize: 2, strides: 2, padding: 'consistent', useBias: false },
      inputs: { x: ['batch', 5, 4, 4, 2] },
      outputs: { y: ['batch', 3, 2, 2, 3] },
    },
    {
      params: { filters: 2, kernelSize: 2, dilationRate: [2, 1, 2] },
      inputs: { x: ['batch', 5, 4, 4, 2] },
      outputs: { y: ['batch', 3, 3, 2, 2] },
    },
    {
      params: { filters: 4, groups: 2, kernelSize: 2 },
      inputs: { x: ['batch', 4, 3, 4, 3] },
      outputs: { y: ['batch', 4, 2, 3, 2] },
      dataFormat: 'channelsFirst',
    },
  ],
});
