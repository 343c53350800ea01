import * as z from 'zod';
import { paddingName, torchPadding } from '../_params';
import { defineLayer, X, Y } from '../define';
import { weightParams } from './_convolutionParams';
import { inferTransposed, loweredTransposed, transposedMacs, transposedSummary, transposedWeights, transposedReach } from './_transposed';
import { kerasTransposed, torchTransposed } from './_transposedElsewhere';

const params = z.strictObject({
  filters: z.int().min(1).max(65_536).default(32).describe('Number of output channels.').meta({ torch: 'out_channels', unit: 'channels' }),
  kernelSize: z.int().min(1).max(4096).default(3).describe('Steps of the kernel.').meta({ torch: 'kernel_size' }),
  strides: z.int().min(1).max(4096).default(1).describe('How many steps each step becomes.').meta({ torch: 'stride' }),
  padding: paddingName.default('valid').describe('Padding of the convolution that this one undoes the sizes of.').meta(torchPadding),
  dilationRate: z
    .int()
    .min(1)
    .max(4096)
    .default(1)
    .describe('Distance between the kernel’s taps: 2 leaves one step out between two taps.')
    .meta({ torch: 'dilation' }),
  outputPadding: z
    .int()
    .min(0)
    .max(4095)
    .nullable()
    .default(null)
    .describe('Which of the sizes that convolve to the input’s: from 0 for the least; none for strides times the input.')
    .meta({ torch: 'output_padding' }),
  ...weightParams,
});

export const conv1dTranspose = defineLayer({
  type: 'conv1dTranspose',
  version: 1,
  title: 'Conv1DTranspose',
  category: 'convolution',
  icon: 'waves',
  keywords: ['deconvolution', 'transposed convolution', 'upsample', 'decoder'],
  docs: {
    summary: 'Enlarges a sequence: each step gives a whole kernel, and where they overlap they are added up.',
    details:
      'It goes the way of a convolution’s gradient. With strides of s, s sizes in a row convolve to the same size, so which one to give back is a choice: ' +
      'without outputPadding it is s times the input, and outputPadding from 0 on names the others.',
    formula: 'size: (n − 1)·s + k − pads + outputPadding',
    url: 'https://keras.io/api/layers/convolution_layers/convolution1d_transpose/',
    torchName: 'nn.ConvTranspose1d',
    torchCalls: [
      "nn.ConvTranspose1d(in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros')",
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
    { params: { filters: 4 }, inputs: { x: ['batch', 5, 3] }, outputs: { y: ['batch', 7, 4] } },
    { params: { filters: 4, strides: 2, padding: 'same' }, inputs: { x: ['batch', 5, 3] }, outputs: { y: ['batch', 10, 4] } },
    {
      params: { filters: 2, kernelSize: 4, strides: 3, padding: 'same', outputPadding: 1, useBias: false },
      inputs: { x: ['batch', 4, 3] },
      outputs: { y: ['batch', 10, 2] },
    },
    { params: { filters: 2, dilationRate: 3, padding: 'same' }, inputs: { x: ['batch', 7, 3] }, outputs: { y: ['batch', 7, 2] } },
    { params: { filters: 2, strides: 2, padding: 'consistent' }, inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 8, 2] } },
  ],
});
