import * as z from 'zod';
import { multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { channelAxis, imageAxes, sampleSize, type TensorType } from '../../graph/tensor';
import { kerasInitializerOf, kernelInitializer } from '../_initializers';
import { formatStrides, joinSummary, pair, torchInitializer } from '../_params';
import { kerasConstraint } from '../_constraints';
import { kerasRegularizer, kernelConstraint, kernelRegularizer, weight } from '../_weights';
import { convolutionTensors, within } from '../_torch';
import { expectImage, imageShape, knownChannels, windowOutput } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import { defineLayer, X, type KerasPart } from '../define';
import { batchNormShape, batchNormTensors, batchNormWeights, lowerBatchNorm, torchBatchNorm } from '../norm/_batchNorm';
import { preActivationParts } from './_residual';

const params = z.strictObject({
  filters: z
    .int()
    .min(1)
    .max(65_536)
    .nullable()
    .default(null)
    .describe('Filters of the 1×1 projection; none for the identity shortcut.')
    .meta({ torch: 'out_channels', unit: 'channels' }),
  strides: pair(1, 255)
    .default([1, 1])
    .describe('Step of the projection, the same as the block’s.')
    .meta({ torch: 'stride', unit: 'pixels' }),
  ...batchNormShape,
  kernelInitializer: kernelInitializer.default('glorotUniform').describe('How the projection’s kernel starts.').meta(torchInitializer),
  kernelRegularizer,
  kernelConstraint,
});

const projection = { size: [1, 1], padding: 'consistent', dilation: [1, 1] } as const;

export const shortcut = defineLayer({
  type: 'shortcut',
  version: 1,
  title: 'Shortcut',
  category: 'residual',
  icon: 'split',
  keywords: ['skip connection', 'residual', 'identity', 'projection'],
  docs: {
    summary: 'Opens a pre-activation residual block: gives the pre-activated input, and the shortcut that is added at the end.',
    details:
      'Without filters the shortcut is x itself. With filters it is a 1×1 convolution with those strides, applied to the pre-activated x ' +
      '(not to x), which a block needs where its size or its channels change.',
    formula: 'preActivated = relu(bn(x));  shortcut = x, or conv1×1(preActivated)',
    url: 'https://arxiv.org/abs/1603.05027',
  },
  params,
  inputs: X,
  outputs: [
    { name: 'preActivated', description: 'Batch normalisation and ReLU of x: where the main path begins.' },
    { name: 'shortcut', description: 'x itself, or its projection: what is added at the end of the block.' },
  ],
  saves: 'all',
  infer({ x }, p, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    const axes = imageAxes(dataFormat);
    const channels = knownChannels(x, axes.channels);
    if (typeof channels !== 'number') return err(channels);
    if (p.filters === null && Math.max(...p.strides) > 1) {
      return err({
        code: 'param/identity-with-strides',
        param: 'filters',
        message: `strides ${p.strides.join('×')} need a projection: an identity shortcut cannot change the size. Set filters, or strides 1.`,
      });
    }
    if (p.filters === null) return ok({ preActivated: x, shortcut: x });
    const size = {
      height: windowOutput(x.shape[axes.height] as Dim, 1, p.strides[0], projection.padding),
      width: windowOutput(x.shape[axes.width] as Dim, 1, p.strides[1], projection.padding),
    };
    return ok({ preActivated: x, shortcut: { dtype: 'float32', shape: imageShape(x, dataFormat, { ...size, channels: p.filters }) } });
  },
  weights({ x }, p, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    const norm = batchNormWeights(channels);
    if (p.filters === null) return norm;
    const shape = [1, 1, channels, p.filters];
    return [...norm, weight('kernel', shape, p.kernelInitializer, p.kernelRegularizer, p.kernelConstraint)];
  },
  macs({ x }, outputs, p, { dataFormat }) {
    return p.filters === null ? 0 : multiplyDims(sampleSize(outputs.shortcut.shape), x.shape[channelAxis(4, dataFormat)] as number);
  },
  reach: (_inputs, p, _context, output) => (output === 'shortcut' ? { size: [1, 1], strides: p.strides, before: [0, 0] } : 'pointwise'),
  summary: (p) => (p.filters === null ? 'identity' : joinSummary('1×1', p.filters, formatStrides(p.strides))),
  lower(b, { x }, weights, p, context) {
    const preActivated = b.relu(lowerBatchNorm(b, x, weights, p, context));
    if (p.filters === null) return { preActivated, shortcut: x };
    // A 1×1 kernel needs no padding, whatever its strides.
    const attributes = {
      strides: p.strides,
      pads: [
        [0, 0],
        [0, 0],
      ],
      dilation: [1, 1],
    } as const;
    return { preActivated, shortcut: b.conv(preActivated, weights['kernel'] as NonNullable<(typeof weights)[string]>, attributes) };
  },
  keras(p, { x }, { dataFormat }) {
    const parts = preActivationParts(x, p, dataFormat);
    if (p.filters === null) return { parts, outputs: { preActivated: 'relu', shortcut: 'x' } };
    const conv: KerasPart = {
      name: 'projection',
      className: 'Conv2D',
      config: {
        filters: p.filters,
        kernel_size: [1, 1],
        strides: p.strides,
        padding: 'valid',
        data_format: kerasDataFormat(dataFormat),
        dilation_rate: [1, 1],
        activation: 'linear',
        use_bias: false,
        kernel_initializer: kerasInitializerOf(p.kernelInitializer),
        kernel_regularizer: kerasRegularizer(p.kernelRegularizer),
        kernel_constraint: kerasConstraint(p.kernelConstraint),
        bias_initializer: 'zeros',
      },
      inputs: ['relu'],
      weights: ['kernel'],
    };
    return { parts: [...parts, conv], outputs: { preActivated: 'relu', shortcut: 'projection' } };
  },
  torch(p, { x }: { x: TensorType }, { dataFormat }) {
    const channels = x.shape[channelAxis(4, dataFormat)] as number;
    const norm = `nn.Sequential(${torchBatchNorm(x, channels, p)}, nn.ReLU())`;
    if (p.filters === null) return { init: norm, forward: '(self.layer(x), x)', weights: within('0', batchNormTensors) };
    return {
      init: `nn.ModuleList([${norm}, nn.Conv2d(${channels}, ${p.filters}, kernel_size=1, stride=(${p.strides.join(', ')}), bias=False)])`,
      forward: '(a := self.layer[0](x), self.layer[1](a))',
      weights: { ...within('0.0', batchNormTensors), ...within('1', convolutionTensors(2, false)) },
    };
  },
  examples: [
    { inputs: { x: ['batch', 8, 8, 16] }, outputs: { preActivated: ['batch', 8, 8, 16], shortcut: ['batch', 8, 8, 16] } },
    {
      params: { filters: 32, strides: 2 },
      inputs: { x: ['batch', 9, 9, 16] },
      outputs: { preActivated: ['batch', 9, 9, 16], shortcut: ['batch', 5, 5, 32] },
    },
    {
      params: { filters: 32, strides: 2 },
      inputs: { x: ['batch', 16, 8, 8] },
      outputs: { preActivated: ['batch', 16, 8, 8], shortcut: ['batch', 32, 4, 4] },
      dataFormat: 'channelsFirst',
    },
  ],
});
