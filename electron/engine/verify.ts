import type * as Tfjs from '@tensorflow/tfjs';
import { RpcError } from '../../shared/rpc/messages';
import type { TensorData } from './backend';
import { createTensorFlowBackend } from './tensorflow/backend';
import { loadTfjsNode } from './tensorflow/library';

/**
 * Loads an exported layers model with TensorFlow.js – not with anything of ours – on its cpu backend, and runs it. The
 * files come from our own exporter; a model of unknown origin must never get here unchecked.
 */
export async function runTfjsModel(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  inputs: TensorData,
): Promise<{ values: Float32Array; reader: string }> {
  const tf = await import('@tensorflow/tfjs');
  const before = tf.getBackend();
  await tf.setBackend('cpu');
  try {
    return await predictWithTfjs(tf, files, inputs);
  } finally {
    // tfjs-node shares this registry, and loads no SavedModel while another backend is set.
    if (before) await tf.setBackend(before);
  }
}

async function predictWithTfjs(
  tf: typeof Tfjs,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  inputs: TensorData,
): Promise<{ values: Float32Array; reader: string }> {
  // Its first use otherwise prints an advertisement for tfjs-node, which is exactly what must not check itself here.
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
  const bytesOf = (name: string) => {
    const file = files.find((candidate) => candidate.name === name);
    if (!file) throw new RpcError('E_EXPORT', `The export has no file "${name}".`);
    return file.bytes;
  };
  const json = JSON.parse(new TextDecoder().decode(bytesOf('model.json'))) as {
    modelTopology: object;
    weightsManifest: { paths: string[]; weights: object[] }[];
  };
  const manifest = json.weightsManifest;
  const data = Buffer.concat(manifest.flatMap(({ paths }) => paths).map(bytesOf));
  const model = await tf.loadLayersModel({
    load: () =>
      Promise.resolve({
        modelTopology: json.modelTopology,
        weightSpecs: manifest.flatMap(({ weights }) => weights) as never,
        weightData: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength),
      }),
  });
  const input = tf.tensor(inputs.data, [...inputs.shape]);
  const output = model.predict(input);
  const first = Array.isArray(output) ? output[0] : output;
  if (!first) throw new RpcError('E_EXPORT', 'The exported model has no output.');
  const values = Float32Array.from(await first.data());
  tf.dispose([input, ...(Array.isArray(output) ? output : [output])]);
  model.dispose();
  return { values, reader: `TensorFlow.js ${tf.version.tfjs}` };
}

/** What is used of `@tensorflow/tfjs-node` here; the package is optional, and so are its types. */
interface TfjsNode {
  readonly node: {
    loadSavedModel(folder: string, tags: string[], signature: string): Promise<{ predict(input: object): object; dispose(): void }>;
  };
  setBackend(name: 'tensorflow'): Promise<boolean>;
  tensor(data: TensorData['data'], shape: number[]): object;
  dispose(tensors: object): void;
}

/** Loads an exported SavedModel by TensorFlow's own loader and runs its `serving_default`; null where there is no TensorFlow. */
export async function runSavedModel(folder: string, inputs: TensorData): Promise<{ values: Float32Array; reader: string } | null> {
  let version: string;
  try {
    version = createTensorFlowBackend().version;
  } catch {
    return null;
  }
  const tf = loadTfjsNode() as TfjsNode;
  await tf.setBackend('tensorflow');
  const model = await tf.node.loadSavedModel(folder, ['serve'], 'serving_default');
  const input = tf.tensor(inputs.data, [...inputs.shape]);
  const output = model.predict(input);
  const first = firstTensor(output);
  const values = Float32Array.from(first.dataSync());
  tf.dispose([input, first]);
  model.dispose();
  return { values, reader: `TensorFlow ${version}` };
}

function firstTensor(output: object): { dataSync(): Float32Array } {
  const candidates = 'dataSync' in output ? [output] : Object.values(output);
  const [first] = candidates as { dataSync(): Float32Array }[];
  if (!first) throw new RpcError('E_EXPORT', 'The exported model has no output.');
  return first;
}
