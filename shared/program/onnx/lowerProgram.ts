import { primitiveNamed } from '../primitives/registry';
import type { Operation, Program } from '../program';
import { ProgramError } from '../programError';
import { formsOf, type Forms } from './forms';
import type { NodeList } from './nodes';
import { sizesOf, type Sizes } from './sizes';
import type { OnnxGraph, OnnxRuntime, Permutation } from './writer';

/** A variable's tensor in the graph, and the permutation of the form in which it is there. */
export interface VariableNode {
  readonly name: string;
  readonly permutation: Permutation | undefined;
}

/** A variable's value after the run, in the same form as before it. */
export interface LoweredUpdate {
  readonly variable: string;
  readonly value: string;
}

/** Tensor names of a program's results. */
export interface LoweredProgram {
  readonly outputs: ReadonlyMap<string, string>;
  readonly updates: readonly LoweredUpdate[];
}

/**
 * Adds a program's nodes. Its inputs are tensors of their own names, its variables those that are given by their names.
 */
export function lowerProgram(
  list: NodeList,
  program: Program,
  variables: ReadonlyMap<string, VariableNode>,
  runtime: OnnxRuntime = {},
): LoweredProgram {
  const forms = formsOf(list);
  const names = new Map<number, string>(program.inputs.map(({ name, value }) => [value.id, name]));
  for (const { name, value } of program.variables) {
    const node = variableNode(program, variables, name);
    names.set(value.id, node.permutation ? forms.fromPermuted(node.name, node.permutation) : node.name);
  }
  const graph = graphOf(
    list,
    forms,
    sizesOf(list, program, (id) => nameOf(names, id)),
    runtime,
  );
  for (const operation of program.operations) lowerOperation(graph, operation, names);
  const byId = new Map(program.variables.map(({ name, value }) => [value.id, name]));
  return {
    outputs: new Map(program.outputs.map(({ name, value }) => [name, forms.plain(nameOf(names, value.id))])),
    updates: program.updates.map(({ variable, value }) => {
      const name = byId.get(variable.id) as string;
      const { permutation } = variableNode(program, variables, name);
      const next = nameOf(names, value.id);
      return { variable: name, value: permutation ? forms.permuted(next, permutation) : forms.plain(next) };
    }),
  };
}

function variableNode({ name: program }: Program, variables: ReadonlyMap<string, VariableNode>, name: string): VariableNode {
  const node = variables.get(name);
  if (!node) throw new ProgramError(`Program "${program}": there is no variable "${name}" in the graph.`);
  return node;
}

function lowerOperation(graph: OnnxGraph, { primitive, inputs, outputs, attributes }: Operation, names: Map<number, string>): void {
  const operands = inputs.map(({ id }) => nameOf(names, id));
  const types = { inputs: inputs.map(({ type }) => type), outputs: outputs.map(({ type }) => type) };
  const lowered = primitiveNamed(primitive).onnx(graph, operands, attributes, types);
  const results = typeof lowered === 'string' ? [lowered] : lowered;
  outputs.forEach(({ id }, index) => names.set(id, results[index] as string));
}

function graphOf(list: NodeList, forms: Forms, { shape, size }: Sizes, runtime: OnnxRuntime): OnnxGraph {
  const ops: OnnxGraph['ops'] = (type, inputs, attributes, outputCount) => list.add(type, inputs.map(forms.plain), attributes, outputCount);
  return {
    ops,
    op: (type, inputs, attributes = {}) => ops(type, inputs, attributes, 1)[0] as string,
    constant: list.constant,
    shape,
    size,
    permuted: forms.permuted,
    fromPermuted: forms.fromPermuted,
    formOf: forms.formOf,
    runtime,
  };
}

function nameOf(names: ReadonlyMap<number, string>, id: number): string {
  const name = names.get(id);
  if (name === undefined) throw new ProgramError(`%${id} is not in the graph.`);
  return name;
}
