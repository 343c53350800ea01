import { expect, it } from 'vitest';
import { otherFormat } from './otherFormats';

it.each([
  ['net.onnx', '\u0008\u0008', 'an ONNX model'],
  ['net.KERAS', 'PK', 'a Keras model'],
  ['model.json', '{"format":"layers-model","modelTopology":{}}', 'a TensorFlow.js model.json'],
  ['model.json', '{"class_name": "Functional", "config": {}}', 'the JSON of a Keras model'],
  ['net.skip.json', '{"format":"skipwire"', undefined],
])('%s with %s is %s', (path, text, expected) => expect(otherFormat(path, text)).toBe(expected));
