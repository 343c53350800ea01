import type { InferenceSession } from 'onnxruntime-node';
import { RpcError } from '../../../shared/rpc/messages';
import { threadCount, threadsAreSet } from '../threads';
import type { loadOnnxruntime } from './library';

/** Where onnxruntime computes. */
export type Device = 'cpu' | 'gpu';

/** Where the owner does not say how many threads, onnxruntime takes one for each core and keeps it there. */
const common: InferenceSession.SessionOptions = {
  graphOptimizationLevel: 'all',
  executionMode: 'sequential',
  logSeverityLevel: 3,
  ...(threadsAreSet() ? { intraOpNumThreads: threadCount() } : {}),
  // Threads that wait by spinning cost up to twice the processor's time, and on a busy machine three times the step's.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/** What concerns the GPU only. */
interface DeviceOptions {
  /** Outputs that stay in its memory. */
  readonly kept?: readonly string[];
  /** Nodes that it must not compute. */
  readonly onCpu?: readonly string[];
}

/**
 * How a model is compiled for a device. What the GPU has no operator for, and all whole numbers of 64 bits, is computed on the CPU:
 * onnxruntime copies in between.
 */
export function optionsFor(device: Device, { kept = [], onCpu = [] }: DeviceOptions = {}): InferenceSession.SessionOptions {
  if (device === 'cpu') return { ...common, executionProviders: ['cpu'] };
  return {
    ...common,
    executionProviders: [{ name: 'webgpu', preferredLayout: 'NHWC', ...(onCpu.length > 0 ? { forceCpuNodeNames: onCpu } : {}) }, 'cpu'],
    ...(kept.length > 0 ? { preferredOutputLocation: Object.fromEntries(kept.map((name) => [name, 'gpu-buffer'])) } : {}),
  };
}

/** Compiles a model. Where the GPU has no driver that says so; else the runtime's own words. */
export async function compileModel(
  library: ReturnType<typeof loadOnnxruntime>,
  bytes: Uint8Array,
  options: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  try {
    return await library.InferenceSession.create(bytes, options);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('Failed to get a WebGPU adapter'))) throw error;
    throw new RpcError('E_NO_GPU', 'No driver for a GPU (Vulkan, Metal or Direct3D 12) was found.', 'Choose another engine.');
  }
}
