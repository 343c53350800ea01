import type { BlockParameter } from '../../document/document';
import type { Params } from '../../graph/graph';
import { blockOf, computed, drawing, type Drawing } from '../drawing';
import { conv, stridesParameter } from '../library/family';
import {
  channelsOutParameter,
  channelsParameter,
  expansionParameter,
  invertedOpening,
  invertedPath,
  invertedResidual,
  mobileNorm,
  normActive,
  relu6,
  type Activation,
} from '../library/inverted';
import { defineTemplate, documentOf, photographed, scores } from './template';

const sgd = { kind: 'sgd', learningRate: 0.045, momentum: 0.9, nesterov: false } as const;

interface ConvNormActive {
  readonly filters: number;
  readonly kernel: number;
  readonly strides?: number;
  readonly norm: Params;
  readonly activation: Activation;
}

function convNormActive(d: Drawing, name: string, { filters, kernel, strides = 1, norm, activation }: ConvNormActive, x: string): string {
  return normActive(d, name, { norm, activation }, d.add(name, 'conv2d', conv(filters, kernel, strides), x));
}

function pooledScores(d: Drawing, x: string, dropout: number, outputSize: number): void {
  scores(d, d.add('dropout', 'dropout', { rate: dropout }, d.add('pool', 'globalAveragePooling2d', {}, x)), outputSize);
}

/** The first block of MobileNetV2, which has nothing to widen. */
const separable = blockOf(
  {
    id: 'separableConvolution',
    name: 'separable convolution',
    description: 'A depthwise convolution, and a 1×1 convolution that mixes the channels, with no activation behind it.',
    parameters: [{ name: 'filters', default: 16, description: 'Channels of the output.' }],
  },
  (d, x) => invertedPath(d, x, { kernelSize: [3, 3], strides: [1, 1], filters: computed('filters'), activation: relu6, norm: mobileNorm }),
);

/** Expansion, filters, blocks and first strides of each stage after the first (Sandler et al. 2018, table 2). */
const MOBILENET_STAGES = [
  [24, 2, 2],
  [32, 3, 2],
  [64, 4, 2],
  [96, 3, 1],
  [160, 3, 2],
  [320, 1, 1],
] as const;

export const mobilenetV2 = defineTemplate({
  id: 'mobilenet-v2',
  title: 'MobileNetV2',
  summary: 'Inverted residuals: wide inside by cheap depthwise convolutions, narrow where the shortcuts run. Made for phones.',
  paper: { title: 'MobileNetV2: Inverted Residuals and Linear Bottlenecks', url: 'https://arxiv.org/abs/1801.04381' },
  defaults: { layers: 53, outputSize: 1000, dataFormat: 'channelsLast', inputSize: 224 },
  layers: [53],
  published: { 53: { parameters: 3_504_872, source: 'torchvision' } },
  build(options) {
    const { outputSize, dataFormat } = options;
    const d = drawing();
    const common = { norm: mobileNorm, activation: relu6 };
    const image = d.add('image', 'input', photographed(options));
    const first = convNormActive(d, 'conv1', { ...common, filters: 32, kernel: 3, strides: 2 }, image);
    let at = { x: d.block('stage1', separable, { filters: 16 }, first), channels: 16 };
    for (const [index, [filters, count, strides]] of MOBILENET_STAGES.entries()) {
      const name = `stage${index + 2}`;
      const x = d.block(count > 1 ? `${name}_first` : name, invertedOpening, { channels: at.channels, filters, strides }, at.x);
      at = { x: count > 1 ? d.block(name, invertedResidual, { repeat: count - 1, filters }, x) : x, channels: filters };
    }
    pooledScores(d, convNormActive(d, 'last', { ...common, filters: 1280, kernel: 1 }, at.x), 0.2, outputSize);
    return documentOf(d, dataFormat, { epochs: 90, optimizer: sgd });
  },
});

/** As the authors’ code and Keras have it. */
const efficientNorm = { momentum: 0.99, epsilon: 1e-3 } as const;
const silu = { type: 'silu', params: {} } as const;

/** The gate is squeezed to a quarter of the channels that come in, whatever the expansion. */
const mobileParts = { activation: silu, norm: efficientNorm, kernelSize: computed('kernel'), filters: computed('filters') } as const;
const gated = { ratio: computed('expansion * 4'), activation: 'silu' };
const kernel: BlockParameter = { name: 'kernel', default: 3, description: 'Height and width of the depthwise kernel.' };

/** The first block of EfficientNet-B0, which has nothing to widen. */
const gatedSeparable = blockOf(
  {
    id: 'gatedSeparable',
    name: 'separable convolution with a gate',
    description: 'The first block of EfficientNet: a depthwise convolution, a gate for each channel, a 1×1 convolution.',
    parameters: [channelsOutParameter, kernel],
  },
  (d, x) => invertedPath(d, x, { ...mobileParts, strides: [1, 1], gate: { ...gated, ratio: 4 } }),
);

const mobileOpening = blockOf(
  {
    id: 'mobileOpening',
    name: 'MBConv, opening',
    description: 'An inverted residual of EfficientNet that opens a stage: its size or channels change, so it has no shortcut.',
    parameters: [channelsParameter, channelsOutParameter, expansionParameter, kernel, stridesParameter],
  },
  (d, x) => invertedPath(d, x, { ...mobileParts, expanded: computed('channels * expansion'), strides: computed('strides'), gate: gated }),
);

const mobileBlock = blockOf(
  {
    id: 'mobileBlock',
    name: 'MBConv',
    description: 'An inverted residual of EfficientNet: with a gate for each channel, and dropped for some samples in training.',
    parameters: [
      { ...channelsOutParameter, description: 'Channels of input and output.' },
      expansionParameter,
      kernel,
      { name: 'dropRate', default: 0, description: 'Share of the samples in training whose path is dropped.' },
    ],
  },
  (d, x) => {
    const path = invertedPath(d, x, { ...mobileParts, expanded: computed('filters * expansion'), strides: [1, 1], gate: gated });
    return d.add('add', 'add', {}, d.add('stochasticDepth', 'stochasticDepth', { rate: computed('dropRate') }, path), x);
  },
);

/** Filters, blocks, first strides and kernel of each stage after the first (Tan & Le 2019, table 1). */
const EFFICIENTNET_STAGES = [
  [24, 2, 2, 3],
  [40, 2, 2, 5],
  [80, 3, 2, 3],
  [112, 3, 1, 5],
  [192, 4, 2, 5],
  [320, 1, 1, 3],
] as const;
/** The share of dropped paths grows to this at the last block. */
const DROPPED = 0.2;
const EFFICIENTNET_BLOCKS = 1 + EFFICIENTNET_STAGES.reduce((sum, [, count]) => sum + count, 0);

export const efficientNetB0 = defineTemplate({
  id: 'efficientnet-b0',
  title: 'EfficientNet-B0',
  summary: 'Inverted residuals with a gate for each channel; depth, width and size found together.',
  paper: { title: 'EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks', url: 'https://arxiv.org/abs/1905.11946' },
  defaults: { layers: 82, outputSize: 1000, dataFormat: 'channelsLast', inputSize: 224 },
  published: { 82: { parameters: 5_288_548, source: 'torchvision' } },
  build(options) {
    const { outputSize, dataFormat } = options;
    const d = drawing();
    const common = { norm: efficientNorm, activation: silu };
    const image = d.add('image', 'input', photographed(options));
    const first = convNormActive(d, 'conv1', { ...common, filters: 32, kernel: 3, strides: 2 }, image);
    let at = { x: d.block('stage1', gatedSeparable, { filters: 16 }, first), channels: 16, blocks: 1 };
    for (const [index, [wide, count, strides, size]] of EFFICIENTNET_STAGES.entries()) {
      const name = `stage${index + 2}`;
      const opening = { channels: at.channels, filters: wide, strides, kernel: size };
      const x = d.block(count > 1 ? `${name}_first` : name, mobileOpening, opening, at.x);
      const dropRate = computed(`${DROPPED} * (${at.blocks + 1} + index) / ${EFFICIENTNET_BLOCKS}`);
      const rest = { repeat: count - 1, filters: wide, kernel: size, dropRate };
      at = { x: count > 1 ? d.block(name, mobileBlock, rest, x) : x, channels: wide, blocks: at.blocks + count };
    }
    pooledScores(d, convNormActive(d, 'last', { ...common, filters: 1280, kernel: 1 }, at.x), 0.2, outputSize);
    return documentOf(d, dataFormat);
  },
});
