import * as z from 'zod';
import type { Value } from '../../program/builder';
import { applyAdadelta, applyAdagrad } from '../../program/primitives/optimizer';
import { commonSettings, decayRate, defineOptimizer } from './_define';

/** Adagrad (Duchi, Hazan & Singer 2011). */
export const adagrad = defineOptimizer({
  kind: 'adagrad',
  title: 'Adagrad',
  summary: 'Smaller and smaller steps for weights that had large gradients',
  formula: 's ← s + g²;  w ← w − rate · g / (√s + ε)',
  keras: 'Adagrad',
  torch: 'torch.optim.Adagrad',
  note: 'Epsilon stands beside the root, as in PyTorch; in Keras below it, which is the same in seven digits.',
  settings: z.strictObject({
    kind: z.literal('adagrad'),
    ...commonSettings,
    initialAccumulatorValue: z
      .number()
      .min(0)
      .max(1e6)
      .default(0.1)
      .meta({ description: 'Where the sum of squares starts', title: 'Initial sum', step: 0.1, torch: 'initial_accumulator_value' }),
    epsilon: z
      .number()
      .positive()
      .max(1)
      .default(1e-7)
      .meta({ description: 'Keeps a division from one by zero', step: 1e-7, torch: 'eps' }),
  }),
  usual: { kind: 'adagrad', learningRate: 0.01, initialAccumulatorValue: 0.1, epsilon: 1e-7 },
  update({ builder, variable, gradient, rate, weightDecay, slot }, { initialAccumulatorValue, epsilon }) {
    const targets = [variable, slot('squares', initialAccumulatorValue)];
    const results = builder.emit(applyAdagrad, [...targets, rate, gradient], { epsilon, weightDecay });
    targets.forEach((target, index) => builder.assign(target, results[index] as Value));
  },
});

/** Adadelta (Zeiler 2012). */
export const adadelta = defineOptimizer({
  kind: 'adadelta',
  title: 'Adadelta',
  summary: 'Takes the size of its steps from the steps before: a rate of 1 is the paper’s',
  formula: 's ← ρs + (1 − ρ)g²;  d = √(u + ε) / √(s + ε) · g;  u ← ρu + (1 − ρ)d²;  w ← w − rate · d',
  keras: 'Adadelta',
  torch: 'torch.optim.Adadelta',
  note: 'Keras begins with a rate of 0.001, which hardly moves; PyTorch with 1, as the paper.',
  settings: z.strictObject({
    kind: z.literal('adadelta'),
    ...commonSettings,
    rho: decayRate.default(0.95).meta({ description: 'Share of the past in both averages', step: 0.01, torch: 'rho' }),
    epsilon: z.number().positive().max(1).default(1e-7).meta({ description: 'The size of the very first steps', step: 1e-7, torch: 'eps' }),
  }),
  usual: { kind: 'adadelta', learningRate: 1, rho: 0.95, epsilon: 1e-7 },
  update({ builder, variable, gradient, rate, weightDecay, slot }, { rho, epsilon }) {
    const targets = [variable, slot('square'), slot('squaredStep')];
    const results = builder.emit(applyAdadelta, [...targets, rate, gradient], { rho, epsilon, weightDecay });
    targets.forEach((target, index) => builder.assign(target, results[index] as Value));
  },
});
