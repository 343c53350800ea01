import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { TAG } from '../../../shared/program/tensorflow/savedModel';
import type { TensorData, Tensors } from '../backend';
import type { LoadedSignature, TensorFlowLibrary } from './library';

/** The signatures of one SavedModel, in one session with its variables. */
export interface Signatures {
  run(signature: string, inputs: Tensors): Tensors;
  dispose(): void;
}

/**
 * Loads a `saved_model.pb`. It goes through a folder of its own, since tfjs-node knows sessions by their folders; the
 * folder is gone again when this returns.
 */
export async function loadSignatures(library: TensorFlowLibrary, bytes: Uint8Array, names: readonly string[]): Promise<Signatures> {
  const folder = await mkdtemp(join(tmpdir(), 'skipwire-network-'));
  const loaded = new Map<string, LoadedSignature>();
  const dispose = () => {
    for (const signature of loaded.values()) signature.dispose();
    loaded.clear();
  };
  try {
    await writeFile(join(folder, 'saved_model.pb'), bytes);
    for (const name of names) loaded.set(name, await library.node.loadSavedModel(folder, [TAG], name));
  } catch (error) {
    dispose();
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { dispose, run: (name, inputs) => run(library, loaded.get(name), name, inputs) };
}

function run(library: TensorFlowLibrary, signature: LoadedSignature | undefined, name: string, inputs: Tensors): Tensors {
  if (!signature) throw new Error(`The session is disposed or has no program "${name}".`);
  const fed = mapValues(inputs, ({ data, shape, dtype }) => library.tensor(data, shape, dtype));
  try {
    const results = signature.predict(fed);
    return mapValues(results, takeData);
  } finally {
    for (const tensor of Object.values(fed)) tensor.dispose();
  }
}

function takeData(tensor: Tensor): TensorData {
  const result = { dtype: tensor.dtype as TensorData['dtype'], shape: tensor.shape, data: tensor.dataSync() };
  tensor.dispose();
  return result;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
