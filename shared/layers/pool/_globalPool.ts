import * as z from 'zod';
import type { Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import { channelAxis, type DataFormat, type TensorType } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import { expectAxes } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import type { KerasLayer, TorchRecord } from '../define';
import { innerAxes } from '../norm/_normalize';
import type { PoolKind } from './_pool';

type Axes = 1 | 2 | 3;

/** Keras's one parameter of all of them. */
export const globalParams = z.strictObject({
  keepdims: z
    .boolean()
    .default(false)
    .describe('Keeps the axes that it takes the whole of, with size 1.')
    .meta({ torch: 'keepdim', advanced: true }),
});
type GlobalParams = z.output<typeof globalParams>;

export function inferGlobalPool(
  x: TensorType,
  axes: Axes,
  { keepdims }: GlobalParams,
  dataFormat: DataFormat,
): Result<{ y: TensorType }, LayerProblem> {
  const problem = expectAxes(x, axes);
  if (problem) return err(problem);
  const channels = channelAxis(x.shape.length, dataFormat);
  const shape = keepdims
    ? x.shape.map((size, axis) => (axis === 0 || axis === channels ? size : 1))
    : [x.shape[0] as Dim, x.shape[channels] as Dim];
  return ok({ y: { dtype: 'float32', shape } });
}

export function lowerGlobalPool(b: Builder, x: Value, kind: PoolKind, { keepdims }: GlobalParams): Value {
  return kind === 'max' ? b.reduceMax(x, innerAxes(x), keepdims) : b.reduceMean(x, innerAxes(x), keepdims);
}

const NOT_OVER_VOLUMES = 'TensorFlow.js has no global pooling of volumes. Put a reshape and a globalAveragePooling2d.';
const NO_KEEPDIMS = 'TensorFlow.js’s global pooling drops the axes. Set keepdims to off and put a reshape behind it.';

/** TensorFlow.js has none over volumes. */
export function kerasGlobalPool(kind: PoolKind, axes: Axes, { keepdims }: GlobalParams, dataFormat: DataFormat): KerasLayer {
  const missing = axes === 3 ? NOT_OVER_VOLUMES : keepdims ? NO_KEEPDIMS : undefined;
  return {
    className: `Global${kind === 'max' ? 'Max' : 'Average'}Pooling${axes}D`,
    config: { ...(axes === 1 ? {} : { data_format: kerasDataFormat(dataFormat) }), ...(keepdims ? { keepdims } : {}) },
    ...(missing === undefined ? {} : { notInTfjs: missing }),
  };
}

export function torchGlobalPool(kind: PoolKind, axes: Axes, { keepdims }: GlobalParams): TorchRecord {
  const over = axes === 1 ? '1' : `(${[2, 3, 4].slice(0, axes).join(', ')})`;
  return { forward: `x.${kind === 'max' ? 'amax' : 'mean'}(dim=${over}${keepdims ? ', keepdim=True' : ''})` };
}

/** Examples over each number of axes. */
export const globalExamples = {
  1: [
    { inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 4] } },
    { params: { keepdims: true }, inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 1, 4] } },
  ],
  2: [
    { inputs: { x: ['batch', 7, 7, 64] }, outputs: { y: ['batch', 64] } },
    { inputs: { x: ['batch', 16, 5, 3] }, outputs: { y: ['batch', 16] }, dataFormat: 'channelsFirst' },
    { params: { keepdims: true }, inputs: { x: ['batch', 3, 5, 4] }, outputs: { y: ['batch', 3, 1, 1] }, dataFormat: 'channelsFirst' },
  ],
  3: [
    { inputs: { x: ['batch', 3, 4, 2, 6] }, outputs: { y: ['batch', 6] } },
    { inputs: { x: ['batch', 6, 3, 4, 2] }, outputs: { y: ['batch', 6] }, dataFormat: 'channelsFirst' },
    { params: { keepdims: true }, inputs: { x: ['batch', 2, 3, 4, 2] }, outputs: { y: ['batch', 1, 1, 1, 2] } },
  ],
} as const;
