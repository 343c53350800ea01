import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DType } from '../../../shared/graph/tensor';
import { TAG, type SavedModelFile, type SignatureNodes } from '../../../shared/program/tensorflow/savedModel';
import type { TensorData, Tensors } from '../backend';
import { leastTime } from '../stopwatch';
import type { TensorFlowBinding, TensorHandle } from './library';

/** The signatures of one SavedModel, in one session with its variables. */
export interface Signatures {
  run(signature: string, inputs: Tensors): Tensors;
  /** The least milliseconds of some runs; what is fed is there before, what comes out stays where it is. */
  time(signature: string, inputs: Tensors): Promise<number>;
  /** Makes ready what the signature's first run would; runs nothing of it. */
  prepare(signature: string): void;
  /** Frees the session and its variables; may be called twice. */
  dispose(): void;
}

/** Loads a SavedModel; the folder through which it goes is gone again when this returns. */
export async function loadSignatures(binding: TensorFlowBinding, { bytes, signatures }: SavedModelFile): Promise<Signatures> {
  const folder = await mkdtemp(join(tmpdir(), 'skipwire-network-'));
  try {
    await writeFile(join(folder, 'saved_model.pb'), bytes);
    return signaturesOf(binding, binding.loadSavedModel(folder, TAG), signatures);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function signaturesOf(binding: TensorFlowBinding, session: number, signatures: SavedModelFile['signatures']): Signatures {
  let isOpen = true;
  const nodesOf = (name: string) => {
    const nodes = signatures[name];
    if (!isOpen || !nodes) throw new Error(isOpen ? `There is no program "${name}".` : 'The session is disposed.');
    return nodes;
  };
  return {
    run: (name, inputs) => run(binding, session, nodesOf(name), inputs),
    time: (name, inputs) => time(binding, session, nodesOf(name), inputs),
    prepare: (name) => prepare(binding, session, nodesOf(name)),
    dispose() {
      if (isOpen) binding.deleteSavedModel(session);
      isOpen = false;
    },
  };
}

function run(binding: TensorFlowBinding, session: number, nodes: SignatureNodes, inputs: Tensors): Tensors {
  const fed: number[] = [];
  try {
    for (const input of Object.values(inputs)) fed.push(ownedTensor(binding, input));
    const inputNodes = Object.keys(inputs).map((input) => nodes.inputs[input]);
    const results = binding.runSavedModel(session, fed, inputNodes.join(), Object.values(nodes.outputs).join());
    return Object.fromEntries(Object.keys(nodes.outputs).map((output, index) => [output, take(binding, results[index] as TensorHandle)]));
  } finally {
    for (const id of fed) binding.deleteTensor(id);
  }
}

async function time(binding: TensorFlowBinding, session: number, nodes: SignatureNodes, inputs: Tensors): Promise<number> {
  const fed = Object.values(inputs).map((input) => ownedTensor(binding, input));
  const inputNodes = Object.keys(inputs).map((input) => nodes.inputs[input]);
  const outputNodes = Object.values(nodes.outputs).join();
  try {
    return await leastTime(() => {
      for (const { id } of binding.runSavedModel(session, fed, inputNodes.join(), outputNodes)) binding.deleteTensor(id);
    });
  } finally {
    for (const id of fed) binding.deleteTensor(id);
  }
}

/** How TensorFlow refuses to run a program because of an input's element type. */
const OTHER_TYPE = 'Expects arg[';

/**
 * A session makes the plan of a program at its first run, before it looks at the element types of what it is fed. So it is fed
 * what it must refuse: the plan is there, and not one operation was run.
 */
function prepare(binding: TensorFlowBinding, session: number, { inputs, outputs }: SignatureNodes): void {
  const nodes = Object.values(inputs);
  const refused = ownedTensor(binding, { dtype: 'bool', shape: [], data: new Uint8Array(1) });
  const fed = nodes.map(() => refused);
  try {
    const results = binding.runSavedModel(session, fed, nodes.join(), Object.values(outputs).join());
    for (const { id } of results) binding.deleteTensor(id);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes(OTHER_TYPE)) throw error;
  } finally {
    binding.deleteTensor(refused);
  }
}

/**
 * A copy of the numbers that belongs to TensorFlow. `createTensor` lends it the array's own memory (where that lies on a
 * 64-byte boundary) and frees the loan on whichever of its threads lets go last. A variable holds on to what it was
 * assigned, so a later step would write into the caller's array and free it outside JavaScript's thread: a crash.
 */
function ownedTensor(binding: TensorFlowBinding, { shape, dtype, data }: TensorData): number {
  const type = typeNumber(binding, dtype);
  const lent = binding.createTensor(shape, type, data);
  try {
    const [copy] = binding.executeOp('DeepCopy', [{ name: 'T', type: binding.TF_ATTR_TYPE, value: type }], [lent], 1);
    return (copy as TensorHandle).id;
  } finally {
    binding.deleteTensor(lent);
  }
}

function take(binding: TensorFlowBinding, { id, shape, dtype }: TensorHandle): TensorData {
  try {
    return { dtype: typeName(binding, dtype), shape, data: binding.tensorDataSync(id) };
  } finally {
    binding.deleteTensor(id);
  }
}

function typeNumber({ TF_FLOAT, TF_INT32, TF_BOOL }: TensorFlowBinding, dtype: DType): number {
  return { float32: TF_FLOAT, int32: TF_INT32, bool: TF_BOOL }[dtype];
}

function typeName({ TF_INT32, TF_BOOL }: TensorFlowBinding, dtype: number): DType {
  if (dtype === TF_INT32) return 'int32';
  return dtype === TF_BOOL ? 'bool' : 'float32';
}
