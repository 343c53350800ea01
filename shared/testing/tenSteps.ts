import type { SkipDocument } from '../document/document';
import { analyze } from '../infer/analyze';
import { findLayer } from '../layers/index';
import { compileNetwork, type CompileOptions } from '../program/compile';
import type { CompiledNetwork } from '../program/compiled';
import type { NamedType } from '../program/program';
import { randomOf } from '../program/random';
import { lossSettings } from '../training/losses/index';
import { optimizerSettings, type OptimizerSettings } from '../training/optimizers/index';
import type { TensorData, Weights } from '../weights/weights';
import { cifarResnet, lstmClassifier, mobileNetV2, transformerEncoder, uNet } from './knownNetworks';

/** A training of ten steps that is also taken in PyTorch and Keras: the same first weights, the same batch. */
export interface TenSteps {
  readonly name: string;
  readonly document: SkipDocument;
  readonly batchSize: number;
  readonly optimizer: OptimizerSettings;
  /** Left out: the cross-entropy with class indices. */
  readonly loss?: 'binary';
}

/** The training compiled, predictions not asked for. Throws where it cannot be. */
export function compiledSteps({ document, optimizer, loss, passes }: TenSteps & Pick<CompileOptions, 'passes'>): CompiledNetwork {
  const analysis = analyze(document);
  const output = [...analysis.flat.nodes.values()].find(({ type }) => type === 'output')?.name ?? '';
  const objectives = loss ? [{ output, weight: 1, loss: lossSettings.parse({ kind: 'binaryCrossentropy' }) }] : [];
  const compiled = compileNetwork(analysis, { findLayer, training: { optimizer, objectives }, ...(passes ? { passes } : {}) });
  if (!compiled.ok) throw new Error(compiled.error.message);
  return compiled.value;
}

/** Of the first weights and of the batch. */
export const SEED = 5;
/** Whole inputs are tokens below this. */
const TOKENS = 40;

const momentum = optimizerSettings.parse({ kind: 'sgd', learningRate: 0.01, momentum: 0.9 });
/** So small an epsilon that it does not matter where it is added: Keras's Adam has it elsewhere than PyTorch's. */
const adam = optimizerSettings.parse({ kind: 'adam', learningRate: 0.001, epsilon: 1e-10 });

/** The networks that ten steps are taken with; built when they are asked for. */
export const tenSteps: Readonly<Record<string, () => TenSteps>> = {
  'ResNet-20': () => ({ name: 'ResNet-20', document: cifarResnet(20), batchSize: 16, optimizer: momentum }),
  'transformer encoder': () => ({
    name: 'transformer encoder',
    document: transformerEncoder({ steps: 24, width: 64, blocks: 2 }),
    batchSize: 16,
    optimizer: { ...momentum, learningRate: 0.03 },
  }),
  'LSTM classifier': () => ({
    name: 'LSTM classifier',
    document: lstmClassifier({ steps: 20, tokens: TOKENS, width: 24, units: 32, readers: 1, classes: 5 }),
    batchSize: 16,
    optimizer: { ...adam, learningRate: 0.01 },
  }),
  // A yes or no for every pixel.
  'U-Net': () => ({
    name: 'U-Net',
    document: uNet({ size: 64, filters: [8, 16, 32, 64] }),
    batchSize: 8,
    optimizer: { ...momentum, learningRate: 0.05 },
    loss: 'binary',
  }),
  // PyTorch in single and in double precision part by 5 % within ten steps at a hundred times this rate.
  MobileNetV2: () => ({ name: 'MobileNetV2', document: mobileNetV2(), batchSize: 16, optimizer: { ...adam, learningRate: 1e-5 } }),
};

/** The one batch that all ten steps are taken on, of random numbers and labels: what is learned by heart falls fast. */
export function tenStepsBatch(
  { inputs, targets }: CompiledNetwork,
  batchSize: number,
): { readonly inputs: Weights; readonly targets: Weights } {
  return {
    inputs: Object.fromEntries(inputs.map((type) => [type.name, filled(type, batchSize)])),
    targets: Object.fromEntries(targets.map((type) => [type.name, labels(type, type.classes, batchSize)])),
  };
}

function filled({ name, type }: NamedType, batchSize: number): TensorData {
  const { shape, count, random } = drawn(name, type.shape.slice(1) as number[], batchSize);
  if (type.dtype === 'int32') return { dtype: 'int32', shape, data: Int32Array.from({ length: count }, () => random.below(TOKENS)) };
  return { dtype: 'float32', shape, data: Float32Array.from({ length: count }, () => random.normal()) };
}

function labels({ name, type }: NamedType, classes: number, batchSize: number): TensorData {
  const { shape, count, random } = drawn(`label/${name}`, type.shape.slice(1) as number[], batchSize);
  if (type.dtype === 'float32') return { dtype: 'float32', shape, data: Float32Array.from({ length: count }, () => random.below(2)) };
  return { dtype: 'int32', shape, data: Int32Array.from({ length: count }, () => random.below(classes)) };
}

function drawn(name: string, sizes: readonly number[], batchSize: number) {
  const shape = [batchSize, ...sizes];
  return { shape, count: shape.reduce((product, size) => product * size, 1), random: randomOf(SEED, name) };
}
