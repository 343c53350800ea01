import * as z from 'zod';
import { pair, paddingName, torchPadding } from '../_params';
import { defineLayer, X, Y } from '../define';
import { weightParams } from './_convolutionParams';
import { inferTransposed, loweredTransposed, transposedMacs, transposedSummary, transposedWeights, transposedReach } from './_transposed';
import { kerasTransposed, torchTransposed } from './_transposedElsewhere';

const params = z.strictObject({
  filters: z.int().min(1).max(65_536).default(32).describe('Number of output channels.').meta({ torch: 'out_channels', unit: 'channels' }),
  kernelSize: pair(1, 255).default([3, 3]).describe('Height and width of the kernel.').meta({ torch: 'kernel_size', unit: 'pixels' }),
  strides: pair(1, 255)
    .default([1, 1])
    .describe('How many pixels each pixel becomes, along height and width.')
    .meta({ torch: 'stride', unit: 'pixels' }),
  padding: paddingName.default('valid').describe('Padding of the convolution that this one undoes the sizes of.').meta(torchPadding),
  dilationRate: pair(1, 255)
    .default([1, 1])
    .describe('Distance between the kernel’s taps: 2 leaves one pixel out between two taps.')
    .meta({ torch: 'dilation', unit: 'pixels' }),
  outputPadding: pair(0, 254)
    .nullable()
    .default(null)
    .describe(
      'Which of the sizes that convolve to the input’s: from 0 for the least; none for strides times the input. Two numbers are height’s and width’s.',
    )
    .meta({ torch: 'output_padding', unit: 'pixels' }),
  ...weightParams,
});

export const conv2dTranspose = defineLayer({
  type: 'conv2dTranspose',
  version: 1,
  title: 'Conv2DTranspose',
  category: 'convolution',
  icon: 'maximize-2',
  keywords: ['deconvolution', 'transposed convolution', 'upsample', 'decoder'],
  docs: {
    summary: 'Enlarges an image: each pixel gives a whole kernel, and where they overlap they are added up.',
    details:
      'It goes the way of a convolution’s gradient. With strides of s, s sizes in a row convolve to the same size, so which one to give back is a choice: ' +
      'without outputPadding it is s times the input, and outputPadding from 0 on names the others.',
    formula: 'size: (n − 1)·s + k − pads + outputPadding',
    url: 'https://keras.io/api/layers/convolution_layers/convolution2d_transpose/',
    torchName: 'nn.ConvTranspose2d',
    torchCalls: [
      "nn.ConvTranspose2d(in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros')",
    ],
  },
  params,
  inputs: X,
  outputs: Y,
  infer: ({ x }, p, { dataFormat }) => inferTransposed(x, p, dataFormat),
  weights: ({ x }, p, { dataFormat }) => transposedWeights(x, p, dataFormat),
  macs: ({ x }, _outputs, p) => transposedMacs(x, p),
  reach: ({ x }, p, { dataFormat }) => transposedReach(x, p, dataFormat),
  summary: transposedSummary,
  lower: (b, { x }, weights, p) => ({ y: loweredTransposed(b, x, weights, p) }),
  keras: (p, _inputs, { dataFormat }) => kerasTransposed(p, dataFormat),
  torch: (p, { x }, { dataFormat }) => torchTransposed(x, p, dataFormat),
  examples: [
    { params: { filters: 4 }, inputs: { x: ['batch', 4, 5, 3] }, outputs: { y: ['batch', 6, 7, 4] } },
    { params: { filters: 4, strides: 2, padding: 'same' }, inputs: { x: ['batch', 4, 5, 3] }, outputs: { y: ['batch', 8, 10, 4] } },
    {
      params: { filters: 4, kernelSize: 2, strides: 2, useBias: false },
      inputs: { x: ['batch', 3, 4, 5] },
      outputs: { y: ['batch', 4, 8, 10] },
      dataFormat: 'channelsFirst',
    },
    {
      params: { filters: 2, kernelSize: [4, 3], strides: [3, 2], padding: 'same', outputPadding: 1 },
      inputs: { x: ['batch', 3, 4, 2] },
      outputs: { y: ['batch', 7, 8, 2] },
    },
    { params: { filters: 2, kernelSize: [2, 3], strides: 3 }, inputs: { x: ['batch', 3, 2, 2] }, outputs: { y: ['batch', 9, 6, 2] } },
    {
      params: { filters: 2, strides: 2, padding: 'consistent', outputPadding: 0 },
      inputs: { x: ['batch', 2, 3, 4] },
      outputs: { y: ['batch', 2, 5, 7] },
      dataFormat: 'channelsFirst',
    },
    {
      params: { filters: 2, kernelSize: 4, strides: 2, padding: 'consistent' },
      inputs: { x: ['batch', 3, 4, 2] },
      outputs: { y: ['batch', 6, 8, 2] },
    },
    {
      params: { filters: 2, strides: 2, padding: 'same', outputPadding: [0, 1] },
      inputs: { x: ['batch', 3, 4, 2] },
      outputs: { y: ['batch', 5, 8, 2] },
    },
    { params: { filters: 2, dilationRate: 2 }, inputs: { x: ['batch', 3, 4, 2] }, outputs: { y: ['batch', 7, 8, 2] } },
    {
      params: { filters: 2, kernelSize: [3, 2], dilationRate: [2, 3], padding: 'same' },
      inputs: { x: ['batch', 5, 4, 2] },
      outputs: { y: ['batch', 5, 4, 2] },
    },
    {
      params: { filters: 3, dilationRate: 2, padding: 'consistent' },
      inputs: { x: ['batch', 2, 5, 4] },
      outputs: { y: ['batch', 3, 5, 4] },
      dataFormat: 'channelsFirst',
    },
  ],
});
