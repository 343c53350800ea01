import type { EngineName } from './contract';

/** Engines as people call them. */
export const ENGINE_TITLES: Readonly<Record<EngineName, string>> = {
  tensorflow: 'TensorFlow',
  onnxruntime: 'ONNX Runtime',
  'onnxruntime-gpu': 'ONNX Runtime on the GPU',
};
