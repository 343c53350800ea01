import type { EngineName } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Backend } from './backend';
import { createOnnxruntimeBackend } from './onnxruntime/backend';
import { createTensorFlowBackend } from './tensorflow/backend';

/** An engine, or why it is not there. */
export interface EngineEntry {
  readonly name: EngineName;
  readonly backend?: Backend;
  readonly reason?: string;
}

/** In the order in which they are preferred. Whether there is a GPU is not known here: to look for it may end the process. */
const MAKERS: readonly { readonly name: EngineName; make(): Backend }[] = [
  { name: 'tensorflow', make: createTensorFlowBackend },
  { name: 'onnxruntime', make: createOnnxruntimeBackend },
];

let known: readonly EngineEntry[] | undefined;

/** Loads every engine that computes on the processor and can be loaded, once for the process. */
export function engines(): readonly EngineEntry[] {
  known ??= MAKERS.map(({ name, make }) => {
    try {
      return { name, backend: make() };
    } catch (error) {
      return { name, reason: error instanceof Error ? error.message : String(error) };
    }
  });
  return known;
}

function onGpu(): Backend {
  try {
    return createOnnxruntimeBackend('gpu');
  } catch (error) {
    throw new RpcError('E_NO_ENGINE', error instanceof Error ? error.message : String(error), 'Choose another engine.');
  }
}

/** The engine that was asked for, or the best one that is there. */
export function chooseEngine(wanted: EngineName | null): Backend {
  if (wanted === 'onnxruntime-gpu') return onGpu();
  const entry = engines().find(({ name, backend }) => (wanted === null ? backend !== undefined : name === wanted));
  if (entry?.backend) return entry.backend;
  throw new RpcError(
    'E_NO_ENGINE',
    wanted === null ? 'No engine can be loaded.' : `The engine ${wanted} cannot be loaded: ${entry?.reason ?? 'it is not known'}.`,
    'Run "npx skipwire doctor" to see what is missing.',
  );
}
