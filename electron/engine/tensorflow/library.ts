import { createRequire } from 'node:module';
import type { Tensor } from '@tensorflow/tfjs';
import type { DType } from '../../../shared/graph/tensor';

/** A loaded signature of a SavedModel. */
export interface LoadedSignature {
  predict(inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor>;
  dispose(): void;
}

/**
 * What we use of `@tensorflow/tfjs-node`. Written here because the package is optional: where it could not be
 * installed its types are not there either.
 */
export interface TensorFlowLibrary {
  readonly version: { readonly 'tfjs-node'?: string };
  tensor(data: Float32Array | Int32Array | Uint8Array, shape: readonly number[], dtype: DType): Tensor;
  backend(): { readonly binding: { readonly TF_Version: string } };
  readonly node: { loadSavedModel(folder: string, tags: string[], signature: string): Promise<LoadedSignature> };
}

/** TensorFlow cannot be used here; the message says why. */
export class TensorFlowUnavailable extends Error {
  override readonly name = 'TensorFlowUnavailable';
}

const require = createRequire(import.meta.url);
let loaded: TensorFlowLibrary | undefined;

/** The native library, loaded at the first call: 0.8 s and 200 MB, which nothing that does not compute should pay. */
export function loadTensorFlow(): TensorFlowLibrary {
  loaded ??= load();
  return loaded;
}

function load(): TensorFlowLibrary {
  // Both are read once, when the library is mapped. Without oneDNN a training step takes twice as long.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  restoreRemovedUtilities();
  try {
    return require('@tensorflow/tfjs-node') as TensorFlowLibrary;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new TensorFlowUnavailable(`TensorFlow (@tensorflow/tfjs-node) cannot be loaded: ${reason}`, { cause: error });
  }
}

/** Node 23 took these out of `util`; tfjs-node 4.22 still calls them. */
function restoreRemovedUtilities(): void {
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean; isArray?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  util.isArray ??= (value) => Array.isArray(value);
}
