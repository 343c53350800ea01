import * as z from 'zod';
import { averaged, decayed } from './_parts';
import { commonSettings, decayRate, defineOptimizer } from './_define';

/** Evolved sign momentum (Chen et al. 2023). TensorFlow has no operation of it. */
export const lion = defineOptimizer({
  kind: 'lion',
  title: 'Lion',
  summary: 'Steps of one size, in the direction of the momentum’s sign: half of Adam’s memory',
  formula: 'w ← w − rate · sign(β₁m + (1 − β₁)g);  m ← β₂m + (1 − β₂)g',
  keras: 'Lion',
  torch: 'none in torch.optim; lion_pytorch.Lion',
  note: 'A rate of a third to a tenth of Adam’s is usual.',
  settings: z.strictObject({
    kind: z.literal('lion'),
    ...commonSettings,
    beta1: decayRate.default(0.9).meta({ description: 'Share of the momentum in the direction of the step', step: 0.01 }),
    beta2: decayRate.default(0.99).meta({ description: 'Share of the past in the momentum', step: 0.01 }),
  }),
  usual: { kind: 'lion', learningRate: 0.0003, beta1: 0.9, beta2: 0.99 },
  update(step, { beta1, beta2 }) {
    const { builder: b, variable, gradient, rate } = step;
    const m = step.slot('m');
    const direction = averaged(b, m, gradient, beta1);
    const zero = b.scalar(0);
    const sign = b.sub(b.greater(direction, zero), b.greater(zero, direction));
    b.assign(m, averaged(b, m, gradient, beta2));
    b.assign(variable, b.sub(decayed(step), b.mul(sign, rate)));
  },
});
