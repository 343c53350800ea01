import { drawing, type Drawing } from '../drawing';
import { defineTemplate, documentOf, imageShape, photographed, scores, type TemplateOptions } from './template';

const adam = { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
const he = { kernelInitializer: 'heNormal' } as const;

export const mlp = defineTemplate({
  id: 'mlp',
  title: 'Multilayer perceptron',
  summary: 'Two hidden layers: the smallest network that is worth comparing with.',
  defaults: { layers: 3, outputSize: 10, dataFormat: 'channelsLast', inputSize: 8 },
  build({ inputSize, outputSize, dataFormat }) {
    const d = drawing();
    const flat = d.add('flatten', 'flatten', {}, d.add('image', 'input', { shape: imageShape(inputSize, dataFormat, 1) }));
    const hidden1 = d.add('relu1', 'relu', {}, d.add('hidden1', 'dense', { units: 128, ...he }, flat));
    const hidden2 = d.add('relu2', 'relu', {}, d.add('hidden2', 'dense', { units: 64, ...he }, hidden1));
    scores(d, hidden2, outputSize);
    return { ...documentOf(d, dataFormat, { epochs: 20, optimizer: adam }), data: { dataset: 'digits', inputs: {} } };
  },
});

export const lenet5 = defineTemplate({
  id: 'lenet',
  title: 'LeNet-5',
  summary: 'The convolutional network that read cheques: two convolutions, two poolings, three dense layers.',
  paper: { title: 'Gradient-Based Learning Applied to Document Recognition', url: 'https://doi.org/10.1109/5.726791' },
  defaults: { layers: 5, outputSize: 10, dataFormat: 'channelsLast', inputSize: 32 },
  published: { 5: { parameters: 61_706, source: 'the network with plain pooling and full connections, as it is taught' } },
  layers: [5],
  build({ inputSize, outputSize, dataFormat }) {
    const d = drawing();
    let x = d.add('image', 'input', { shape: imageShape(inputSize, dataFormat, 1) });
    for (const [index, filters] of [6, 16].entries()) {
      x = d.add(`conv${index + 1}`, 'conv2d', { filters, kernelSize: [5, 5] }, x);
      x = d.add(`pool${index + 1}`, 'averagePooling2d', {}, d.add(`tanh${index + 1}`, 'tanh', {}, x));
    }
    x = d.add('flatten', 'flatten', {}, x);
    for (const [index, units] of [120, 84].entries())
      x = d.add(`tanh${index + 3}`, 'tanh', {}, d.add(`dense${index + 1}`, 'dense', { units }, x));
    scores(d, x, outputSize);
    return documentOf(d, dataFormat, { optimizer: adam });
  },
});

function denseHead(d: Drawing, x: string, units: number, outputSize: number, dropoutFirst: boolean): void {
  let at = x;
  for (const index of [1, 2]) {
    const before = dropoutFirst ? d.add(`dropout${index}`, 'dropout', { rate: 0.5 }, at) : at;
    const active = d.add(`dense${index}_relu`, 'relu', {}, d.add(`dense${index}`, 'dense', { units, ...he }, before));
    at = dropoutFirst ? active : d.add(`dropout${index}`, 'dropout', { rate: 0.5 }, active);
  }
  scores(d, at, outputSize);
}

export const alexnet = defineTemplate({
  id: 'alexnet',
  title: 'AlexNet',
  summary: 'The network that began it in 2012, in the form of one tower.',
  paper: { title: 'One weird trick for parallelizing convolutional neural networks', url: 'https://arxiv.org/abs/1404.5997' },
  defaults: { layers: 8, outputSize: 1000, dataFormat: 'channelsLast', inputSize: 224 },
  layers: [8],
  published: { 8: { parameters: 61_100_840, source: 'torchvision' } },
  build(options) {
    const { outputSize, dataFormat } = options;
    const d = drawing();
    const pool = { poolSize: [3, 3], strides: [2, 2] };
    const conv = (name: string, filters: number, kernel: number, x: string) =>
      d.add(`${name}_relu`, 'relu', {}, d.add(name, 'conv2d', { filters, kernelSize: [kernel, kernel], padding: 'same', ...he }, x));
    const image = d.add('image', 'input', photographed(options));
    const padded = d.add('pad', 'pad', { mode: 'explicit', top: 2, bottom: 2, left: 2, right: 2 }, image);
    const first = d.add('conv1', 'conv2d', { filters: 64, kernelSize: [11, 11], strides: [4, 4], ...he }, padded);
    let x = d.add('pool1', 'maxPooling2d', pool, d.add('conv1_relu', 'relu', {}, first));
    x = d.add('pool2', 'maxPooling2d', pool, conv('conv2', 192, 5, x));
    x = conv('conv5', 256, 3, conv('conv4', 256, 3, conv('conv3', 384, 3, x)));
    denseHead(d, d.add('flatten', 'flatten', {}, d.add('pool5', 'maxPooling2d', pool, x)), 4096, outputSize, true);
    return documentOf(d, dataFormat);
  },
});

/** Convolutions in each of the five stages (Simonyan & Zisserman 2014, table 1, columns A and D). */
const VGG_STAGES: Readonly<Record<number, readonly number[]>> = { 11: [1, 1, 2, 2, 2], 16: [2, 2, 3, 3, 3] };
const VGG_FILTERS = [64, 128, 256, 512, 512];

export const vgg = defineTemplate({
  id: 'vgg',
  title: 'VGG',
  summary: 'Nothing but 3×3 convolutions and poolings, and three large dense layers.',
  paper: { title: 'Very Deep Convolutional Networks for Large-Scale Image Recognition', url: 'https://arxiv.org/abs/1409.1556' },
  defaults: { layers: 16, outputSize: 1000, dataFormat: 'channelsLast', inputSize: 224 },
  layers: [11, 16],
  published: {
    11: { parameters: 132_863_336, source: 'torchvision' },
    16: { parameters: 138_357_544, source: 'torchvision' },
  },
  build(options: TemplateOptions) {
    const stages = VGG_STAGES[options.layers];
    if (!stages) throw new RangeError(`A VGG has 11 or 16 layers, not ${options.layers}.`);
    const d = drawing();
    let x = d.add('image', 'input', photographed(options));
    for (const [stage, count] of stages.entries()) {
      for (let index = 1; index <= count; index += 1) {
        const name = `conv${stage + 1}_${index}`;
        x = d.add(`${name}_relu`, 'relu', {}, d.add(name, 'conv2d', { filters: VGG_FILTERS[stage] as number, padding: 'same', ...he }, x));
      }
      x = d.add(`pool${stage + 1}`, 'maxPooling2d', {}, x);
    }
    denseHead(d, d.add('flatten', 'flatten', {}, x), 4096, options.outputSize, false);
    return documentOf(d, options.dataFormat);
  },
});
