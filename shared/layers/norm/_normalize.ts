import * as z from 'zod';
import { channelAxis, type DataFormat, type TensorType } from '../../graph/tensor';
import type { LayerProblem } from '../../graph/problem';
import { err, ok, type Result } from '../../graph/result';
import type { Builder, Value } from '../../program/builder';
import { knownChannels } from '../_window';
import type { WeightSpec } from '../define';

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

/** A scale and an offset for each channel. */
export function affineWeights(channels: number, names: readonly ('gamma' | 'beta')[] = ['gamma', 'beta']): WeightSpec[] {
  return names.map((name) => ({
    name,
    shape: [channels],
    initializer: { kind: name === 'gamma' ? 'ones' : 'zeros' },
    trainable: true,
  }));
}

/** Mean 0 and variance 1 over the axes. */
export function normalized(b: Builder, x: Value, axes: readonly number[], epsilon: number): Value {
  const centred = b.sub(x, b.reduceMean(x, axes, true));
  const variance = b.reduceMean(b.mul(centred, centred), axes, true);
  return b.div(centred, b.sqrt(b.add(variance, b.scalar(epsilon))));
}

/** Scaled and moved, each channel by its own weights. */
export function affine(b: Builder, x: Value, { gamma, beta }: Readonly<Record<string, Value>>): Value {
  const scaled = gamma ? b.mul(x, gamma) : x;
  return beta ? b.add(scaled, beta) : scaled;
}

/** The scale and the offset under PyTorch's names. */
export const affineTensors = { weight: { from: 'gamma' }, bias: { from: 'beta' } };

/** The axes between the batch and the last. */
export function innerAxes({ type }: Value): readonly number[] {
  return type.shape.slice(1, -1).map((_, index) => index + 1);
}
