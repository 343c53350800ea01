import { addDims, compareDims, floorDivide, isKnown, type Dim } from '../../graph/dim';
import { compareShapes, formatShape, type Shape, type TensorType } from '../../graph/tensor';
import { ProgramError } from '../programError';

/** The shape of a binary operation by NumPy's rules; axes must be provably equal, or 1. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left === 1) return right;
    if (right === 1 || compareDims(left, right) === 'equal') return left;
    throw new ProgramError(`Shapes ${show(a)} and ${show(b)} do not broadcast: expected axis ${axis} to be equal or 1.`);
  });
}

/** Output size of a sliding window along one axis. */
export function windowSize(input: Dim, size: number, stride: number, pads: readonly [number, number], dilation = 1): Dim {
  const reach = (size - 1) * dilation + 1;
  const output = addDims(floorDivide(addDims(input, pads[0] + pads[1] - reach), stride), 1);
  if (isKnown(output) && output < 1)
    throw new ProgramError(`A window of ${reach} with pads ${pads.join(', ')} does not fit a size of ${show([input])}.`);
  return output;
}

export function expectRank(what: string, { shape }: TensorType, rank: number): void {
  if (shape.length !== rank) throw new ProgramError(`${what}: received ${show(shape)}, expected rank ${rank}.`);
}

export function expectFloat(what: string, { dtype }: TensorType): void {
  if (dtype !== 'float32') throw new ProgramError(`${what}: received ${dtype}, expected float32.`);
}

export function expectShape(what: string, { shape }: TensorType, expected: Shape): void {
  if (compareShapes(shape, expected) !== 'equal') throw new ProgramError(`${what}: received ${show(shape)}, expected ${show(expected)}.`);
}

/** A size that must be a plain number, such as a kernel's. */
export function known(what: string, dim: Dim | undefined): number {
  if (dim === undefined || !isKnown(dim))
    throw new ProgramError(`${what} must be known, received ${dim === undefined ? 'nothing' : show([dim])}.`);
  return dim;
}

export function knownShape(what: string, shape: Shape): readonly number[] {
  return shape.map((dim) => known(what, dim));
}

export function checkAxes(what: string, shape: Shape, axes: readonly number[]): void {
  const fits = axes.every((axis) => Number.isInteger(axis) && axis >= 0 && axis < shape.length) && new Set(axes).size === axes.length;
  if (!fits) throw new ProgramError(`${what}: axes [${axes.join(', ')}] do not fit ${show(shape)}.`);
}

export function show(shape: Shape): string {
  return shape.length === 0 ? 'a scalar' : formatShape(shape, { batch: true });
}
