/** `TensorFlow 2.15.1`, `ONNX Runtime 1.30.0 on the GPU`: an engine with its version (`tensorflow 2.15.1`) as its makers write it. */
export function engineWords(engine: string): string {
  return engine
    .replace(/^tensorflow\b/, 'TensorFlow')
    .replace(/^onnxruntime-gpu (\S+)/, 'ONNX Runtime $1 on the GPU')
    .replace(/^onnxruntime\b/, 'ONNX Runtime');
}
