import type * as Tf from '@tensorflow/tfjs';
import { createRequire } from 'node:module';
import { chooseEngine } from '../electron/engine/engines';
import type { Batch } from '../electron/engine/backend';
import { freshWeights } from '../electron/engine/training';
import type { SkipDocument } from '../shared/document/document';
import { tfjs } from '../shared/export/tfjs/tfjs';
import { analyze } from '../shared/infer/analyze';
import { findLayer } from '../shared/layers/index';
import { compileNetwork } from '../shared/program/compile';
import { randomOf } from '../shared/program/random';
import { compare, type Comparison, type Contestant } from './harness';

const OPTIMIZER = { kind: 'sgd', learningRate: 0.01, momentum: 0.9, nesterov: false } as const;
const CLASSES = 10;

/** Our training step on TensorFlow against `model.fit` of tfjs-node on the same network, weights and data. */
export async function trainingStep(
  title: string,
  document: SkipDocument,
  batchSize: number,
  steps: number,
  bar: number,
): Promise<Comparison> {
  const analysis = analyze(document);
  const compiled = compileNetwork(analysis, { findLayer, training: { optimizer: OPTIMIZER, objectives: [] } });
  if (!compiled.ok) throw new Error(compiled.error.message);
  const network = compiled.value;
  const input = network.inputs[0];
  const target = network.targets[0];
  if (!input || !target) throw new Error('The network has no input or no target.');
  const shape = [batchSize, ...(input.type.shape.slice(1) as number[])];
  const random = randomOf(1, 'bench');
  const images = Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => random.uniform());
  const labels = Int32Array.from({ length: batchSize }, () => random.below(CLASSES));
  const batch: Batch = {
    inputs: { [input.name]: { dtype: 'float32', shape, data: images } },
    targets: { [target.name]: { dtype: 'int32', shape: [batchSize], data: labels } },
  };

  const weights = freshWeights(network, 1);
  const session = await chooseEngine('tensorflow').load(network);
  await session.initialize(weights);
  const exported = tfjs.files({ name: 'bench', document, analysis, weights });
  if (!exported.ok) throw new Error(exported.error.message);
  const peer = await peerModel(exported.value, images, shape, labels, batchSize, steps);

  const ours: Contestant = {
    name: 'Skipwire on TensorFlow',
    async run() {
      for (let step = 0; step < steps; step += 1) await session.train(batch, { learningRate: OPTIMIZER.learningRate, seed: [1, step] });
    },
  };
  const comparison = await compare(`${title}, ${steps} training steps of ${batchSize}`, ours, peer, bar);
  session.dispose();
  return comparison;
}

async function peerModel(
  files: readonly { name: string; bytes: Uint8Array }[],
  images: Float32Array,
  shape: readonly number[],
  labels: Int32Array,
  batchSize: number,
  steps: number,
): Promise<Contestant> {
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof Tf;
  const bytes = (name: string) => files.find((file) => file.name === name)?.bytes as Uint8Array;
  const json = JSON.parse(new TextDecoder().decode(bytes('model.json'))) as {
    modelTopology: object;
    weightsManifest: { paths: string[]; weights: Tf.io.WeightsManifestEntry[] }[];
  };
  const data = Buffer.concat(json.weightsManifest.flatMap(({ paths }) => paths.map(bytes)));
  const weightData = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
      weightData,
    }),
  );
  model.compile({
    optimizer: tf.train.momentum(OPTIMIZER.learningRate, OPTIMIZER.momentum),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const copies = (tensor: Tf.Tensor) => tf.concat(Array.from({ length: steps }, () => tensor));
  const x = copies(tf.tensor(images, [...shape]));
  const y = copies(tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES).toFloat());
  return {
    name: 'model.fit of tfjs-node',
    run: async () => void (await model.fit(x, y, { batchSize, epochs: 1, verbose: 0, shuffle: false })),
  };
}
