import * as z from 'zod';
import type { TensorType, DataFormat } from '../../graph/tensor';
import { channelAxis } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import type { KerasLayer, LowerContext, TorchRecord, WeightSpec } from '../define';
import { channelsSecond } from '../_torch';
import { affineTensors, affineWeights, kerasAffine, torchAffine, usualAffine, type AffineParams } from './_affine';

/** Parameters of a batch normalisation, Keras's defaults. */
export const batchNormShape = {
  momentum: z
    .number()
    .min(0)
    .max(1)
    .default(0.99)
    .describe('Share of the old moving statistics kept at each step. PyTorch counts the other way round: 1 − momentum.')
    .meta({ torch: 'momentum', torchNote: 'PyTorch’s momentum is 1 − this.' }),
  epsilon: z.number().min(1e-12).max(1).default(0.001).describe('Added to the variance, against division by zero.').meta({ torch: 'eps' }),
};

export interface BatchNormParams {
  readonly momentum: number;
  readonly epsilon: number;
}

export function batchNormWeights(channels: number, p: AffineParams = usualAffine): WeightSpec[] {
  const shape = [channels];
  return [
    ...affineWeights(channels, p),
    { name: 'movingMean', shape, initializer: { kind: 'zeros' }, trainable: false },
    { name: 'movingVariance', shape, initializer: { kind: 'ones' }, trainable: false },
  ];
}

/**
 * Normalises over all axes but the channels' (Ioffe & Szegedy 2015). In training by this batch's biased variance, and the
 * moving statistics take their share of it; in inference by the moving statistics. Of sequences with a mask, by the steps that count.
 */
export function lowerBatchNorm(
  b: Builder,
  x: Value,
  weights: Readonly<Record<string, Value>>,
  p: BatchNormParams,
  { training, masks: { x: mask } }: Pick<LowerContext, 'training' | 'masks'>,
): Value {
  const { movingMean, movingVariance } = weights as Record<'movingMean' | 'movingVariance', Value>;
  const all = (value: number) => b.broadcastTo(b.scalar(value), movingMean.type.shape);
  const [gamma, beta] = [weights['gamma'] ?? all(1), weights['beta'] ?? all(0)];
  if (!training) return b.batchNormInfer(x, gamma, beta, movingMean, movingVariance, { epsilon: p.epsilon });
  const { y, mean, variance } = mask
    ? maskedBatchNorm(b, x, { gamma, beta, mask }, p)
    : b.batchNormTrain(x, gamma, beta, { epsilon: p.epsilon });
  b.moveTowards(movingMean, mean, 1 - p.momentum);
  b.moveTowards(movingVariance, variance, 1 - p.momentum);
  return y;
}

interface Masked {
  readonly gamma: Value;
  readonly beta: Value;
  readonly mask: Value;
}

/** By the steps that count: all are normalised, but only those say how. */
function maskedBatchNorm(b: Builder, x: Value, { gamma, beta, mask }: Masked, { epsilon }: BatchNormParams) {
  const counts = b.reshape(mask, [...mask.type.shape, 1]);
  const number = b.maximum(b.reduceSum(mask, [0, 1]), b.scalar(1));
  const meanOf = (value: Value) => b.div(b.reduceSum(b.mul(value, counts), [0, 1]), number);
  const mean = meanOf(x);
  const centred = b.sub(x, mean);
  const variance = meanOf(b.mul(centred, centred));
  const scale = b.div(gamma, b.sqrt(b.add(variance, b.scalar(epsilon))));
  return { y: b.add(b.mul(centred, scale), beta), mean, variance };
}

export function kerasBatchNorm(x: TensorType, p: BatchNormParams & Partial<AffineParams>, dataFormat: DataFormat): KerasLayer {
  const learned = { ...usualAffine, ...p };
  return {
    className: 'BatchNormalization',
    config: { axis: kerasAxis(x, dataFormat), momentum: p.momentum, epsilon: p.epsilon, ...kerasAffine(learned) },
    weights: [...(learned.scale ? ['gamma'] : []), ...(learned.center ? ['beta'] : []), 'movingMean', 'movingVariance'],
  };
}

/** −1 for the last axis, so that 1 always means the channels of a channels-first image. */
function kerasAxis({ shape }: TensorType, dataFormat: DataFormat): number {
  const axis = channelAxis(shape.length, dataFormat);
  return axis === shape.length - 1 ? -1 : axis;
}

/** PyTorch's module; its momentum is the share of the new, ours that of the old. */
export function torchBatchNorm(x: TensorType, channels: number, p: BatchNormParams, isAffine = true): string {
  const kind = x.shape.length >= 4 ? `${x.shape.length - 2}d` : '1d';
  return `nn.BatchNorm${kind}(${channels}, eps=${p.epsilon}, momentum=${Number((1 - p.momentum).toPrecision(6))}${isAffine ? '' : ', affine=False'})`;
}

const states = { running_mean: { from: 'movingMean' }, running_var: { from: 'movingVariance' } };

/** The tensors of that module. */
export const batchNormTensors = { ...affineTensors, ...states };

/** The whole layer in PyTorch, whichever of scale and offset are learned. */
export function torchBatchNormLayer(x: TensorType, channels: number, p: BatchNormParams & AffineParams): TorchRecord {
  const module = (isAffine: boolean) => torchBatchNorm(x, channels, p, isAffine);
  return torchAffine({ module, call: channelsSecond(x.shape.length), states }, channels, x.shape.length, p);
}
