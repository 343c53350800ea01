import { computed, drawing, type Drawing, type WithUses } from '../drawing';
import { conv, convNormRelu, norm, paddedPool } from '../library/family';
import { plainBasic } from '../library/plain';
import {
  postActivationBasic,
  postActivationBasicProjection,
  postActivationBottleneck,
  postActivationBottleneckProjection,
} from '../library/postActivation';
import { residualBasic } from '../library/residualBasic';
import { residualBottleneck } from '../library/residualBottleneck';
import { classifierHead, defineTemplate, documentOf, photographed, type PublishedCount, type TemplateOptions } from './template';

/** Blocks in each of the four stages, by the number of layers (He et al. 2015, table 1; 200 of the paper of 2016). */
const STAGES: Readonly<Record<number, readonly number[]>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
  200: [3, 24, 36, 3],
};

function stagesOf(layers: number): readonly number[] {
  const stages = STAGES[layers];
  if (!stages) throw new RangeError(`A ResNet has ${Object.keys(STAGES).join(', ')} layers, not ${layers}.`);
  return stages;
}

const sgd = { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false } as const;

function stem(d: Drawing, options: TemplateOptions, normalized: boolean): string {
  const image = d.add('image', 'input', photographed(options));
  const first = normalized ? convNormRelu(d, 'conv1', conv(64, 7, 2), image) : d.add('conv1', 'conv2d', conv(64, 7, 2), image);
  if (!normalized) return d.add('pool1', 'maxPooling2d', { poolSize: [3, 3], strides: [2, 2], padding: 'same' }, first);
  return paddedPool(d, first);
}

/** Stages as stacks of one block, of which the first copy projects and, after the first stage, has strides 2. */
function preActivationStages(d: Drawing, block: WithUses, stages: readonly number[], filters: number, x: string): string {
  return stages.reduce(
    (from, repeat, stage) =>
      d.block(
        `stage${stage + 1}`,
        block,
        {
          repeat,
          filters: filters * 2 ** stage,
          strides: stage === 0 ? 1 : computed('index == 0 ? 2 : 1'),
          ...(block === plainBasic ? {} : { project: computed('index == 0') }),
        },
        from,
      ),
    x,
  );
}

const torchvision = 'torchvision, trained on ImageNet with 1,000 classes';

/** Norms that stand before the convolutions instead of behind them come to as many numbers; those of the projections are left out. */
const basicDifference = {
  parameters: 64 * 64 - 2 * (128 + 256 + 512),
  why: '4,096 for a projection in the first stage, less 1,792 since projections have no norms of their own',
};
const deepDifference = {
  parameters: -2 * (256 + 512 + 1024 + 2048),
  why: 'projections have no norms of their own',
};
const of2015 = `the network of 2015, ${torchvision}`;

export const resnet = defineTemplate({
  id: 'resnet',
  title: 'ResNet (pre-activation)',
  summary: 'Residual learning with the identity left free: norm and ReLU come before each convolution.',
  paper: { title: 'Identity Mappings in Deep Residual Networks', url: 'https://arxiv.org/abs/1603.05027' },
  defaults: { layers: 50, outputSize: 1000, dataFormat: 'channelsLast', inputSize: 224 },
  layers: Object.keys(STAGES).map(Number),
  published: {
    18: { parameters: 11_689_512, source: of2015, difference: basicDifference },
    34: { parameters: 21_797_672, source: of2015, difference: basicDifference },
    50: { parameters: 25_557_032, source: of2015, difference: deepDifference },
    101: { parameters: 44_549_160, source: of2015, difference: deepDifference },
    152: { parameters: 60_192_808, source: of2015, difference: deepDifference },
    200: { parameters: 64_700_000, digits: 3, source: 'Wide Residual Networks, Zagoruyko & Komodakis 2016, table 8' },
  },
  build(options) {
    const d = drawing();
    const block = options.layers < 50 ? residualBasic : residualBottleneck;
    const stages = preActivationStages(d, block, stagesOf(options.layers), 64, stem(d, options, false));
    classifierHead(d, d.add('preActivation', 'preActivation', norm, stages), options.outputSize);
    return documentOf(d, options.dataFormat, { epochs: 90, batchSize: 32, optimizer: sgd });
  },
});

function postActivationStages(d: Drawing, layers: number, x: string): string {
  const isDeep = layers >= 50;
  return stagesOf(layers).reduce((from, count, stage) => {
    const filters = 64 * 2 ** stage;
    // The first stage of the basic network needs no projection: pooling gave its 64 channels already.
    if (!isDeep && stage === 0) return d.block('stage1', postActivationBasic, { repeat: count, filters }, from);
    const [first, rest] = isDeep
      ? [postActivationBottleneckProjection, postActivationBottleneck]
      : [postActivationBasicProjection, postActivationBasic];
    const opened = d.block(`stage${stage + 1}_first`, first, { filters, strides: stage === 0 ? 1 : 2 }, from);
    return d.block(`stage${stage + 1}`, rest, { repeat: count - 1, filters }, opened);
  }, x);
}

export const resnet2015 = defineTemplate({
  id: 'resnet2015',
  title: 'ResNet (post-activation)',
  summary: 'The residual network of 2015: norms after convolutions, an activation after every add.',
  paper: { title: 'Deep Residual Learning for Image Recognition', url: 'https://arxiv.org/abs/1512.03385' },
  defaults: { layers: 50, outputSize: 1000, dataFormat: 'channelsLast', inputSize: 224 },
  layers: [18, 34, 50, 101, 152],
  published: {
    18: { parameters: 11_689_512, source: torchvision },
    34: { parameters: 21_797_672, source: torchvision },
    50: { parameters: 25_557_032, source: torchvision },
    101: { parameters: 44_549_160, source: torchvision },
    152: { parameters: 60_192_808, source: torchvision },
  },
  build(options) {
    const d = drawing();
    classifierHead(d, postActivationStages(d, options.layers, stem(d, options, true)), options.outputSize);
    return documentOf(d, options.dataFormat, { epochs: 90, batchSize: 32, optimizer: sgd });
  },
});

function cifar(options: TemplateOptions, block: WithUses) {
  const count = (options.layers - 2) / 6;
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`A network of this family has 6n + 2 layers (20, 32, 44, 56, 110), not ${options.layers}.`);
  const d = drawing();
  // Small images are taken whole.
  const image = d.add('image', 'input', photographed({ minAspectDim: options.inputSize, ...options }));
  const stages = preActivationStages(d, block, [count, count, count], 16, d.add('conv1', 'conv2d', conv(16, 3), image));
  classifierHead(d, d.add('preActivation', 'preActivation', norm, stages), options.outputSize);
  return documentOf(d, options.dataFormat, { epochs: 164, batchSize: 128, optimizer: sgd });
}

const cifarDefaults = { layers: 20, outputSize: 10, dataFormat: 'channelsLast', inputSize: 32 } as const;
const CIFAR_LAYERS = [20, 32, 44, 56, 110];

/** He et al. 2015, table 6, in millions. */
const CIFAR_PUBLISHED: Readonly<Record<number, number>> = { 20: 0.27, 32: 0.46, 44: 0.66, 56: 0.85, 110: 1.7 };

function cifarPublished(difference?: PublishedCount['difference']): Readonly<Record<number, PublishedCount>> {
  const source = 'table 6 of the paper of 2015';
  return Object.fromEntries(
    Object.entries(CIFAR_PUBLISHED).map(([layers, millions]) => [
      layers,
      { parameters: Math.round(millions * 1e6), digits: 2, source, ...(difference ? { difference } : {}) },
    ]),
  );
}

export const cifarResnet = defineTemplate({
  id: 'cifar-resnet',
  title: 'ResNet for CIFAR',
  summary: 'Three stages of 16, 32 and 64 filters: deep enough to see what residual learning does, small enough to train.',
  paper: { title: 'Identity Mappings in Deep Residual Networks', url: 'https://arxiv.org/abs/1603.05027' },
  defaults: cifarDefaults,
  layers: CIFAR_LAYERS,
  published: cifarPublished({
    parameters: 16 * 16 + 16 * 32 + 32 * 64,
    why: 'each stage begins with a projection, where the paper fills up with zeros',
  }),
  build: (options) => cifar(options, residualBasic),
});

export const cifarPlain = defineTemplate({
  id: 'cifar-plain',
  title: 'Plain network for CIFAR',
  summary: 'The same layers without shortcuts: past some depth it gets worse, which is what residual learning mends.',
  paper: { title: 'Deep Residual Learning for Image Recognition', url: 'https://arxiv.org/abs/1512.03385' },
  defaults: cifarDefaults,
  layers: CIFAR_LAYERS,
  published: cifarPublished(),
  build: (options) => cifar(options, plainBasic),
});
