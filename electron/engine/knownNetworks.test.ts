import { describe, expect, it } from 'vitest';
import { templates } from '../../shared/blocks/templates/index';
import { buildTemplate, type TemplateOptions } from '../../shared/blocks/templates/template';
import { serializeDocument } from '../../shared/document/serialize';
import { randomOf } from '../../shared/program/random';
import type { CompiledNetwork } from '../../shared/program/compiled';
import { relativeDifference } from '../../shared/testing/closeTo';
import type { Backend, Batch, Tensors } from './backend';
import { readyNetwork } from './networks';
import { createOnnxruntimeBackend } from './onnxruntime/backend';
import { titled, whyNoTensorFlow } from './tensorflow/installed';
import { createTensorFlowBackend } from './tensorflow/backend';
import { freshWeights } from './training';

/** Each as small as it can be: what is looked at is whether it trains, and whether both engines say the same. */
const SMALL: Readonly<Record<string, Partial<TemplateOptions>>> = {
  resnet: { layers: 18, inputSize: 64 },
  resnet2015: { layers: 50, inputSize: 64 },
  alexnet: { inputSize: 64 },
  vgg: { layers: 11, inputSize: 32 },
  densenet: { inputSize: 64 },
  'mobilenet-v2': { inputSize: 64 },
  'efficientnet-b0': { inputSize: 64 },
  unet: { inputSize: 32 },
  'vit-tiny': { inputSize: 32 },
  'text-transformer': { inputSize: 12 },
  lstm: { inputSize: 6 },
};
/** These take a second each. The others take minutes: `SKIPWIRE_WHOLE=1 npx vitest run electron/engine/knownNetworks` runs all. */
const QUICK = ['cifar-resnet', 'mlp', 'lenet', 'autoencoder', 'text-transformer', 'lstm'];
const MINUTES = 10;
const BATCH = 3;
const CLASSES = 4;

const missing = whyNoTensorFlow();

function networkOf(id: string): CompiledNetwork {
  const template = templates.find((each) => each.id === id);
  if (!template) throw new Error(`There is no template ${id}.`);
  const outputSize = template.defaults.outputSize === 1 ? 1 : CLASSES;
  const document = buildTemplate(template, 'test', { outputSize, ...SMALL[id] });
  const { optimizer } = document.training;
  return readyNetwork(serializeDocument(document), { ...optimizer, learningRate: 0.01 }).compiled;
}

function batchOf({ inputs, targets }: CompiledNetwork): Batch {
  const random = randomOf(1, 'batch');
  const shapeOf = (shape: readonly unknown[]) => [BATCH, ...shape.slice(1)] as number[];
  const filled = (shape: readonly number[], isFloat: boolean, below: number) => {
    const count = shape.reduce((product, size) => product * size, 1);
    const draw = () => (isFloat ? random.uniform() : Math.floor(random.uniform() * below));
    const numbers = Array.from({ length: count }, draw);
    return isFloat
      ? ({ dtype: 'float32', shape, data: Float32Array.from(numbers) } as const)
      : ({ dtype: 'int32', shape, data: Int32Array.from(numbers) } as const);
  };
  const entries = (
    list: readonly { name: string; type: { dtype: string; shape: readonly unknown[] } }[],
    below: (index: number) => number,
  ) => Object.fromEntries(list.map(({ name, type }, index) => [name, filled(shapeOf(type.shape), type.dtype === 'float32', below(index))]));
  return { inputs: entries(inputs, () => 1000), targets: entries(targets, (index) => targets[index]?.classes ?? 2) };
}

async function step(backend: Backend, network: CompiledNetwork): Promise<{ loss: number; after: Tensors }> {
  const session = await backend.load(network);
  try {
    await session.initialize(freshWeights(network, 1));
    const { loss } = await session.train(batchOf(network), { learningRate: 0.01, seed: [1, 0] });
    return { loss, after: await session.read() };
  } finally {
    session.dispose();
  }
}

describe.skipIf(missing)(titled('a known network', missing), () => {
  const ids = templates.map(({ id }) => id).filter((id) => process.env['SKIPWIRE_WHOLE'] !== undefined || QUICK.includes(id));
  it.each(ids)(
    '%s takes the same first step in both engines',
    async (id) => {
      const network = networkOf(id);
      const [tensorflow, onnxruntime] = [await step(createTensorFlowBackend(), network), await step(createOnnxruntimeBackend(), network)];
      expect(Number.isFinite(tensorflow.loss)).toBe(true);
      expect(Number.isFinite(onnxruntime.loss)).toBe(true);
      // What is dropped at random is drawn by each engine for itself.
      const isRandom = network.programs.train?.inputs.some(({ name }) => name === 'seed');
      if (!isRandom) expect(Math.abs(onnxruntime.loss - tensorflow.loss)).toBeLessThan(1e-3 * Math.max(1, tensorflow.loss));
      const before = freshWeights(network, 1);
      const trained = network.variables.filter(({ role }) => role === 'weight').map(({ name }) => name);
      const moved = trained.filter((name) => relativeDifference(tensorflow.after[name]?.data ?? [], before[name]?.data ?? [], 1e-9) > 0);
      expect(moved.length).toBeGreaterThan(trained.length * 0.9);
    },
    MINUTES * 60_000,
  );
});
