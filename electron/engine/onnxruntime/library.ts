import { createRequire } from 'node:module';
import type * as Onnxruntime from 'onnxruntime-node';

/** onnxruntime cannot be used here; the message says why. */
export class OnnxruntimeUnavailable extends Error {
  override readonly name = 'OnnxruntimeUnavailable';
}

const require = createRequire(import.meta.url);
let loaded: typeof Onnxruntime | undefined;

/** The native library, loaded at the first call. */
export function loadOnnxruntime(): typeof Onnxruntime {
  try {
    loaded ??= require('onnxruntime-node') as typeof Onnxruntime;
    return loaded;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new OnnxruntimeUnavailable(`onnxruntime (onnxruntime-node) cannot be loaded: ${reason}`, { cause: error });
  }
}
