import { isKnown, type Dim } from '../../graph/dim';
import type { Builder, Value } from '../../program/builder';
import type { LayerReach } from '../define';

/** How much each of `from` elements along an axis gives to each of `to`, as a matrix of `from` rows. */
export type Weighting = (from: number, to: number) => Float32Array;

/** Bilinear, with the centres of the pixels at halves, as Keras and PyTorch do (`align_corners=False`). */
export const bilinear: Weighting = (from, to) =>
  matrix(from, to, (position, add) => {
    const centre = ((position + 0.5) * from) / to - 0.5;
    const below = Math.floor(centre);
    const inside = (index: number) => Math.min(Math.max(index, 0), from - 1);
    add(inside(below), 1 - (centre - below));
    add(inside(below + 1), centre - below);
  });

/** Each takes the pixel under its own centre, as Keras does. */
export const nearest: Weighting = (from, to) =>
  matrix(from, to, (position, add) => add(Math.min(Math.floor(((position + 0.5) * from) / to), from - 1), 1));

/** Means of windows that cover the axis evenly, as PyTorch's adaptive pooling. */
export const adaptiveMean: Weighting = (from, to) =>
  matrix(from, to, (position, add) => {
    const begin = Math.floor((position * from) / to);
    const end = Math.ceil(((position + 1) * from) / to);
    for (let index = begin; index < end; index++) add(index, 1 / (end - begin));
  });

/** What those of `nearest` and `bilinear` depend on where the sizes are `from` and `to`, or in the ratio of these. */
export function resampledReach(from: readonly Dim[], to: readonly number[], interpolation: 'nearest' | 'bilinear'): LayerReach {
  if (!from.every(isKnown)) return 'unknown';
  // Counted in halves, since pixels have their centres there.
  const ends = (size: number, axis: number) => 2 * (to[axis] as number) - 1 - size;
  if (interpolation === 'nearest') return { size: doubled(to), strides: doubled(from), before: from.map(ends), enlarge: doubled(to) };
  return {
    size: to.map((size) => 4 * size - 1),
    strides: doubled(from),
    before: from.map((size, axis) => ends(size, axis) + (to[axis] as number)),
    enlarge: doubled(to),
  };
}

function doubled(sizes: readonly number[]): readonly number[] {
  return sizes.map((size) => 2 * size);
}

/** The windows of `adaptiveMean`. */
export function adaptiveReach(from: readonly Dim[], to: readonly number[]): LayerReach {
  if (to.every((size) => size === 1)) return 'global';
  if (!from.every(isKnown)) return 'unknown';
  return {
    size: from.map((size, axis) => size + (to[axis] as number) - 1),
    strides: from,
    before: to.map((size) => size - 1),
    enlarge: to,
  };
}

function matrix(from: number, to: number, row: (position: number, add: (index: number, weight: number) => void) => void): Float32Array {
  const data = new Float32Array(from * to);
  for (let position = 0; position < to; position++) {
    row(position, (index, weight) => {
      data[index * to + position] = (data[index * to + position] as number) + weight;
    });
  }
  return data;
}

/** A channels-last image at another size: one matrix along the height, one along the width. */
export function resampled(b: Builder, x: Value, size: readonly [number, number], weighting: Weighting): Value {
  const [, height, width] = x.type.shape as [Dim, Dim, Dim, Dim];
  if (!isKnown(height) || !isKnown(width)) throw new Error('A network is compiled for known image sizes.');
  const along = (value: Value, from: number, to: number) => b.matMul(value, b.constant(weighting(from, to), [from, to]));
  const tall = along(b.transpose(x, [0, 2, 3, 1]), height, size[0]);
  return b.transpose(along(b.transpose(tall, [0, 3, 2, 1]), width, size[1]), [0, 1, 3, 2]);
}
