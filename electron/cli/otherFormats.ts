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

/** How such files begin, read as text: a pipe has no name. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  // The version of the format as the first field of the message, then its producer or its graph.
  [/^\u0008[\u0001-\u0020][\u0012\u003a]/, 'an ONNX model'],
  [/^\uFFFDHDF\r\n/, 'a Keras model (HDF5)'],
  [/^PK\u0003\u0004/, 'an archive, as Keras and PyTorch save models'],
  [/^.{4}TFL3/s, 'a TensorFlow Lite model'],
];

/** What a file is that is no document of ours, where its name or its first keys tell; undefined where they do not. */
export function otherFormat(path: string, text: string): string | undefined {
  const byName = ENDINGS[extname(path).toLowerCase()];
  if (byName !== undefined) return byName;
  const bySign = SIGNS.find(([sign]) => sign.test(text));
  if (bySign) return bySign[1];
  const start = text.slice(0, 4096);
  if (/"(modelTopology|weightsManifest)"\s*:|"format"\s*:\s*"(layers|graph)-model"/.test(start)) return 'a TensorFlow.js model.json';
  return /"class_name"\s*:/.test(start) && /"config"\s*:/.test(start) ? 'the JSON of a Keras model' : undefined;
}
