import { describe, expect, it } from 'vitest';
import type { TensorFlowBinding, TensorHandle } from './library';
import { loadSignatures } from './signatures';

/** A binding that keeps account of its tensors: on loan from JavaScript, owned, and which of them a session was run with. */
function accountingBinding() {
  const lent = new Set<number>();
  const owned = new Set<number>();
  const runWith: number[][] = [];
  let next = 0;
  const own = (): TensorHandle => {
    owned.add((next += 1));
    return { id: next, shape: [2], dtype: 1 };
  };
  const binding: TensorFlowBinding = {
    createTensor() {
      lent.add((next += 1));
      return next;
    },
    executeOp: (operation) => {
      if (operation !== 'DeepCopy') throw new Error(`${operation} is no copy.`);
      return [own()];
    },
    deleteTensor: (id) => {
      if (!lent.delete(id) && !owned.delete(id)) throw new Error(`There is no tensor ${id}.`);
    },
    tensorDataSync: () => new Float32Array(2),
    loadSavedModel: () => 1,
    deleteSavedModel: () => undefined,
    runSavedModel(_, inputs) {
      runWith.push([...inputs]);
      if (lent.size > 0) throw new Error('A tensor is still on loan while TensorFlow computes.');
      return [own()];
    },
    getNumOfTensors: () => lent.size + owned.size,
    getNumOfSavedModels: () => 1,
    isUsingGpuDevice: () => false,
    TF_FLOAT: 1,
    TF_INT32: 3,
    TF_BOOL: 10,
    TF_ATTR_TYPE: 2,
    TF_Version: '0',
  };
  return { binding, runWith };
}

describe('running a signature', () => {
  it('gives TensorFlow copies: memory on loan from JavaScript is back before it computes', async () => {
    const { binding, runWith } = accountingBinding();
    const file = { bytes: new Uint8Array(), signatures: { f: { inputs: { a: 'a:0', b: 'b:0' }, outputs: { y: 'y:0' } } } };
    const { run } = await loadSignatures(binding, file);
    const input = { dtype: 'float32', shape: [2], data: new Float32Array(2) } as const;
    expect(run('f', { a: input, b: input })).toEqual({ y: { dtype: 'float32', shape: [2], data: new Float32Array(2) } });
    expect(runWith).toHaveLength(1);
    expect(binding.getNumOfTensors()).toBe(0);
  });
});
