import { blockOf, computed } from '../drawing';

/** The block of ConvNeXt (Liu et al. 2022, figure 4). */
export const convNext = blockOf(
  {
    id: 'convNext',
    name: 'ConvNeXt',
    keywords: ['layer scale'],
    description: 'A 7×7 depthwise convolution, a norm, and two 1×1 convolutions that are wide in between, with the identity as shortcut.',
    parameters: [
      { name: 'filters', default: 96, description: 'Channels of input and output.' },
      { name: 'dropRate', default: 0, description: 'Share of the samples in training whose path is dropped.' },
    ],
  },
  (d, x) => {
    const start = { kernelInitializer: { kind: 'truncatedNormal', mean: 0, stddev: 0.02 } };
    const depthwise = { kernelSize: [7, 7], padding: 'same', depthwiseInitializer: start.kernelInitializer };
    const seen = d.add('norm', 'layerNormalization', { epsilon: 1e-6 }, d.add('depthwise', 'depthwiseConv2d', depthwise, x));
    const wide = d.add('expand', 'conv2d', { filters: computed('filters * 4'), kernelSize: [1, 1], ...start }, seen);
    const narrow = d.add(
      'project',
      'conv2d',
      { filters: computed('filters'), kernelSize: [1, 1], ...start },
      d.add('gelu', 'gelu', {}, wide),
    );
    // A learned number for each channel that begins near zero: a depthwise kernel of one pixel.
    const small = { kernelSize: [1, 1], useBias: false, depthwiseInitializer: { kind: 'constant', value: 1e-6 } };
    const scaled = d.add('layerScale', 'depthwiseConv2d', small, narrow);
    return d.add('add', 'add', {}, x, d.add('stochasticDepth', 'stochasticDepth', { rate: computed('dropRate') }, scaled));
  },
);
