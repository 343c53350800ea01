import * as z from 'zod';
import { channelAxis, type DataFormat, type TensorType } from '../../graph/tensor';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import type { Builder, Value } from '../../program/builder';
import { knownChannels } from '../_window';

/** Keras's epsilon of its normalisations. */
export function epsilonOf(value: number) {
  return z.number().min(1e-12).max(1).default(value).describe('Added to the variance, against division by zero.').meta({ torch: 'eps' });
}

/** The same type; the channels must be known, for there is a weight for each. */
export function inferNormalized(x: TensorType, dataFormat: DataFormat): Result<{ y: TensorType }, LayerProblem> {
  const channels = knownChannels(x, channelAxis(x.shape.length, dataFormat));
  return typeof channels === 'number' ? ok({ y: x }) : err(channels);
}

export function channelsOf(x: TensorType, dataFormat: DataFormat): number {
  return x.shape[channelAxis(x.shape.length, dataFormat)] as number;
}

/** Mean 0 and variance 1 over the axes. */
export function normalized(b: Builder, x: Value, axes: readonly number[], epsilon: number): Value {
  const centred = b.sub(x, b.reduceMean(x, axes, true));
  const variance = b.reduceMean(b.mul(centred, centred), axes, true);
  return b.div(centred, b.sqrt(b.add(variance, b.scalar(epsilon))));
}

/** The axes between the batch and the last. */
export function innerAxes({ type }: Value): readonly number[] {
  return type.shape.slice(1, -1).map((_, index) => index + 1);
}
