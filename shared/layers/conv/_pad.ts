import * as z from 'zod';
import { addDims, isKnown, subtractDims, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import type { DataFormat, TensorType } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import { joinSummary } from '../_params';
import { padded } from '../_torch';
import { expectAxes, spatialShape, spatialSizes, windowPads } from '../_window';
import { unsupported, type KerasRecord, type TorchRecord, type Unsupported } from '../define';
import { zeroPadding } from './_conv';

export const side = z.int().min(0).max(1024);

/** What is alike in padding of sequences, images and volumes. */
export const padMode = z
  .enum(['consistent', 'explicit'])
  .default('consistent')
  .describe('As much as a kernel needs, or numbers of your own.');
export const padFill = z
  .enum(['zeros', 'reflect'])
  .default('zeros')
  .describe('Zeros, or what lies inside the border as in a mirror.')
  .meta({ torch: 'mode' });

/** Before and after, along each axis. */
export type Sides = readonly (readonly [number, number])[];

/** What a consistently padding convolution with that kernel needs. */
export function consistentSides(kernelSize: readonly number[]): Sides {
  return kernelSize.map((size) => windowPads(1, size, 1, 'consistent'));
}

type Fill = 'zeros' | 'reflect';

export function inferPad(x: TensorType, sides: Sides, fill: Fill, dataFormat: DataFormat): Result<{ y: TensorType }, LayerProblem> {
  const problem = expectAxes(x, sides.length) ?? (fill === 'reflect' ? mirrorProblem(spatialSizes(x, dataFormat), sides) : undefined);
  if (problem) return err(problem);
  const sizes = spatialSizes(x, dataFormat).map((size, axis) => addDims(size, sum(sides[axis])));
  return ok({ y: { dtype: x.dtype, shape: spatialShape(x, dataFormat, sizes) } });
}

function sum(ends: readonly [number, number] | undefined): number {
  return (ends?.[0] ?? 0) + (ends?.[1] ?? 0);
}

/** A mirror shows at most all but the border itself. */
function mirrorProblem(sizes: readonly Dim[], sides: Sides): LayerProblem | undefined {
  const index = sizes.findIndex((size, axis) => !isKnown(size) || Math.max(...(sides[axis] ?? [])) >= size);
  if (index < 0) return undefined;
  const [size, most] = [sizes[index] as Dim, Math.max(...(sides[index] ?? []))];
  const message = isKnown(size)
    ? `a mirror of ${most} needs more than ${most} elements, received ${size}. Use smaller numbers, or fill “zeros”.`
    : 'a mirror needs a known size. Give the input fixed sizes, or use fill “zeros”.';
  return { code: 'param/reflect', param: 'fill', message };
}

export function lowerPad(b: Builder, x: Value, sides: Sides, fill: Fill): Value {
  if (fill === 'zeros') return b.pad(x, [[0, 0], ...sides, [0, 0]]);
  return sides.reduce((value, ends, axis) => mirrored(b, value, axis + 1, ends), x);
}

/** Row by row: the second, third, … before the first one, and the same behind the last. */
function mirrored(b: Builder, x: Value, axis: number, [before, after]: readonly [number, number]): Value {
  if (before + after === 0) return x;
  const shape = x.type.shape;
  const size = shape[axis] as number;
  const row = (index: number) => b.slice(x, shape.map((_, other) => (other === axis ? index : 0)), shape.with(axis, 1)); // prettier-ignore
  const first = Array.from({ length: before }, (_, index) => row(before - index));
  const last = Array.from({ length: after }, (_, index) => row(size - 2 - index));
  return b.concat([...first, x, ...last], axis);
}

export function padSummary(mode: 'consistent' | 'explicit', kernelSize: readonly number[], sides: Sides, fill: Fill): string {
  const ends = sides.map((pair) => pair.join(',')).join(' ');
  return joinSummary(mode === 'consistent' ? `for ${kernelSize.join('×')}` : 'explicit', ends, fill === 'reflect' ? 'reflect' : '');
}

export function kerasPad(sides: Sides, fill: Fill, dataFormat: DataFormat): KerasRecord | Unsupported {
  return fill === 'reflect' ? unsupported('Keras has no layer that pads as a mirror. Use fill “zeros”.') : zeroPadding(sides, dataFormat);
}

export function torchPad(sides: Sides, fill: Fill): TorchRecord {
  const call = padded(sides.length === 1 ? 'x.transpose(1, 2)' : 'x', sides, fill === 'reflect' ? `, mode='reflect'` : '');
  return { forward: sides.length === 1 ? `${call}.transpose(1, 2)` : call };
}

/** The shape after cutting the sides off, or that nothing is left. */
export function inferCrop(x: TensorType, sides: Sides, dataFormat: DataFormat): Result<{ y: TensorType }, LayerProblem> {
  const problem = expectAxes(x, sides.length);
  if (problem) return err(problem);
  const sizes = spatialSizes(x, dataFormat).map((size, axis) => subtractDims(size, sum(sides[axis])));
  if (sizes.some((size) => isKnown(size) && size < 1)) {
    return err({ code: 'param/crop', message: `cuts off the whole ${sides.length === 1 ? 'sequence' : 'image'}. Use smaller numbers.` });
  }
  return ok({ y: { dtype: x.dtype, shape: spatialShape(x, dataFormat, sizes) } });
}
