import type { Tensor } from 'onnxruntime-node';
import { copyModel } from '../../../shared/program/onnx/model';
import type { VariableSpec } from '../../../shared/program/program';
import { compileModel, optionsFor, type Device } from './device';
import type { loadOnnxruntime } from './library';
import type { Resident } from './runner';

/** Brings variables into the memory of the device and back. What it is given it does not take away. */
export interface Transfer {
  toDevice(resident: Resident): Promise<Resident>;
  fromDevice(resident: Resident): Promise<Resident>;
  release(): Promise<void>;
}

/** On the CPU there is nothing to bring anywhere. */
const none: Transfer = {
  toDevice: (resident) => Promise.resolve(resident),
  fromDevice: (resident) => Promise.resolve(resident),
  release: () => Promise.resolve(),
};

/**
 * By models that copy: onnxruntime-node has no call that makes a tensor in a GPU's memory, and the one that reads from there
 * (`Tensor.getData`) is not implemented in it and ends the process.
 */
export function transferOf(library: ReturnType<typeof loadOnnxruntime>, variables: readonly VariableSpec[], device: Device): Transfer {
  if (device === 'cpu' || variables.length === 0) return none;
  const results = variables.map(({ name }) => `to/${name}`);
  const copier = (kept: readonly string[]) => {
    const made = compileModel(library, copyModel(variables), optionsFor(device, { kept }));
    return {
      release: async () => (await made).release(),
      async copy(resident: Resident): Promise<Resident> {
        const given = Object.fromEntries([...resident].map(([name, tensor]) => [`from/${name}`, tensor]));
        const copies = await (await made).run(given);
        return new Map(variables.map(({ name }) => [name, copies[`to/${name}`] as Tensor]));
      },
    };
  };
  const copiers = new Map<'in' | 'out', ReturnType<typeof copier>>();
  const at = (way: 'in' | 'out') => {
    const known = copiers.get(way) ?? copier(way === 'in' ? results : []);
    copiers.set(way, known);
    return known;
  };
  return {
    toDevice: (resident) => at('in').copy(resident),
    fromDevice: (resident) => at('out').copy(resident),
    async release() {
      await Promise.all([...copiers.values()].map(({ release }) => release()));
      copiers.clear();
    },
  };
}
