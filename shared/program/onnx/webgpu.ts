import type { NodeProto } from './generated/onnx_pb';
import type { OnnxRuntime } from './writer';

/**
 * What onnxruntime's WebGPU provider is known not to do, as of its version 1.30. A shader of WebGPU has eight buffers at least,
 * one of which is the operator's input.
 */
export const WEBGPU: OnnxRuntime = { lacksBatchMoments: true, lacksGroupSums: true, mostOutputs: 7 };

/** Names of the nodes that the provider takes but cannot do ("The Indices output is not supported yet"): they are to be run on the CPU. */
export function notForWebgpu(nodes: readonly NodeProto[]): readonly string[] {
  return nodes.filter(({ opType, output }) => opType === 'MaxPool' && output.length > 1).map(({ name }) => name);
}
