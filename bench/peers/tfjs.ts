import type * as Tf from '@tensorflow/tfjs';
import { createRequire } from 'node:module';
import { tfjs } from '../../shared/export/tfjs/tfjs';
import type { Weights } from '../../shared/weights/weights';
import type { Contestant } from '../harness';
import { OPTIMIZER, type Subject } from '../subjects';

const CLASSES_AXIS = -1;

/** `model.fit` of tfjs-node on the same network, weights and data: the network as we export it to TensorFlow.js. */
export async function tfjsTrainer(
  { document, analysis, network, images, shape, labels }: Subject,
  steps: number,
  weights: Weights,
): Promise<Contestant> {
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof Tf;
  const exported = tfjs.files({ name: 'bench', document, analysis, weights });
  if (!exported.ok) throw new Error(exported.error.message);
  const model = await modelOf(tf, exported.value);
  model.compile({
    optimizer: tf.train.momentum(OPTIMIZER.learningRate, OPTIMIZER.momentum),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const classes = network.outputs[0]?.type.shape.at(CLASSES_AXIS) as number;
  const copies = (tensor: Tf.Tensor) => tf.concat(Array.from({ length: steps }, () => tensor));
  const x = copies(tf.tensor(images, [...shape]));
  const y = copies(tf.oneHot(tf.tensor1d(labels, 'int32'), classes).toFloat());
  return {
    name: 'model.fit of tfjs-node',
    run: async () => void (await model.fit(x, y, { batchSize: labels.length, epochs: 1, verbose: 0, shuffle: false })),
  };
}

async function modelOf(tf: typeof Tf, files: readonly { name: string; bytes: Uint8Array }[]): Promise<Tf.LayersModel> {
  const bytes = (name: string) => files.find((file) => file.name === name)?.bytes as Uint8Array;
  const json = JSON.parse(new TextDecoder().decode(bytes('model.json'))) as {
    modelTopology: object;
    weightsManifest: { paths: string[]; weights: Tf.io.WeightsManifestEntry[] }[];
  };
  const data = Buffer.concat(json.weightsManifest.flatMap(({ paths }) => paths.map(bytes)));
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
      weightData: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength),
    }),
  );
}
