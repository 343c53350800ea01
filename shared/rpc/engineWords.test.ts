import { expect, it } from 'vitest';
import { engineWords } from './engineWords';

it.each([
  ['tensorflow 2.15.1', 'TensorFlow 2.15.1'],
  ['onnxruntime 1.30', 'ONNX Runtime 1.30'],
  ['onnxruntime-gpu 1.30.0', 'ONNX Runtime 1.30.0 on the GPU'],
])('says %s as %s', (engine, words) => expect(engineWords(engine)).toBe(words));
