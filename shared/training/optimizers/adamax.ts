import * as z from 'zod';
import { applyAdamax } from '../../program/primitives/optimizer';
import { adamStep } from './_adam';
import { adamSettings, defineOptimizer } from './_define';

/** Adamax (Kingma & Ba 2015, section 7.1). */
export const adamax = defineOptimizer({
  kind: 'adamax',
  title: 'Adamax',
  summary: 'Adam that divides by the largest gradient instead of the mean square',
  formula: 'u ← max(β₂u, |g|);  w ← w − rate / (1 − β₁ᵗ) · m / (u + ε)',
  keras: 'Adamax',
  torch: 'torch.optim.Adamax',
  note: 'PyTorch adds epsilon to the gradient before the maximum.',
  settings: z.strictObject({ kind: z.literal('adamax'), ...adamSettings }),
  usual: { kind: 'adamax', learningRate: 0.002, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  update: (step, settings) => adamStep(applyAdamax, step, settings),
});
