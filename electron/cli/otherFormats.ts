import { extname } from 'node:path';

const ENDINGS: Readonly<Record<string, string>> = {
  '.onnx': 'an ONNX model',
  '.keras': 'a Keras model',
  '.h5': 'a Keras model (HDF5)',
  '.hdf5': 'a Keras model (HDF5)',
  '.pb': 'a TensorFlow graph',
  '.tflite': 'a TensorFlow Lite model',
  '.pt': 'a PyTorch file',
  '.pth': 'a PyTorch file',
};

/** What a file is that is no document of ours, where its name or its first keys tell; undefined where they do not. */
export function otherFormat(path: string, text: string): string | undefined {
  const byName = ENDINGS[extname(path).toLowerCase()];
  if (byName !== undefined) return byName;
  const start = text.slice(0, 4096);
  if (/"(modelTopology|weightsManifest)"\s*:/.test(start)) return 'a TensorFlow.js model.json';
  return /"class_name"\s*:/.test(start) && /"config"\s*:/.test(start) ? 'the JSON of a Keras model' : undefined;
}
