import * as z from 'zod';
import { applyMomentum, applySgd } from '../../program/primitives/optimizer';
import { commonSettings, defineOptimizer } from './_define';

/** Gradient descent; with momentum 0 the plain one. */
export const sgd = defineOptimizer({
  kind: 'sgd',
  title: 'SGD',
  summary: 'Plain descent, with momentum and Nesterov’s look ahead',
  formula: 'v ← momentum · v − rate · g;  w ← w + v',
  keras: 'SGD',
  torch: 'torch.optim.SGD',
  note: 'PyTorch’s velocity does not hold the rate, so a rate that changes works on old steps too.',
  settings: z.strictObject({
    kind: z.literal('sgd'),
    ...commonSettings,
    momentum: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta({ description: 'Share of the last step that is kept', step: 0.05, torch: 'momentum' }),
    nesterov: z.boolean().default(false).meta({ description: 'Looks ahead along the momentum before it steps', torch: 'nesterov' }),
  }),
  usual: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false },
  update({ builder, variable, gradient, rate, weightDecay, slot }, { momentum, nesterov }) {
    if (momentum === 0) {
      const [next] = builder.emit(applySgd, [variable, rate, gradient], { weightDecay });
      return builder.assign(variable, next as typeof variable);
    }
    const velocity = slot('velocity');
    const results = builder.emit(applyMomentum, [variable, velocity, rate, gradient], { momentum, nesterov, weightDecay });
    [variable, velocity].forEach((target, index) => builder.assign(target, results[index] as typeof variable));
  },
});
