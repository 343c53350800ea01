import { inverse, permuteData } from '../../../shared/program/onnx/layout';
import { residentForm, residentShape } from '../../../shared/program/onnx/model';
import type { VariableSpec } from '../../../shared/program/program';
import type { TensorData, Tensors } from '../backend';
import type { loadOnnxruntime } from './library';
import { tensorOf, type Resident } from './runner';

/** Copies of the values as the models take them. */
export function residentOf(library: ReturnType<typeof loadOnnxruntime>, variables: readonly VariableSpec[], values: Tensors): Resident {
  return new Map(
    variables.map(({ name, shape }) => {
      const { data } = values[name] as TensorData & { readonly data: Float32Array };
      const permutation = residentForm(shape);
      const moved = permutation ? permuteData(data, shape, permutation) : data.slice();
      return [name, tensorOf(library, { dtype: 'float32', shape: residentShape(shape), data: moved })];
    }),
  );
}

/** Copies of the values as the network has them. */
export function valuesOf(variables: readonly VariableSpec[], resident: Resident): Tensors {
  return Object.fromEntries(
    variables.map(({ name, shape }): [string, TensorData] => {
      const tensor = resident.get(name);
      if (!tensor) throw new Error(`The session is not initialised: "${name}" has no value.`);
      const data = tensor.data as Float32Array;
      const permutation = residentForm(shape);
      const moved = permutation ? permuteData(data, residentShape(shape), inverse(permutation)) : data.slice();
      return [name, { dtype: 'float32', shape, data: moved }];
    }),
  );
}
