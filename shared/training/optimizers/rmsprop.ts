import * as z from 'zod';
import type { Value } from '../../program/builder';
import { applyCenteredRmsprop, applyRmsprop } from '../../program/primitives/optimizer';
import { commonSettings, decayRate, defineOptimizer } from './_define';

/** RMSprop (Hinton 2012). */
export const rmsprop = defineOptimizer({
  kind: 'rmsprop',
  title: 'RMSprop',
  summary: 'Divides each step by the mean size of the latest gradients',
  formula: 's ← ρs + (1 − ρ)g²;  step ← momentum · step + rate · g / √(s + ε);  w ← w − step',
  keras: 'RMSprop',
  torch: 'torch.optim.RMSprop',
  note: 'Epsilon stands below the root, as in Keras; in PyTorch beside it, and its momentum does not hold the rate.',
  settings: z.strictObject({
    kind: z.literal('rmsprop'),
    ...commonSettings,
    rho: decayRate.default(0.9).meta({ description: 'Share of the past in the average of squared gradients', step: 0.01, torch: 'alpha' }),
    momentum: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ description: 'Share of the last step that is kept', step: 0.05, torch: 'momentum' }),
    epsilon: z
      .number()
      .positive()
      .max(1)
      .default(1e-7)
      .meta({ description: 'Keeps a division from one by zero', step: 1e-7, torch: 'eps' }),
    centered: z.boolean().default(false).meta({ description: 'Divides by the deviation instead of the mean square', torch: 'centered' }),
  }),
  usual: { kind: 'rmsprop', learningRate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
  update({ builder, variable, gradient, rate, weightDecay, slot }, { centered, ...attributes }) {
    const { rho, momentum, epsilon } = attributes;
    const primitive = centered ? applyCenteredRmsprop : applyRmsprop;
    const targets = [variable, ...primitive.rule.slots.map((kind) => slot(kind))];
    const results = builder.emit(primitive, [...targets, rate, gradient], { rho, momentum, epsilon, weightDecay });
    targets.forEach((target, index) => builder.assign(target, results[index] as Value));
  },
});
