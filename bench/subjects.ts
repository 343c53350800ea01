import { chooseEngine } from '../electron/engine/engines';
import type { Batch, Session } from '../electron/engine/backend';
import { freshWeights } from '../electron/engine/training';
import type { SkipDocument } from '../shared/document/document';
import type { NetworkAnalysis } from '../shared/infer/analysis';
import { analyze } from '../shared/infer/analyze';
import { findLayer } from '../shared/layers/index';
import { compileNetwork } from '../shared/program/compile';
import type { CompiledNetwork } from '../shared/program/compiled';
import { randomOf } from '../shared/program/random';
import type { EngineName } from '../shared/rpc/contract';
import type { Weights } from '../shared/weights/weights';
import type { Contestant } from './harness';

/** What every training of these benchmarks descends with, ours and the peers'. */
export const OPTIMIZER = { kind: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: false } as const;
const CLASSES = 10;

/** A network compiled for training, with one batch of random images and labels. */
export interface Subject {
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  readonly network: CompiledNetwork;
  readonly batch: Batch;
  readonly images: Float32Array;
  readonly shape: readonly number[];
  readonly labels: Int32Array;
}

export function subjectOf(document: SkipDocument, batchSize: number): Subject {
  const analysis = analyze(document);
  const compiled = compileNetwork(analysis, { findLayer, training: { optimizer: OPTIMIZER, objectives: [] } });
  if (!compiled.ok) throw new Error(compiled.error.message);
  const network = compiled.value;
  const [input] = network.inputs;
  const [target] = network.targets;
  if (!input || !target) throw new Error('The network has no input or no target.');
  const shape = [batchSize, ...(input.type.shape.slice(1) as number[])];
  const random = randomOf(1, 'bench');
  const images = Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => random.uniform());
  const labels = Int32Array.from({ length: batchSize }, () => random.below(CLASSES));
  const batch: Batch = {
    inputs: { [input.name]: { dtype: 'float32', shape, data: images } },
    targets: { [target.name]: { dtype: 'int32', shape: [batchSize], data: labels } },
  };
  return { document, analysis, network, batch, images, shape, labels };
}

/** The network in an engine, with fresh weights. */
export async function sessionIn(
  engine: EngineName,
  { network }: Pick<Subject, 'network'>,
  weights: Weights = freshWeights(network, 1),
): Promise<Session> {
  const session = await chooseEngine(engine).load(network);
  await session.initialize(weights);
  return session;
}

/** Takes training steps, all on one batch. */
export async function trainer(
  engine: EngineName,
  subject: Pick<Subject, 'network' | 'batch'>,
  steps: number,
  weights?: Weights,
): Promise<Contestant> {
  const session = await sessionIn(engine, subject, weights);
  return {
    name: `Skipwire on ${engine}`,
    async run() {
      for (let step = 0; step < steps; step += 1)
        await session.train(subject.batch, { learningRate: OPTIMIZER.learningRate, seed: [1, step] });
    },
    close: () => session.dispose(),
  };
}
