import { drawing, type Drawing } from '../drawing';
import { denseBlock, transition } from '../library/dense';
import { conv, convNormRelu, norm, paddedPool } from '../library/family';
import { classifierHead, defineTemplate, documentOf, photographed } from './template';

const GROWTH = 32;

function stages(d: Drawing, counts: readonly number[], x: string, channels: number): string {
  return counts.reduce(
    ({ at, width }, layers, stage) => {
      const dense = d.block(`dense${stage + 1}`, denseBlock, { layers, growth: GROWTH }, at);
      const grown = width + layers * GROWTH;
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
  build(options) {
    const { outputSize, dataFormat } = options;
    const d = drawing();
    const image = d.add('image', 'input', photographed(options));
    const first = convNormRelu(d, 'conv1', conv(64, 7, 2), image);
    const last = d.add('preActivation', 'preActivation', norm, stages(d, [6, 12, 24, 16], paddedPool(d, first), 64));
    classifierHead(d, last, outputSize);
    return documentOf(d, dataFormat);
  },
});
