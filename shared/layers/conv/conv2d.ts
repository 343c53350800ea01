import * as z from 'zod';
import { multiplyDims } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { channelAxis, imageAxes, sampleSize, type DataFormat } from '../../graph/tensor';
import {
  formatPair,
  formatStrides,
  initializerName,
  joinSummary,
  kerasInitializer,
  pair,
  paddingName,
  torchInitializer,
  torchPadding,
} from '../_params';
import { expectImage, imagePads, imageShape, isProblem, knownChannels, slideWindow, type WindowParams } from '../_window';
import { defineLayer, X, Y } from '../define';
import { convolutionParts, kerasDataFormat, kernelFans } from './_conv';

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
  useBias: z.boolean().default(true).describe('Adds a learned number to each channel.').meta({ torch: 'bias' }),
  kernelInitializer: initializerName.default('glorotUniform').describe('How the kernel starts.').meta(torchInitializer),
});
type Params = z.output<typeof params>;

/** Padding changes nothing else: `consistent` is settled into numbers before any engine sees it. */
function windowOf(p: Params): WindowParams {
  return { size: p.kernelSize, strides: p.strides, padding: p.padding, dilation: p.dilationRate };
}

export const conv2d = defineLayer({
  type: 'conv2d',
  version: 1,
  title: 'Conv2D',
  category: 'convolution',
  icon: 'grid-3x3',
  keywords: ['convolution', 'filter', 'kernel'],
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
  infer({ x }, p, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    if (Math.max(...p.strides) > 1 && Math.max(...p.dilationRate) > 1) {
      return err({
        code: 'param/strides-and-dilation',
        param: 'dilationRate',
        message: `strides ${formatPair(p.strides)} and dilation ${formatPair(p.dilationRate)} cannot both be above 1. Set one of them to 1.`,
      });
    }
    const channels = knownChannels(x, imageAxes(dataFormat).channels);
    if (typeof channels !== 'number') return err(channels);
    const size = slideWindow('kernel', x, windowOf(p), dataFormat);
    if (isProblem(size)) return err(size);
    return ok({ y: { dtype: 'float32', shape: imageShape(x, dataFormat, { ...size, channels: p.filters }) } });
  },
  weights({ x }, p, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    const shape = [...p.kernelSize, channels, p.filters];
    const kernel = { name: 'kernel', shape, initializer: { kind: p.kernelInitializer, ...kernelFans(shape) }, trainable: true } as const;
    const bias = { name: 'bias', shape: [p.filters], initializer: { kind: 'zeros' }, trainable: true } as const;
    return p.useBias ? [kernel, bias] : [kernel];
  },
  macs({ x }, { y }, p, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    return multiplyDims(sampleSize(y.shape), p.kernelSize[0] * p.kernelSize[1] * channels);
  },
  summary: (p) => joinSummary(formatPair(p.kernelSize), p.filters, formatStrides(p.strides)),
  lower(b, { x }, { kernel, bias }, p) {
    const y = b.conv(x, kernel as NonNullable<typeof kernel>, {
      strides: p.strides,
      pads: imagePads(x.type.shape, windowOf(p)),
      dilation: p.dilationRate,
    });
    return { y: bias ? b.add(y, bias) : y };
  },
  keras: (p, _inputs, { dataFormat }) =>
    convolutionParts(windowOf(p), kerasConfig(p, dataFormat), dataFormat, p.useBias ? ['kernel', 'bias'] : ['kernel']),
  torch(p, { x }, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    const sides =
      p.padding === 'consistent'
        ? `, padding=(${p.kernelSize.map((k, axis) => ((k - 1) * (p.dilationRate[axis] as number)) >> 1).join(', ')})`
        : '';
    return {
      init: `nn.Conv2d(${channels}, ${p.filters}, kernel_size=(${p.kernelSize.join(', ')}), stride=(${p.strides.join(', ')})${sides}, dilation=(${p.dilationRate.join(', ')}), bias=${p.useBias ? 'True' : 'False'})`,
    };
  },
  examples: [
    { params: { filters: 8 }, inputs: { x: ['batch', 28, 28, 1] }, outputs: { y: ['batch', 26, 26, 8] } },
    {
      params: { filters: 8, kernelSize: 7, strides: 2, padding: 'consistent' },
      inputs: { x: ['batch', 56, 56, 3] },
      outputs: { y: ['batch', 28, 28, 8] },
    },
    { params: { filters: 16, strides: [2, 1], padding: 'same' }, inputs: { x: ['batch', 9, 9, 4] }, outputs: { y: ['batch', 5, 9, 16] } },
    { params: { filters: 16, dilationRate: 2 }, inputs: { x: ['batch', 9, 9, 4] }, outputs: { y: ['batch', 5, 5, 16] } },
    {
      params: { filters: 8, padding: 'same' },
      inputs: { x: ['batch', 3, 10, 12] },
      outputs: { y: ['batch', 8, 10, 12] },
      dataFormat: 'channelsFirst',
    },
  ],
});

function kerasConfig(p: Params, dataFormat: DataFormat) {
  return {
    filters: p.filters,
    kernel_size: p.kernelSize,
    strides: p.strides,
    padding: p.padding,
    data_format: kerasDataFormat(dataFormat),
    dilation_rate: p.dilationRate,
    activation: 'linear',
    use_bias: p.useBias,
    kernel_initializer: kerasInitializer(p.kernelInitializer),
    bias_initializer: 'zeros',
  };
}
