import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { channelAxis } from '../../graph/tensor';
import type { Dim } from '../../graph/dim';
import type { Value } from '../../program/builder';
import { kerasInitializerOf, matrixInitializer } from '../_initializers';
import { joinSummary, torchInitializer } from '../_params';
import { weight } from '../_weights';
import { expectAxes, knownChannels } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import { defineLayer, X, Y } from '../define';

const params = z.strictObject({
  ratio: z.int().min(1).max(1024).default(16).describe('How many times fewer numbers the gate is squeezed into.'),
  activation: z.enum(['relu', 'silu']).default('relu').describe('Of the numbers in between; EfficientNet has silu.'),
  kernelInitializer: matrixInitializer.default('glorotUniform').describe('How both matrices start.').meta(torchInitializer),
});

/** At least one. */
function squeezed(channels: number, ratio: number): number {
  return Math.max(Math.floor(channels / ratio), 1);
}

export const squeezeExcite = defineLayer({
  type: 'squeezeExcite',
  version: 1,
  title: 'Squeeze-and-excitation',
  category: 'residual',
  icon: 'split',
  keywords: ['se', 'gate', 'attention', 'channel', 'senet', 'mobilenet', 'efficientnet'],
  docs: {
    summary: 'A gate for each channel, from what the whole image shows: global average, dense, relu, dense, sigmoid, multiply.',
    details: 'Hu et al. 2018, “Squeeze-and-Excitation Networks”: stands at the end of a residual block’s main path, before the add.',
    formula: 'y = x · sigmoid(expand · relu(reduce · mean(x)))',
    url: 'https://arxiv.org/abs/1709.01507',
    torchName: 'torchvision.ops.SqueezeExcitation',
  },
  params,
  inputs: X,
  outputs: Y,
  infer({ x }, _p, { dataFormat }) {
    const problem = expectAxes(x, 2);
    if (problem) return err(problem);
    const channels = knownChannels(x, channelAxis(4, dataFormat));
    return typeof channels === 'number' ? ok({ y: x }) : err(channels);
  },
  weights({ x }, { ratio, kernelInitializer }, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    const few = squeezed(channels, ratio);
    return [
      weight('reduceKernel', [channels, few], kernelInitializer),
      weight('reduceBias', [few], 'zeros'),
      weight('expandKernel', [few, channels], kernelInitializer),
      weight('expandBias', [channels], 'zeros'),
    ];
  },
  macs({ x }, _outputs, { ratio }, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    return 2 * channels * squeezed(channels, ratio);
  },
  reach: () => 'global',
  summary: (p) => joinSummary(`/${p.ratio}`, p.activation === 'relu' ? '' : p.activation),
  lower(b, { x }, weights, { activation }) {
    const { reduceKernel, reduceBias, expandKernel, expandBias } = weights as Record<string, Value>;
    const reduced = b.add(b.matMul(b.reduceMean(x, [1, 2]), reduceKernel as Value), reduceBias as Value);
    const few = activation === 'relu' ? b.relu(reduced) : b.mul(reduced, b.sigmoid(reduced));
    const gate = b.sigmoid(b.add(b.matMul(few, expandKernel as Value), expandBias as Value));
    const [batch, , , channels] = x.type.shape as [Dim, Dim, Dim, Dim];
    return { y: b.mul(x, b.reshape(gate, [batch, 1, 1, channels])) };
  },
  keras(p, { x }, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    const dense = (units: number, activation: string) => ({
      className: 'Dense',
      config: {
        units,
        activation,
        use_bias: true,
        kernel_initializer: kerasInitializerOf(p.kernelInitializer),
        bias_initializer: 'zeros',
      },
    });
    const pixel = dataFormat === 'channelsLast' ? [1, 1, channels] : [channels, 1, 1];
    return {
      parts: [
        { name: 'mean', className: 'GlobalAveragePooling2D', config: { data_format: kerasDataFormat(dataFormat) }, inputs: ['x'] },
        {
          name: 'reduce',
          ...dense(squeezed(channels, p.ratio), p.activation === 'relu' ? 'relu' : 'swish'),
          inputs: ['mean'],
          weights: ['reduceKernel', 'reduceBias'],
        },
        { name: 'expand', ...dense(channels, 'sigmoid'), inputs: ['reduce'], weights: ['expandKernel', 'expandBias'] },
        { name: 'gate', className: 'Reshape', config: { target_shape: pixel }, inputs: ['expand'] },
        { name: 'gated', className: 'Multiply', config: {}, inputs: ['x', 'gate'] },
      ],
      outputs: { y: 'gated' },
    };
  },
  torch(p, { x }, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    const few = squeezed(channels, p.ratio);
    const layers = [
      `nn.Conv2d(${channels}, ${few}, 1)`,
      p.activation === 'relu' ? 'nn.ReLU()' : 'nn.SiLU()',
      `nn.Conv2d(${few}, ${channels}, 1)`,
      'nn.Sigmoid()',
    ];
    return {
      init: `nn.Sequential(nn.AdaptiveAvgPool2d(1), ${layers.join(', ')})`,
      forward: 'x * self.layer(x)',
      weights: {
        '1.weight': { from: 'reduceKernel', axes: [1, 0], shape: [few, channels, 1, 1] },
        '1.bias': { from: 'reduceBias' },
        '3.weight': { from: 'expandKernel', axes: [1, 0], shape: [channels, few, 1, 1] },
        '3.bias': { from: 'expandBias' },
      },
    };
  },
  examples: [
    { params: { ratio: 4 }, inputs: { x: ['batch', 3, 4, 8] }, outputs: { y: ['batch', 3, 4, 8] } },
    { params: { ratio: 2, activation: 'silu' }, inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] } },
    { inputs: { x: ['batch', 6, 3, 4] }, outputs: { y: ['batch', 6, 3, 4] }, dataFormat: 'channelsFirst' },
  ],
});
