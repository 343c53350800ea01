import { createRequire } from 'node:module';
import { TENSORFLOW } from '../../../shared/rpc/engineContract';
import { threadCount } from '../threads';

/** A tensor on the native side; it stays until it is deleted. */
export interface TensorHandle {
  readonly id: number;
  readonly shape: number[];
  /** TensorFlow's number of the element type. */
  readonly dtype: number;
}

/**
 * The native binding of `@tensorflow/tfjs-node`: what we use of the interface that its `tfjs_binding.d.ts` declares.
 * Written here because the package is optional: where it could not be installed its types are not there either.
 *
 * The binding, and not tfjs's tensors and models: those need TensorFlow to be the active backend of the process, which
 * the check of an exported model on tfjs's own backend changes, and parse a SavedModel again for each signature.
 */
export interface TensorFlowBinding {
  createTensor(shape: readonly number[], dtype: number, data: Float32Array | Int32Array | Uint8Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  executeOp(
    operation: string,
    attributes: readonly { readonly name: string; readonly type: number; readonly value: number }[],
    inputs: readonly number[],
    outputs: number,
  ): TensorHandle[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(session: number): void;
  /** Names of nodes, joined by commas. */
  runSavedModel(session: number, inputs: readonly number[], inputNodes: string, outputNodes: string): TensorHandle[];
  getNumOfTensors(): number;
  getNumOfSavedModels(): number;
  isUsingGpuDevice(): boolean;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_Version: string;
}

/** TensorFlow cannot be used here; the message says why. */
export class TensorFlowUnavailable extends Error {
  override readonly name = 'TensorFlowUnavailable';
}

const require = createRequire(import.meta.url);
let loaded: TensorFlowBinding | undefined;

/**
 * The native library, loaded at the first call: 0.3 s and 200 MB, which nothing that does not compute should pay. Without tfjs's code,
 * which takes longer to load than the library.
 */
export function loadTensorFlow(): TensorFlowBinding {
  loaded ??= load();
  return loaded;
}

function load(): TensorFlowBinding {
  // All are read once, when the library is mapped. Without oneDNN a training step takes twice as long.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(threadCount());
  process.env['TF_NUM_INTEROP_THREADS'] ??= String(threadCount());
  try {
    return require(`${tensorflowPackage()}/lib/napi-v8/tfjs_binding.node`) as TensorFlowBinding;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new TensorFlowUnavailable(`TensorFlow (${tensorflowPackage()}) cannot be loaded: ${reason}`, { cause: error });
  }
}

/** The whole package, over the same native library: for what shall be done by tfjs's own code. */
export function loadTfjsNode(): unknown {
  loadTensorFlow();
  restoreRemovedUtilities();
  return require(tensorflowPackage());
}

/** Of the two packages, which have the same code and cannot be in one process, the one that the owner wants. */
function tensorflowPackage(): string {
  return process.env[TENSORFLOW] === 'gpu' ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
}

/** Why TensorFlow computes on no GPU here; null where it does. */
export function whyNoTensorflowGpu(): string | null {
  try {
    return loadTensorFlow().isUsingGpuDevice() ? null : 'It finds no GPU.';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Node 23 took these out of `util`; tfjs-node 4.22 still calls them. */
function restoreRemovedUtilities(): void {
  const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean; isArray?: (value: unknown) => boolean };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  util.isArray ??= (value) => Array.isArray(value);
}
