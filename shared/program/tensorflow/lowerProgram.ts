import { formatDim, isKnown, type Dim, type DimFactor } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';
import { primitiveNamed } from '../primitives/registry';
import type { Operation, Program } from '../program';
import { ProgramError } from '../programError';
import { integerValue, listValue, shapeValue, typeValue, type NodeList } from './nodes';
import type { TensorFlowAttributes, TensorFlowGraph } from './writer';

/** How a program's variables are there in the graph: node names of their resources, or of constants in their place. */
export type VariableNodes = { readonly resources: ReadonlyMap<string, string> } | { readonly constants: ReadonlyMap<string, string> };

/** Tensor names of a program's rim. */
export interface LoweredProgram {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Adds a program's nodes under a scope of its own; the outputs are there only after all updates are done. */
export function lowerProgram(list: NodeList, program: Program, variables: VariableNodes): LoweredProgram {
  const scope = program.name;
  const inputs = new Map(
    program.inputs.map(({ name, value }) => {
      const attributes = { dtype: typeValue(value.type.dtype), shape: shapeValue(value.type.shape) };
      return [name, list.addRaw('Placeholder', [], attributes, `${scope}/${nodeName(name)}`)] as const;
    }),
  );
  const names = new Map<number, string>(program.inputs.map(({ name, value }) => [value.id, inputs.get(name) as string]));
  const reads = readVariables(list, program, variables, names);
  // One node reads them all.
  const [read] = reads.keys();
  const order: Order = { changesAfter: read === undefined ? [] : [`^${nodeOf(read)}`], computedAfter: [] };
  const graph = graphOf(list, scope, sizesOf(list, scope, program, names), reads, order);
  const readAgain: ReadAgain = new Map();
  for (const operation of changesBehindGuard(program)) {
    order.computedAfter = operation.after ? [`^${nodeOf(nameOf(names, operation.after.id))}`] : [];
    lowerOperation(graph, operation, names, readAgain);
    if (operation.outputs.some(({ id }) => id === program.guard?.id)) guardBy(list, scope, order, nameOf(names, program.guard?.id ?? -1));
  }
  const done = program.updates.map(({ variable, value }) =>
    update(list, scope, reads, order, nameOf(names, variable.id), nameOf(names, value.id)),
  );
  // Outputs wait for one node, not each for every change: TensorFlow plans a run by its edges, too.
  const changed = done.length > 1 ? [`^${list.add('NoOp', done, {}, scope)}`] : done;
  const outputs = program.outputs.map(({ name, value }) => {
    const attributes = { T: typeValue(value.type.dtype) };
    return [name, list.addRaw('Identity', [nameOf(names, value.id), ...changed], attributes, `${scope}/${nodeName(name)}`)] as const;
  });
  return { inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs) };
}

/** Begins the message of a run that was broken off because the program's guard was not finite. */
export const GUARD_MESSAGE = 'skipwire: the guard is not finite';

/**
 * The operations, those that only make a variable's new value behind the guard's where they stand before it: they may change the variable
 * in place.
 */
function changesBehindGuard({ operations, outputs, updates, guard }: Program): readonly Operation[] {
  const at = operations.findIndex((operation) => operation.outputs.some(({ id }) => id === guard?.id));
  if (at < 0) return operations;
  const taken = new Set([...operations.flatMap(({ inputs }) => inputs), ...outputs.map(({ value }) => value)].map(({ id }) => id));
  const changed = new Set(updates.map(({ value }) => value.id));
  const isChange = (operation: Operation) => operation.outputs.every(({ id }) => changed.has(id) && !taken.has(id));
  const before = operations.slice(0, at);
  return [
    ...before.filter((operation) => !isChange(operation)),
    operations[at] as Operation,
    ...before.filter(isChange),
    ...operations.slice(at + 1),
  ];
}

/** Control inputs, by what waits for them. */
interface Order {
  /** Every change of a variable: all are read first, since a program means their values before, and the guard's value is there. */
  changesAfter: readonly string[];
  /** The operation that is being lowered. */
  computedAfter: readonly string[];
}

/** The check breaks the run off before anything is changed. It costs nothing: what is changed depends on the loss anyway. */
function guardBy(list: NodeList, scope: string, order: Order, value: string): void {
  const check = list.add('CheckNumerics', [value, ...order.changesAfter], { T: { type: 'float32' }, message: GUARD_MESSAGE }, scope);
  order.changesAfter = [`^${check}`];
}

/** Resources by the name of the tensor that was read from them. */
type Reads = ReadonlyMap<string, string>;

/** One node reads all of a program's variables: each node costs TensorFlow time when it plans the run. */
function readVariables(list: NodeList, program: Program, nodes: VariableNodes, names: Map<number, string>): Reads {
  const sources = program.variables.map(({ name }) => {
    const source = 'resources' in nodes ? nodes.resources.get(name) : nodes.constants.get(name);
    if (source === undefined) throw new ProgramError(`Program "${program.name}": there is no variable "${name}" in the graph.`);
    return source;
  });
  if ('constants' in nodes || sources.length === 0) {
    program.variables.forEach(({ value }, index) => names.set(value.id, sources[index] as string));
    return new Map();
  }
  const read = readNode(list, sources, `${program.name}/read`);
  program.variables.forEach(({ value }, index) => names.set(value.id, `${read}:${index}`));
  return new Map(sources.map((resource, index) => [`${read}:${index}`, resource]));
}

/** Adds the node whose outputs are the values of variables, each of float32. */
export function readNode(list: NodeList, resources: readonly string[], name: string): string {
  const attributes = { N: integerValue(resources.length), dtypes: listValue({ types: resources.map(() => 'float32') }) };
  return list.addRaw('_ReadVariablesOp', resources, attributes, name);
}

/** What was changed in place has no tensor of its own: how each is read, by the value. */
type ReadAgain = Map<number, () => string>;

function lowerOperation(
  graph: TensorFlowGraph,
  { primitive, inputs, outputs, attributes }: Operation,
  names: Map<number, string>,
  readAgain: ReadAgain,
): void {
  const operands = inputs.map(({ id }) => readAgain.get(id)?.() ?? nameOf(names, id));
  const types = { inputs: inputs.map(({ type }) => type), outputs: outputs.map(({ type }) => type) };
  const lowered = primitiveNamed(primitive).tensorflow(graph, operands, attributes, types);
  const results = typeof lowered === 'string' ? [lowered] : lowered;
  outputs.forEach(({ id }, index) => {
    const result = results[index] as string;
    names.set(id, result);
    if (result.startsWith('^')) readAgain.set(id, readerOf(graph, operands[index] as string, result));
  });
}

/** Reads a variable that was changed in place, once it is, for who wants its new value. */
function readerOf(graph: TensorFlowGraph, variable: string, done: string): () => string {
  let read: string | undefined;
  return () => (read ??= graph.op('ReadVariableOp', [graph.resource(variable), done], { dtype: { type: 'float32' } }));
}

/** Control input that stands for the update being done. */
function update(list: NodeList, scope: string, reads: Reads, order: Order, variable: string, value: string): string {
  if (value.startsWith('^')) return value;
  const resource = resourceOf(reads, variable);
  return `^${list.add('AssignVariableOp', [resource, value, ...order.changesAfter], { dtype: { type: 'float32' } }, scope)}`;
}

function graphOf(list: NodeList, scope: string, size: (dim: Dim) => string, reads: Reads, order: Order): TensorFlowGraph {
  const remembered = new Map<string, readonly string[]>();
  const shapes = new Map<string, string>();

  function shape(sizes: Shape): string {
    if (sizes.every(isKnown)) return list.constant(sizes, [sizes.length], 'int32');
    const key = sizes.map(formatDim).join('×');
    const made = shapes.get(key) ?? list.add('Pack', sizes.map(size), { N: sizes.length, T: { type: 'int32' }, axis: 0 }, scope);
    shapes.set(key, made);
    return made;
  }

  const made = new Map<string, { readonly attributes: TensorFlowAttributes; readonly name: string }[]>();

  /** Equal operations are one node: TensorFlow finds them too, but takes its time. */
  function once(type: string, inputs: readonly string[], attributes: TensorFlowAttributes): string {
    const key = `${type} ${inputs.join(' ')}`;
    const like = made.get(key) ?? [];
    const known = like.find((other) => JSON.stringify(other.attributes) === JSON.stringify(attributes));
    if (known) return known.name;
    const name = list.add(type, inputs, attributes, scope);
    made.set(key, [...like, { attributes, name }]);
    return name;
  }

  return {
    op: (type, inputs, attributes = {}) => once(type, [...inputs, ...order.computedAfter], attributes),
    ops(type, inputs, attributes, outputCount) {
      const name = list.add(type, [...inputs, ...order.computedAfter], attributes, scope);
      return Array.from({ length: outputCount }, (_, index) => (index === 0 ? name : `${name}:${index}`));
    },
    constant: list.constant,
    shape,
    size,
    resource: (tensor) => resourceOf(reads, tensor),
    inPlace(type, inputs, attributes) {
      return `^${list.add(type, [...inputs, ...order.changesAfter], attributes, scope)}`;
    },
    remember: (tensor, values) => void remembered.set(tensor, values),
    recall: (tensor) => remembered.get(tensor),
  };
}

function resourceOf(reads: Reads, tensor: string): string {
  const resource = reads.get(tensor);
  if (resource === undefined) throw new ProgramError('Only a variable can be changed in place.');
  return resource;
}

/** Sizes that are known at run time only are computed from the shapes of the program's inputs. */
function sizesOf(list: NodeList, scope: string, program: Program, names: ReadonlyMap<number, string>): (dim: Dim) => string {
  const made = new Map<string, string>();
  const int = { T: { type: 'int32' } } as const;

  function size(dim: Dim): string {
    if (isKnown(dim)) return list.constant([dim], [], 'int32');
    const key = formatDim(dim);
    const name =
      made.get(key) ??
      expression(
        dim.constant,
        dim.terms.map(({ coefficient, factors }) => product(coefficient, factors)),
      );
    made.set(key, name);
    return name;
  }
  const expression = (constant: number, terms: readonly string[]) =>
    [...terms, ...(constant === 0 ? [] : [size(constant)])].reduce((sum, term) => list.add('AddV2', [sum, term], int, scope));
  const product = (coefficient: number, factors: readonly DimFactor[]) =>
    [...(coefficient === 1 ? [] : [size(coefficient)]), ...factors.map(factor)].reduce((a, b) => list.add('Mul', [a, b], int, scope));
  const factor = (part: DimFactor) =>
    'unknown' in part ? unknownSize(part.unknown) : list.add('FloorDiv', [size(part.floorOf), size(part.by)], int, scope);

  function unknownSize(name: string): string {
    const key = `unknown ${name}`;
    const known = made.get(key) ?? measure(name);
    made.set(key, known);
    return known;
  }

  function measure(name: string): string {
    for (const { value } of program.inputs) {
      const axis = value.type.shape.findIndex((dim) => !isKnown(dim) && formatDim(dim) === name);
      if (axis < 0) continue;
      const shape = list.add('Shape', [nameOf(names, value.id)], { T: { type: value.type.dtype }, out_type: { type: 'int32' } }, scope);
      const at = [axis, axis + 1, 1].map((index) => list.constant([index], [1], 'int32'));
      return list.add('StridedSlice', [shape, ...at], { ...int, Index: { type: 'int32' }, shrink_axis_mask: 1 }, scope);
    }
    throw new ProgramError(`Program "${program.name}": no input has the size ${name}.`);
  }
  return size;
}

function nameOf(names: ReadonlyMap<number, string>, id: number): string {
  const name = names.get(id);
  if (name === undefined) throw new ProgramError(`%${id} is not in the graph.`);
  return name;
}

/** The node whose output a tensor is. */
function nodeOf(tensor: string): string {
  return tensor.split(':')[0] as string;
}

/** TensorFlow's node names: letters, digits and `_.-/`. */
function nodeName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.\-/]/g, '_');
}
