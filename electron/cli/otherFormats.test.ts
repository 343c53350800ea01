import { expect, it } from 'vitest';
import { otherFormat } from './otherFormats';

it.each([
  ['net.onnx', '\u0008\u0008', 'an ONNX model'],
  ['net.KERAS', 'PK', 'a Keras model'],
  ['model.json', '{"format":"layers-model","modelTopology":{}}', 'a TensorFlow.js model.json'],
  ['model.json', '{"class_name": "Functional", "config": {}}', 'the JSON of a Keras model'],
  ['model.json', '{"format": "graph-model", "signature": {}', 'a TensorFlow.js model.json'],
  ['-', '\u0008\u0008\u0012\u0007pytorch', 'an ONNX model'],
  ['-', '\uFFFDHDF\r\n\u001a\n', 'a Keras model (HDF5)'],
  ['-', 'PK\u0003\u0004', 'an archive, as Keras and PyTorch save models'],
  ['net.skip.json', '{"format":"skipwire"', undefined],
])('%s with %s is %s', (path, text, expected) => expect(otherFormat(path, text)).toBe(expected));
