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

export function inferGlobalPool(x: TensorType, axes: Axes, dataFormat: DataFormat): Result<{ y: TensorType }, LayerProblem> {
  const problem = expectAxes(x, axes);
  const channels = x.shape[channelAxis(x.shape.length, dataFormat)] as Dim;
  return problem ? err(problem) : ok({ y: { dtype: 'float32', shape: [x.shape[0] as Dim, channels] } });
}

export function lowerGlobalPool(b: Builder, x: Value, kind: PoolKind): Value {
  return kind === 'max' ? b.reduceMax(x, innerAxes(x)) : b.reduceMean(x, innerAxes(x));
}

/** TensorFlow.js has none over volumes. */
export function kerasGlobalPool(kind: PoolKind, axes: Axes, dataFormat: DataFormat): KerasLayer {
  return {
    className: `Global${kind === 'max' ? 'Max' : 'Average'}Pooling${axes}D`,
    config: axes === 1 ? {} : { data_format: kerasDataFormat(dataFormat) },
    ...(axes === 3 ? { notInTfjs: 'TensorFlow.js has no global pooling of volumes. Put a reshape and a globalAveragePooling2d.' } : {}),
  };
}

export function torchGlobalPool(kind: PoolKind, axes: Axes): TorchRecord {
  const over = axes === 1 ? '1' : `(${[2, 3, 4].slice(0, axes).join(', ')})`;
  return { forward: `x.${kind === 'max' ? 'amax' : 'mean'}(dim=${over})` };
}

/** Examples over each number of axes. */
export const globalExamples = {
  1: [{ inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 4] } }],
  2: [
    { inputs: { x: ['batch', 7, 7, 64] }, outputs: { y: ['batch', 64] } },
    { inputs: { x: ['batch', 16, 5, 3] }, outputs: { y: ['batch', 16] }, dataFormat: 'channelsFirst' },
  ],
  3: [
    { inputs: { x: ['batch', 3, 4, 2, 6] }, outputs: { y: ['batch', 6] } },
    { inputs: { x: ['batch', 6, 3, 4, 2] }, outputs: { y: ['batch', 6] }, dataFormat: 'channelsFirst' },
  ],
} as const;
