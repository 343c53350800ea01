import { createRequire } from 'node:module';
import { TENSORFLOW } from '../../shared/rpc/engineContract';
import { askChild } from './engineChild';
import type { Host } from './host';

/** TensorFlow's package for NVIDIA's GPUs, which a person may have installed. */
export interface TensorflowGpu {
  /** Tries it once, in a process of its own; at once where it is not installed. */
  tried(): Promise<void>;
  /** What tells an engine's process to load it: empty where it does not work. */
  environment(): Readonly<Record<string, string>>;
  /** What there is to say of it, in a sentence; null where it is not installed. */
  words(): string | null;
}

const PACKAGE = '@tensorflow/tfjs-node-gpu';
/** CUDA's libraries are large, and compile for an unknown device at their first use. */
const PATIENCE = 120;
const ON: Readonly<Record<string, string>> = { [TENSORFLOW]: 'gpu' };

/** Not tried yet. */
export function createTensorflowGpu(host: Host, isInstalled = resolves): TensorflowGpu {
  let trying: Promise<void> | undefined;
  let works = false;
  let words: string | null = null;

  async function look(): Promise<void> {
    if (!isInstalled()) return;
    const answer = await askChild(
      { host, environment: ON, seconds: PATIENCE },
      async (client) => (await client.call('tensorflow.look', {})).reason,
    );
    const reason = 'value' in answer ? answer.value : answer.reason;
    works = reason === null;
    words = works ? `It computes on the GPU (${PACKAGE}).` : `${PACKAGE} is installed and not used: ${reason}`;
  }

  return {
    tried: () => (trying ??= look()),
    environment: () => (works ? ON : {}),
    words: () => words,
  };
}

function resolves(): boolean {
  try {
    createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
    return true;
  } catch {
    return false;
  }
}
