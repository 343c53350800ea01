import * as z from 'zod';
import { floorDivide, isKnown, multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { imageAxes, sampleSize } from '../../graph/tensor';
import { kerasInitializerOf, kernelInitializer } from '../_initializers';
import { formatPair, joinSummary, pair, torchInitializer } from '../_params';
import { useBias } from '../conv/_convolutionParams';
import { biasParams, kerasWeightConfig, kernelConstraint, kernelRegularizer, weight } from '../_weights';
import { expectImage, knownChannels } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import { defineLayer, X, Y } from '../define';

const NO_PADS = [
  [0, 0],
  [0, 0],
] as const;

export const patchEmbedding = defineLayer({
  type: 'patchEmbedding',
  version: 1,
  title: 'PatchEmbedding',
  category: 'attention',
  icon: 'layout-grid',
  keywords: ['vision transformer', 'vit', 'patches', 'image to sequence'],
  docs: {
    summary: 'Cuts an image into patches and makes each of them, by one learned projection, a step of a sequence.',
    details: 'Rows of patches one after another. What it computes is a convolution whose strides are its kernel’s size.',
    formula: 'y[t] = patch[t] · kernel + bias;  steps: ⌊height/p⌋ · ⌊width/p⌋',
    url: 'https://arxiv.org/abs/2010.11929',
    torchName: 'nn.Conv2d(stride = kernel_size)',
  },
  params: z.strictObject({
    patchSize: pair(1, 1024).default([16, 16]).describe('Height and width of a patch.').meta({ torch: 'kernel_size', unit: 'pixels' }),
    outputDim: z.int().min(1).max(65_536).default(64).describe('Channels of each step.').meta({ torch: 'out_channels', unit: 'channels' }),
    useBias,
    kernelInitializer: kernelInitializer
      .default('glorotUniform')
      .describe('How the kernel starts.')
      .meta({ advanced: true, ...torchInitializer }),
    kernelRegularizer,
    kernelConstraint,
    ...biasParams,
  }),
  inputs: X,
  outputs: Y,
  infer({ x }, p, { dataFormat }) {
    const problem = expectImage(x);
    if (problem) return err(problem);
    const axes = imageAxes(dataFormat);
    const channels = knownChannels(x, axes.channels);
    if (typeof channels !== 'number') return err(channels);
    const [height, width] = [x.shape[axes.height], x.shape[axes.width]] as [Dim, Dim];
    if ([height, width].some((size, axis) => isKnown(size) && size % (p.patchSize[axis] as number) !== 0)) {
      const image = `${isKnown(height) ? height : 'H'}×${isKnown(width) ? width : 'W'}`;
      const message = `patches of ${formatPair(p.patchSize)} do not fill an image of ${image}. Choose sizes that divide it, or resize it before.`;
      return err({ code: 'shape/patches', param: 'patchSize', message });
    }
    const steps = multiplyDims(floorDivide(height, p.patchSize[0]), floorDivide(width, p.patchSize[1]));
    return ok({ y: { dtype: 'float32', shape: [x.shape[0] as Dim, steps, p.outputDim] } });
  },
  weights({ x }, p, { dataFormat }) {
    const channels = x.shape[imageAxes(dataFormat).channels] as number;
    const kernel = weight('kernel', [...p.patchSize, channels, p.outputDim], p.kernelInitializer, p.kernelRegularizer, p.kernelConstraint);
    return p.useBias ? [kernel, weight('bias', [p.outputDim], p.biasInitializer, p.biasRegularizer, p.biasConstraint)] : [kernel];
  },
  macs: ({ x }, { y }, p, { dataFormat }) =>
    multiplyDims(sampleSize(y.shape), p.patchSize[0] * p.patchSize[1] * (x.shape[imageAxes(dataFormat).channels] as number)),
  reach: () => 'unknown',
  summary: (p) => joinSummary(formatPair(p.patchSize), p.outputDim),
  lower(b, { x }, { kernel, bias }, p) {
    const patches = b.conv(x, kernel as NonNullable<typeof kernel>, { strides: p.patchSize, pads: NO_PADS, dilation: [1, 1] });
    const [batch, height, width, channels] = patches.type.shape as [Dim, Dim, Dim, Dim];
    return { y: b.reshape(bias ? b.add(patches, bias) : patches, [batch, multiplyDims(height, width), channels]) };
  },
  keras(p, _inputs, { dataFormat }) {
    const config = {
      filters: p.outputDim,
      kernel_size: p.patchSize,
      strides: p.patchSize,
      padding: 'valid',
      data_format: kerasDataFormat(dataFormat),
      use_bias: p.useBias,
      kernel_initializer: kerasInitializerOf(p.kernelInitializer),
      ...kerasWeightConfig(p),
    };
    const weights = p.useBias ? ['kernel', 'bias'] : ['kernel'];
    const turned = dataFormat === 'channelsFirst';
    return {
      parts: [
        { name: 'patches', className: 'Conv2D', config, inputs: ['x'], weights },
        ...(turned ? [{ name: 'turned', className: 'Permute', config: { dims: [2, 3, 1] }, inputs: ['patches'], weights: [] }] : []),
        {
          name: 'steps',
          className: 'Reshape',
          config: { target_shape: [-1, p.outputDim] },
          inputs: [turned ? 'turned' : 'patches'],
          weights: [],
        },
      ],
      outputs: { y: 'steps' },
    };
  },
  torch(p, { x }, { dataFormat }) {
    const size = `(${p.patchSize.join(', ')})`;
    const channels = x.shape[imageAxes(dataFormat).channels] as number;
    return {
      init: `nn.Conv2d(${channels}, ${p.outputDim}, kernel_size=${size}, stride=${size}, bias=${p.useBias ? 'True' : 'False'})`,
      forward: 'self.layer(x).flatten(2).transpose(1, 2)',
      weights: { weight: { from: 'kernel', axes: [3, 2, 0, 1] }, ...(p.useBias ? { bias: { from: 'bias' } } : {}) },
    };
  },
  examples: [
    { params: { patchSize: 2, outputDim: 5 }, inputs: { x: ['batch', 4, 6, 3] }, outputs: { y: ['batch', 6, 5] } },
    {
      params: { patchSize: [4, 2], outputDim: 5, useBias: false },
      inputs: { x: ['batch', 3, 4, 6] },
      outputs: { y: ['batch', 3, 5] },
      dataFormat: 'channelsFirst',
    },
  ],
});
