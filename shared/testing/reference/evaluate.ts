import { evaluateDim, formatDim, isKnown, type Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import type { Operation, Program } from '../../program/program';
import { array, type NumberArray } from './array';
import { kernels } from './kernels';

/** Values of a program's inputs and variables, by name. */
export type NumberArrays = Readonly<Record<string, NumberArray>>;

/** What a run gives: outputs, and the variables after it. */
export interface Evaluation {
  readonly outputs: NumberArrays;
  readonly variables: NumberArrays;
}

/** Runs a program in float64 by plain loops: slow, and easy to believe. What is random is as in ONNX. */
export function evaluateProgram(program: Program, inputs: NumberArrays, variables: NumberArrays = {}): Evaluation {
  const sizes = bindSizes(program, inputs);
  const values = new Map<number, NumberArray>();
  for (const { name, value } of program.inputs) values.set(value.id, given(inputs, name));
  for (const { name, value } of program.variables) values.set(value.id, given(variables, name));
  for (const operation of program.operations) evaluate(operation, values, sizes);
  const result = (id: number) => values.get(id) as NumberArray;
  const updated = new Map(program.updates.map(({ variable, value }) => [variable.id, result(value.id)]));
  return {
    outputs: Object.fromEntries(program.outputs.map(({ name, value }) => [name, result(value.id)])),
    variables: {
      ...variables,
      ...Object.fromEntries(program.variables.map(({ name, value }) => [name, updated.get(value.id) ?? result(value.id)])),
    },
  };
}

type Sizes = Readonly<Record<string, number>>;

function evaluate({ primitive, inputs, attributes, outputs }: Operation, values: Map<number, NumberArray>, sizes: Sizes): void {
  const operands = inputs.map(({ id }) => values.get(id) as NumberArray);
  const shapes = outputs.map(({ type }) => concrete(type.shape, sizes));
  const results =
    primitive === 'size' ? [array([], [sizeOf((attributes as { dim: Dim }).dim, sizes)])] : run(primitive, operands, attributes, shapes);
  outputs.forEach(({ id }, index) =>
    values.set(id, { shape: shapes[index] as readonly number[], data: (results[index] as NumberArray).data }),
  );
}

function run(
  primitive: string,
  operands: readonly NumberArray[],
  attributes: object,
  shapes: readonly (readonly number[])[],
): readonly NumberArray[] {
  const kernel = kernels[primitive];
  if (!kernel) throw new Error(`The reference has no ${primitive}.`);
  return kernel(operands, attributes as never, shapes);
}

function bindSizes(program: Program, inputs: NumberArrays): Sizes {
  const bound = program.inputs.flatMap(({ name, value }) =>
    value.type.shape.flatMap((dim, axis) => (isKnown(dim) ? [] : [[formatDim(dim), given(inputs, name).shape[axis]] as const])),
  );
  return Object.fromEntries(bound) as Sizes;
}

function concrete(shape: Shape, sizes: Sizes): readonly number[] {
  return shape.map((dim) => sizeOf(dim, sizes));
}

function sizeOf(dim: Dim, sizes: Sizes): number {
  const size = evaluateDim(dim, sizes);
  if (size === undefined) throw new Error(`The size ${formatDim(dim)} is not known.`);
  return size;
}

function given(arrays: NumberArrays, name: string): NumberArray {
  const found = arrays[name];
  if (!found) throw new Error(`"${name}" is missing.`);
  return found;
}
