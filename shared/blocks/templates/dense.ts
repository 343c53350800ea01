import { blockOf, computed, drawing, type Drawing } from '../drawing';
import { conv, norm } from '../library/family';
import { convNormRelu } from './residualBlocks';
import { classifierHead, defineTemplate, documentOf, imageShape } from './template';

const GROWTH = 32;

/** Norm, ReLU and 1×1 convolution to four times the growth; the same with 3×3 to the growth; beside what came in. */
const denseLayer = blockOf(
  {
    id: 'denseLayer',
    name: 'dense layer',
    description: 'A layer of a DenseNet: what it computes is put beside all that came before.',
    parameters: [{ name: 'growth', default: GROWTH, description: 'Channels that the layer adds.' }],
  },
  (d, x) => {
    const narrow = d.add('conv1', 'conv2d', conv(computed('growth * 4'), 1), d.add('preActivation1', 'preActivation', norm, x));
    const added = d.add('conv2', 'conv2d', conv(computed('growth'), 3), d.add('preActivation2', 'preActivation', norm, narrow));
    return d.add('concatenate', 'concatenate', {}, x, added);
  },
);

const transition = blockOf(
  {
    id: 'transition',
    name: 'transition',
    description: 'Halves the channels and the size between the stages of a DenseNet.',
    parameters: [{ name: 'filters', default: 128, description: 'Channels that are left.' }],
  },
  (d, x) => {
    const narrow = d.add('conv', 'conv2d', conv(computed('filters'), 1), d.add('preActivation', 'preActivation', norm, x));
    return d.add('pool', 'averagePooling2d', {}, narrow);
  },
);

function stages(d: Drawing, counts: readonly number[], x: string, channels: number): string {
  return counts.reduce(
    ({ at, width }, repeat, stage) => {
      const dense = d.block(`dense${stage + 1}`, denseLayer, { repeat, growth: GROWTH }, at);
      const grown = width + repeat * GROWTH;
      if (stage === counts.length - 1) return { at: dense, width: grown };
      return { at: d.block(`transition${stage + 1}`, transition, { filters: grown / 2 }, dense), width: grown / 2 };
    },
    { at: x, width: channels },
  ).at;
}

export const densenet = defineTemplate({
  id: 'densenet',
  title: 'DenseNet-121',
  summary: 'Every layer reads all layers before it: features are used again instead of learned again.',
  paper: { title: 'Densely Connected Convolutional Networks', url: 'https://arxiv.org/abs/1608.06993' },
  defaults: { layers: 121, outputSize: 1000, dataFormat: 'channelsLast', inputSize: 224 },
  layers: [121],
  published: { 121: { parameters: 7_978_856, source: 'torchvision' } },
  build({ inputSize, outputSize, dataFormat }) {
    const d = drawing();
    const image = d.add('image', 'input', { shape: imageShape(inputSize, dataFormat) });
    const first = convNormRelu(d, 'conv1', conv(64, 7, 2), image);
    const pooled = d.add('pool1', 'maxPooling2d', { poolSize: [3, 3], strides: [2, 2], padding: 'consistent' }, first);
    const last = d.add('preActivation', 'preActivation', norm, stages(d, [6, 12, 24, 16], pooled, 64));
    classifierHead(d, last, outputSize);
    return documentOf(d, dataFormat);
  },
});
