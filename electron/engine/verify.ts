import { RpcError } from '../../shared/rpc/messages';
import type { TensorData } from './backend';
import { loadTensorFlow } from './tensorflow/library';

/**
 * Loads an exported layers model with TensorFlow.js – not with anything of ours – on its cpu backend, and runs it. The
 * files come from our own exporter; a model of unknown origin must never get here unchecked.
 */
export async function runTfjsModel(files: readonly { readonly name: string; readonly bytes: Uint8Array }[], inputs: TensorData): Promise<{ values: Float32Array; reader: string }> {
  const tf = await import('@tensorflow/tfjs');
  await tf.setBackend('cpu');
  const bytesOf = (name: string) => {
    const file = files.find((candidate) => candidate.name === name);
    if (!file) throw new RpcError('E_EXPORT', `The export has no file "${name}".`);
    return file.bytes;
  };
  const json = JSON.parse(new TextDecoder().decode(bytesOf('model.json'))) as { modelTopology: object; weightsManifest: { paths: string[]; weights: object[] }[] };
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

/** Loads an exported SavedModel by TensorFlow's own loader and runs its `serving_default`; null where there is no TensorFlow. */
export async function runSavedModel(folder: string, inputs: TensorData): Promise<{ values: Float32Array; reader: string } | null> {
  let library: ReturnType<typeof loadTensorFlow>;
  try {
    library = loadTensorFlow();
  } catch {
    return null;
  }
  const { createRequire } = await import('node:module');
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof import('@tensorflow/tfjs-node');
  const model = await tf.node.loadSavedModel(folder, ['serve'], 'serving_default');
  const input = tf.tensor(inputs.data, [...inputs.shape]);
  const output = model.predict(input) as import('@tensorflow/tfjs-node').Tensor | Record<string, import('@tensorflow/tfjs-node').Tensor>;
  const first = 'dataSync' in output && typeof output.dataSync === 'function' ? (output as import('@tensorflow/tfjs-node').Tensor) : Object.values(output as Record<string, import('@tensorflow/tfjs-node').Tensor>)[0];
  if (!first) throw new RpcError('E_EXPORT', 'The exported model has no output.');
  const values = Float32Array.from(first.dataSync());
  tf.dispose([input, first]);
  model.dispose();
  return { values, reader: `TensorFlow ${library.backend().binding.TF_Version}` };
}
