import * as z from 'zod';
import { isKnown, multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { sampleSize } from '../../graph/tensor';
import { initializerName, joinSummary, kerasInitializer } from '../_params';
import { asImage, asSequence, expectSequence } from '../_sequence';
import { knownChannels, span, windowOutput, windowPads } from '../_window';
import { defineLayer, unsupported, X, Y } from '../define';

const params = z.strictObject({
  filters: z.int().min(1).max(65_536).default(32).describe('Number of output channels.').meta({ torch: 'out_channels' }),
  kernelSize: z.int().min(1).max(4096).default(3).describe('Steps of the kernel.').meta({ torch: 'kernel_size' }),
  strides: z.int().min(1).max(4096).default(1).describe('Steps from one position to the next.').meta({ torch: 'stride' }),
  padding: z
    .enum(['valid', 'same', 'causal'])
    .default('valid')
    .describe('Zeros at the ends: none, on both, or before only, so that no step sees a later one.')
    .meta({ torch: 'padding' }),
  dilationRate: z.int().min(1).max(4096).default(1).describe('Distance between the kernel’s elements.').meta({ torch: 'dilation' }),
  useBias: z.boolean().default(true).describe('Adds a learned number to each channel.').meta({ torch: 'bias' }),
  kernelInitializer: initializerName.default('glorotUniform').describe('How the kernel starts.'),
});
type Params = z.output<typeof params>;

function pads(steps: Dim, p: Params): readonly [number, number] {
  const reach = span(p.kernelSize, p.dilationRate);
  if (p.padding === 'causal') return [reach - 1, 0];
  if (p.padding === 'same' && p.strides > 1 && !isKnown(steps)) throw new Error('A network is compiled for known sizes.');
  return windowPads(isKnown(steps) ? steps : reach, reach, p.strides, p.padding);
}

export const conv1d = defineLayer({
  type: 'conv1d',
  version: 1,
  title: 'Conv1D',
  category: 'convolution',
  icon: 'waves',
  keywords: ['convolution', 'sequence', 'time series', 'causal'],
  docs: {
    summary: 'Slides learned kernels over a sequence; each gives one channel of the output.',
    formula: 'y = Σ x · kernel + bias;  steps: ⌊(n + pads − ((k − 1)·d + 1))/s⌋ + 1',
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
  infer({ x }, p) {
    const problem = expectSequence(x);
    if (problem) return err(problem);
    const channels = knownChannels(x, 2);
    if (typeof channels !== 'number') return err(channels);
    if (p.strides > 1 && p.dilationRate > 1) {
      const message = `strides ${p.strides} and dilation ${p.dilationRate} cannot both be above 1. Set one of them to 1.`;
      return err({ code: 'param/strides-and-dilation', param: 'dilationRate', message });
    }
    const [batch, steps] = x.shape as [Dim, Dim];
    const reach = span(p.kernelSize, p.dilationRate);
    if (p.padding === 'valid' && isKnown(steps) && steps < reach) {
      const message = `kernel ${reach} does not fit its input of ${steps} steps with padding "valid". Use padding "same", or a smaller kernel.`;
      return err({ code: 'shape/kernel-larger-than-input', param: 'kernelSize', message });
    }
    const length = windowOutput(steps, reach, p.strides, p.padding === 'valid' ? 'valid' : 'same');
    return ok({ y: { dtype: 'float32', shape: [batch, length, p.filters] } });
  },
  weights({ x }, p) {
    const channels = x.shape[2] as number;
    const fans = { fanIn: p.kernelSize * channels, fanOut: p.kernelSize * p.filters };
    const kernel = {
      name: 'kernel',
      shape: [p.kernelSize, channels, p.filters],
      initializer: { kind: p.kernelInitializer, ...fans },
      trainable: true,
    } as const;
    const bias = { name: 'bias', shape: [p.filters], initializer: { kind: 'zeros' }, trainable: true } as const;
    return p.useBias ? [kernel, bias] : [kernel];
  },
  macs: ({ x }, { y }, p) => multiplyDims(sampleSize(y.shape), p.kernelSize * (x.shape[2] as number)),
  summary: (p) => joinSummary(p.kernelSize, p.filters, p.strides === 1 ? '' : `/${p.strides}`, p.padding === 'causal' ? 'causal' : ''),
  lower(b, { x }, { kernel, bias }, p) {
    const taps = b.reshape(kernel as NonNullable<typeof kernel>, [p.kernelSize, 1, x.type.shape[2] as number, p.filters]);
    const image = b.conv(asImage(b, x), taps, {
      strides: [p.strides, 1],
      pads: [pads(x.type.shape[1] as Dim, p), [0, 0]],
      dilation: [p.dilationRate, 1],
    });
    return { y: asSequence(b, bias ? b.add(image, bias) : image) };
  },
  keras(p) {
    if (p.padding === 'causal') return unsupported('TensorFlow.js has no causal convolution. Use padding “same”.');
    return {
      className: 'Conv1D',
      config: {
        filters: p.filters,
        kernel_size: [p.kernelSize],
        strides: [p.strides],
        padding: p.padding,
        dilation_rate: [p.dilationRate],
        activation: 'linear',
        use_bias: p.useBias,
        kernel_initializer: kerasInitializer(p.kernelInitializer),
        bias_initializer: 'zeros',
      },
    };
  },
  torch(p, { x }) {
    if (p.padding === 'same' && p.strides > 1) return unsupported('PyTorch has no padding “same” with strides above 1.');
    const before = span(p.kernelSize, p.dilationRate) - 1;
    const init = `nn.Conv1d(${x.shape[2] as number}, ${p.filters}, ${p.kernelSize}, stride=${p.strides}, padding='${p.padding === 'same' ? 'same' : 'valid'}', dilation=${p.dilationRate}, bias=${p.useBias ? 'True' : 'False'})`;
    const turned = 'x.transpose(1, 2)';
    return { init, forward: `self.layer(${p.padding === 'causal' ? `F.pad(${turned}, (${before}, 0))` : turned}).transpose(1, 2)` };
  },
  examples: [
    { params: { filters: 4 }, inputs: { x: ['batch', 10, 3] }, outputs: { y: ['batch', 8, 4] } },
    { params: { filters: 4, strides: 2, padding: 'same' }, inputs: { x: ['batch', 10, 3] }, outputs: { y: ['batch', 5, 4] } },
    { params: { filters: 4, dilationRate: 2, padding: 'causal' }, inputs: { x: ['batch', 10, 3] }, outputs: { y: ['batch', 10, 4] } },
  ],
});
