import * as z from 'zod';
import type { Regularizer } from '../../program/regularizer';
import type { Builder, Value } from '../../program/builder';
import { kerasInitializerOf, vectorInitializer, type InitializerParam } from '../_initializers';
import { torchInitializer } from '../_params';
import { called, torchChannelAxis, within } from '../_torch';
import { constraintOf, kerasConstraint, type ConstraintParam } from '../_constraints';
import { kerasRegularizer, regularizer, torchDecay, weight } from '../_weights';
import type { TorchRecord, WeightSpec } from '../define';

/** What is learned after a normalisation. */
export interface AffineParams {
  readonly center: boolean;
  readonly scale: boolean;
  readonly betaInitializer: InitializerParam;
  readonly gammaInitializer: InitializerParam;
  readonly betaRegularizer: Regularizer;
  readonly gammaRegularizer: Regularizer;
  readonly betaConstraint: ConstraintParam;
  readonly gammaConstraint: ConstraintParam;
}

/** Both switches, under PyTorch's name for the two of them. */
function switches(torch: string) {
  const meta = { advanced: true, torch, torchNote: 'PyTorch has one switch for both.' };
  return {
    center: z.boolean().default(true).describe('Adds a learned offset, beta, to each channel.').meta(meta),
    scale: z.boolean().default(true).describe('Multiplies each channel by a learned number, gamma.').meta(meta),
  };
}

const starts = {
  betaInitializer: vectorInitializer
    .default('zeros')
    .describe('How the offset starts.')
    .meta({ advanced: true, ...torchInitializer }),
  gammaInitializer: vectorInitializer
    .default('ones')
    .describe('How the scale starts. Zeros before the addition of a residual block let the block begin as its shortcut.')
    .meta({ advanced: true, ...torchInitializer }),
  betaRegularizer: regularizer.describe('What large numbers of the offset add to the loss.').meta({ advanced: true, ...torchDecay }),
  gammaRegularizer: regularizer.describe('What large numbers of the scale add to the loss.').meta({ advanced: true, ...torchDecay }),
  betaConstraint: constraintOf('the offset'),
  gammaConstraint: constraintOf('the scale'),
};

/** Keras's parameters of the scale and the offset, shown under “More”. */
export const affineParams = { ...switches('affine'), ...starts };
/** The same of a layer normalisation, where PyTorch has another name for the switch. */
export const elementwiseAffineParams = { ...switches('elementwise_affine'), ...starts };

/** Scale and offset with their usual start. */
export const usualAffine = z.object(affineParams).parse({});

/** A scale and an offset for each channel, those that are learned. */
export function affineWeights(channels: number, p: AffineParams): readonly WeightSpec[] {
  return [
    ...(p.scale ? [weight('gamma', [channels], p.gammaInitializer, p.gammaRegularizer, p.gammaConstraint)] : []),
    ...(p.center ? [weight('beta', [channels], p.betaInitializer, p.betaRegularizer, p.betaConstraint)] : []),
  ];
}

/** Scaled and moved, each channel by its own weights; what is not learned is left out. */
export function affine(b: Builder, x: Value, { gamma, beta }: Readonly<Record<string, Value>>): Value {
  const scaled = gamma ? b.mul(x, gamma) : x;
  return beta ? b.add(scaled, beta) : scaled;
}

/** Keras's config of the scale and the offset. */
export function kerasAffine(p: AffineParams): Readonly<Record<string, unknown>> {
  return {
    center: p.center,
    scale: p.scale,
    beta_initializer: kerasInitializerOf(p.betaInitializer),
    gamma_initializer: kerasInitializerOf(p.gammaInitializer),
    beta_regularizer: kerasRegularizer(p.betaRegularizer),
    gamma_regularizer: kerasRegularizer(p.gammaRegularizer),
    beta_constraint: kerasConstraint(p.betaConstraint),
    gamma_constraint: kerasConstraint(p.gammaConstraint),
  };
}

/** The scale and the offset under PyTorch's names. */
export const affineTensors = { weight: { from: 'gamma' }, bias: { from: 'beta' } };

/** A normalisation of PyTorch: how it is made with both or neither, how it is called, and its tensors that are not learned. */
interface TorchNorm {
  readonly module: (isAffine: boolean) => string;
  readonly call: (module: string) => string;
  readonly states?: TorchRecord['weights'];
}

/** PyTorch learns scale and offset, or neither; a single one is a parameter of its own behind it. */
export function torchAffine({ module, call, states = {} }: TorchNorm, channels: number, rank: number, p: AffineParams): TorchRecord {
  if (p.scale === p.center) return { init: module(p.scale), ...called(call), weights: { ...(p.scale ? affineTensors : {}), ...states } };
  const name = p.scale ? 'gamma' : 'beta';
  const parameter = `nn.ParameterDict({'${name}': nn.Parameter(torch.${p.scale ? 'ones' : 'zeros'}(${channels}))})`;
  const after = rank - 1 - torchChannelAxis(rank);
  const learned = `self.layer[1]['${name}']${after > 0 ? `.reshape(-1${', 1'.repeat(after)})` : ''}`;
  return {
    init: `nn.ModuleList([${module(false)}, ${parameter}])`,
    forward: `${call('self.layer[0]')} ${p.scale ? '*' : '+'} ${learned}`,
    weights: { ...within('1', { [name]: { from: name } }), ...within('0', states) },
  };
}
