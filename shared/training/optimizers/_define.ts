import * as z from 'zod';
import type { Value } from '../../program/builder';
import type { ProgramBuilder } from '../../program/builderOf';
import type { Choice } from '../choice';

/** One weight on its way through a step of an optimizer. */
export interface WeightStep {
  readonly builder: ProgramBuilder;
  readonly variable: Value;
  readonly gradient: Value;
  readonly rate: Value;
  /** What is taken off the weight before its step, times the rate; 0 for biases and the scales of norms. */
  readonly weightDecay: number;
  /** A number for each element of the weight that lives on between steps; starts at `initial`, 0 where it is left out. */
  slot(kind: string, initial?: number): Value;
  /** The number of this step, from 1 on, a scalar. */
  step(): Value;
  /** What is the same for all weights of a step is made once. */
  once(key: string, make: () => Value): Value;
  /** A number that lives on between steps and is the same for all weights. */
  number(kind: string, initial: number): Value;
}

/** An optimizer: its settings and how a weight follows its gradient. */
export interface OptimizerDefinition<S extends z.ZodType = z.ZodType> extends Choice<S> {
  /** The learning rate that people begin with, and what else is not the schema's default. */
  readonly usual: z.output<S>;
  /** Assigns the weight's next value and its slots'. */
  update(step: WeightStep, settings: Omit<z.output<S>, 'learningRate'>): void;
}

/** Checks an optimizer's definition at compile time. */
export function defineOptimizer<S extends z.ZodType>(definition: OptimizerDefinition<S>): OptimizerDefinition<S> {
  return definition;
}

const share = z.number().min(0).max(1);

/** A share of the past that must stay below 1, else nothing new ever counts. */
export const decayRate = z.number().min(0).lt(1);

/** What a gradient must not go beyond; null where it may. */
const limit = z.number().positive().max(1e9).nullable();

/** What every optimizer has, as in Keras. Left out means none. */
export const commonSettings = {
  learningRate: z.number().positive().max(1000).meta({ description: 'How far a step goes', step: 0.0001, torch: 'lr' }),
  weightDecay: share
    .meta({
      description: 'Taken off kernels before each step, times the learning rate; not off biases, scales and offsets',
      default: 0,
      step: 0.001,
      torch: 'weight_decay',
      torchNote: 'As in AdamW: decoupled from the gradient. PyTorch’s other optimizers add it to the gradient instead.',
    })
    .optional(),
  clipValue: limit
    .meta({
      title: 'Clip by value',
      description: 'No element of a gradient goes beyond it',
      default: null,
      step: 0.1,
      torch: 'clip_grad_value_',
    })
    .optional(),
  clipNorm: limit
    .meta({
      title: 'Clip each by norm',
      description: 'The gradient of each weight is scaled down to this length by itself',
      default: null,
      step: 0.1,
      torch: 'clip_grad_norm_([weight], …), weight by weight',
    })
    .optional(),
  globalClipNorm: limit
    .meta({
      title: 'Clip by global norm',
      description: 'All gradients together are scaled down to this length',
      default: null,
      step: 0.1,
      torch: 'clip_grad_norm_',
    })
    .optional(),
  gradientAccumulationSteps: z
    .int()
    .min(1)
    .max(10_000)
    .meta({
      title: 'Accumulate',
      unit: 'batches',
      description: 'Batches whose mean gradient makes one step: a larger batch in the memory of a small one',
      default: 1,
    })
    .optional(),
  emaMomentum: decayRate
    .nullable()
    .meta({
      title: 'EMA',
      step: 0.01,
      description: 'Exponential moving average of the weights, which is what is evaluated and exported (Keras: use_ema). 0.99 is usual',
      default: null,
      torch: 'AveragedModel',
    })
    .optional(),
};

/** Decay of Adam's moving averages and its epsilon, with the paper's numbers. */
export const adamSettings = {
  ...commonSettings,
  beta1: decayRate.default(0.9).meta({ description: 'Share of the past in the average of gradients', step: 0.01, torch: 'betas[0]' }),
  beta2: decayRate
    .default(0.999)
    .meta({ description: 'Share of the past in the average of squared gradients', step: 0.001, torch: 'betas[1]' }),
  epsilon: z.number().positive().max(1).default(1e-7).meta({ description: 'Keeps a division from one by zero', step: 1e-7, torch: 'eps' }),
};
