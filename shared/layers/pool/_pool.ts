import * as z from 'zod';
import { multiplyDims, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import type { DataFormat, TensorType } from '../../graph/tensor';
import type { Builder, Value, Window } from '../../program/builder';
import type { LayerMigration } from '../define';
import { formatPair, formatStrides, joinSummary, pair, paddingName, triple } from '../_params';
import { asImage, asSequence } from '../_sequence';
import { expectAxes, insidePads, isProblem, slide, spatialShape, spatialSizes, type SlidingWindow } from '../_window';

const border = {
  padding: paddingName.default('valid').describe('What happens at the border.').meta({ torch: 'padding' }),
  ceilMode: z
    .boolean()
    .default(false)
    .describe('Also keeps a last window that begins inside and ends outside; what is outside does not count.')
    .meta({ torch: 'ceil_mode' }),
};

/** Parameters of pooling over sequences, images and volumes. */
export const poolParams = {
  1: z.strictObject({
    poolSize: z.int().min(1).max(4096).default(2).describe('Steps of the window.').meta({ torch: 'kernel_size' }),
    strides: z
      .int()
      .min(1)
      .max(4096)
      .nullable()
      .default(null)
      .describe('Steps from one window to the next; none: as many as the window has.')
      .meta({ torch: 'stride' }),
    ...border,
  }),
  2: z.strictObject({
    poolSize: pair(1, 255).default([2, 2]).describe('Height and width of the window.').meta({ torch: 'kernel_size', unit: 'pixels' }),
    strides: pair(1, 255)
      .nullable()
      .default(null)
      .describe('Step of the window along height and width; none: its own size.')
      .meta({ torch: 'stride', unit: 'pixels' }),
    ...border,
  }),
  3: z.strictObject({
    poolSize: triple(1, 255).default([2, 2, 2]).describe('Depth, height and width of the window.').meta({ torch: 'kernel_size' }),
    strides: triple(1, 255)
      .nullable()
      .default(null)
      .describe('Step of the window along each axis; none: its own size.')
      .meta({ torch: 'stride' }),
    ...border,
  }),
};

/** Before version 2 the strides of a pooling that named none were 2, whatever the size of its window. */
export const poolMigrations: Readonly<Record<number, LayerMigration>> = {
  2: { name: 'nameStrides', up: (params) => ({ strides: 2, ...params }) },
};

/** Parameters of any of them. */
export interface PoolParams {
  readonly poolSize: number | readonly number[];
  readonly strides: number | readonly number[] | null;
  readonly padding: SlidingWindow['padding'];
  readonly ceilMode: boolean;
}

/** What a pooling does with a window. */
export type PoolKind = 'max' | 'average';

function listed(value: number | readonly number[]): readonly number[] {
  return typeof value === 'number' ? [value] : value;
}

export function poolWindow(p: PoolParams): SlidingWindow {
  const size = listed(p.poolSize);
  return { size, strides: listed(p.strides ?? p.poolSize), padding: p.padding, dilation: size.map(() => 1), ceilMode: p.ceilMode };
}

export function inferPool(x: TensorType, p: PoolParams, dataFormat: DataFormat): Result<{ y: TensorType }, LayerProblem> {
  const window = poolWindow(p);
  const problem = expectAxes(x, window.size.length);
  if (problem) return err(problem);
  const sizes = slide('pool', spatialSizes(x, dataFormat), window);
  return isProblem(sizes) ? err(sizes) : ok({ y: { dtype: x.dtype, shape: spatialShape(x, dataFormat, sizes) } });
}

export function poolSummary(p: PoolParams): string {
  const { size, strides } = poolWindow(p);
  return joinSummary(formatPair(size), formatStrides(strides));
}

export function lowerPool(b: Builder, x: Value, kind: PoolKind, p: PoolParams): Value {
  const { size, strides } = poolWindow(p);
  const pads = insidePads(x.type.shape, poolWindow(p));
  const along = (axis: number) => ({ size: size[axis] as number, stride: strides[axis] as number, pads: pads[axis] as Ends });
  if (size.length === 1) return asSequence(b, pooled(b, asImage(b, x), kind, along(0), ALONE));
  if (size.length === 2) return pooled(b, x, kind, along(0), along(1));
  return pooledVolume(b, x, kind, along(0), along(1), along(2));
}

type Ends = readonly [number, number];

interface AlongAxis {
  readonly size: number;
  readonly stride: number;
  readonly pads: Ends;
}

/** An axis that the window leaves as it is. */
const ALONE: AlongAxis = { size: 1, stride: 1, pads: [0, 0] };

function pooled(b: Builder, x: Value, kind: PoolKind, rows: AlongAxis, columns: AlongAxis): Value {
  const window: Window = {
    size: [rows.size, columns.size],
    strides: [rows.stride, columns.stride],
    pads: [rows.pads, columns.pads],
  };
  return kind === 'max' ? b.maxPool(x, window) : b.avgPool(x, window);
}

/** Each slice, then along the depth: the largest of the largest is the largest, and every slice has as many elements. */
function pooledVolume(b: Builder, x: Value, kind: PoolKind, depth: AlongAxis, rows: AlongAxis, columns: AlongAxis): Value {
  const [batch, slices, height, width, channels] = x.type.shape as [Dim, Dim, Dim, Dim, Dim];
  const flat = pooled(b, b.reshape(x, [multiplyDims(batch, slices), height, width, channels]), kind, rows, columns);
  const [, newHeight, newWidth] = flat.type.shape as [Dim, Dim, Dim];
  const pixels = multiplyDims(newHeight, newWidth);
  const deep = pooled(b, b.reshape(flat, [batch, slices, pixels, channels]), kind, depth, ALONE);
  return b.reshape(deep, [batch, deep.type.shape[1] as Dim, newHeight, newWidth, channels]);
}
