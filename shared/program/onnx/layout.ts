import type { Dim } from '../../graph/dim';
import type { Shape, TensorType } from '../../graph/tensor';
import type { OnnxAttributes, OnnxGraph, Permutation } from './writer';

/** From `N×H×W×C` to ONNX's `N×C×H×W`. */
export const IMAGE: Permutation = [0, 3, 1, 2];
/** From a kernel `H×W×I×O` to ONNX's `O×I×H×W`. */
export const KERNEL: Permutation = [3, 2, 0, 1];

/** The permutation that takes the other one back. */
export function inverse(permutation: Permutation): Permutation {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

/** First `first`, then `second`, as one. */
export function composed(first: Permutation, second: Permutation): Permutation {
  return second.map((axis) => first[axis] as number);
}

export function isIdentity(permutation: Permutation): boolean {
  return permutation.every((from, axis) => from === axis);
}

/** The shape (or anything that there is one of per axis) of the permuted value. */
export function permute<T>(values: readonly T[], permutation: Permutation): readonly T[] {
  return permutation.map((axis) => values[axis] as T);
}

/** Moves the numbers of a tensor of the given shape into the order of the permuted one. */
export function permuteData(data: Float32Array, shape: readonly number[], permutation: Permutation): Float32Array {
  const steps = permute(stridesOf(shape), permutation);
  const sizes = permute(shape, permutation);
  const strides = stridesOf(sizes);
  const axes = sizes
    .map((size, axis) => ({ size, from: steps[axis] as number, to: strides[axis] as number }))
    .filter(({ size }) => size > 1);
  const near = axes.find(({ from }) => from === 1);
  if (!near || data.length === 0) return data.slice();
  const others = axes.filter((axis) => axis !== near);
  const moved = new Float32Array(data.length);
  const fill = (axis: number, from: number, to: number, count: number): void => {
    const other = others[axis];
    if (!other) for (let index = 0; index < count; index += 1) moved[to + index * near.to] = data[from + index] as number;
    else for (let index = 0; index < other.size; index += 1) fill(axis + 1, from + index * other.from, to + index * other.to, count);
  };
  for (let start = 0; start < near.size; start += LINE) fill(0, start, start * near.to, Math.min(LINE, near.size - start));
  return moved;
}

/** Numbers in a line of the processor's cache: each is read once, and written to as many places side by side. */
const LINE = 16;

function stridesOf(shape: readonly number[]): readonly number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
}

/** The channels-first form of an image. */
export function image(g: OnnxGraph, value: string): string {
  return g.permuted(value, IMAGE);
}

/** The value whose channels-first form is given. */
export function fromImage(g: OnnxGraph, value: string): string {
  return g.fromPermuted(value, IMAGE);
}

/**
 * An operation on each element, with NumPy's broadcasting: in the form in which an operand of full rank already is, so
 * that nothing is transposed for it.
 */
export function elementwise(
  g: OnnxGraph,
  type: string,
  operands: readonly string[],
  types: readonly TensorType[],
  attributes: OnnxAttributes = {},
): string {
  return inOneForm(g, operands, types, (aligned) => g.op(type, aligned, attributes));
}

/** Several element-wise operations one after another, all in the form of the first operand that has one. */
export function inOneForm(
  g: OnnxGraph,
  operands: readonly string[],
  types: readonly TensorType[],
  compute: (operands: readonly string[]) => string,
): string {
  const { aligned, restored } = alignedForms(g, operands, types);
  return restored(compute(aligned));
}

/** Operands in one form. */
interface Aligned {
  readonly aligned: readonly string[];
  /** The program's value of a result in that form. */
  restored(value: string): string;
  /** Where an axis of the program's value is in that form. */
  axisOf(axis: number): number;
}

/** Operands of a computation that is the same in every form, in the one that the first of them has. */
export function alignedForms(g: OnnxGraph, operands: readonly string[], types: readonly TensorType[]): Aligned {
  const rank = Math.max(...types.map(({ shape }) => shape.length));
  const form = operands.map((operand) => g.formOf(operand)).find((permutation) => permutation?.length === rank);
  if (!form) return { aligned: operands, restored: (value) => value, axisOf: (axis) => axis };
  return {
    aligned: operands.map((operand, index) => alignedTo(g, operand, (types[index] as TensorType).shape, form)),
    restored: (value) => g.fromPermuted(value, form),
    axisOf: (axis) => form.indexOf(axis),
  };
}

function alignedTo(g: OnnxGraph, operand: string, shape: Shape, form: Permutation): string {
  if (shape.length === 0) return operand;
  if (shape.length === form.length) return g.permuted(operand, form);
  const whole: Shape = [...Array.from({ length: form.length - shape.length }, (): Dim => 1), ...shape];
  // A vector keeps its order whatever its axis is called.
  if (shape.length === 1) return g.op('Reshape', [operand, g.shape(permute(whole, form))]);
  return g.op('Transpose', [g.op('Reshape', [operand, g.shape(whole)])], { perm: form });
}

/** A one-dimensional int64 constant, ONNX's way to give axes, starts and sizes. */
export function integers(g: OnnxGraph, values: readonly number[]): string {
  return g.constant(values, [values.length], 'int64');
}

export function floatScalar(g: OnnxGraph, value: number): string {
  return g.constant([value], [], 'float32');
}
