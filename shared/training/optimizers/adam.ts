import * as z from 'zod';
import { applyAdam, applyAmsgrad } from '../../program/primitives/optimizer';
import { adamStep } from './_adam';
import { adamSettings, defineOptimizer } from './_define';

const EPSILON_NOTE = 'Epsilon stands beside the uncorrected root, as in Keras; PyTorch corrects the root first.';

/** Adam (Kingma & Ba 2015). */
export const adam = defineOptimizer({
  kind: 'adam',
  title: 'Adam',
  summary: 'Finds its own step for each weight',
  formula: 'm ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  w ← w − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)',
  keras: 'Adam',
  torch: 'torch.optim.Adam',
  note: EPSILON_NOTE,
  settings: z.strictObject({ kind: z.literal('adam'), ...adamSettings }),
  usual: { kind: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  update: (step, settings) => adamStep(applyAdam, step, settings),
});

/** Adam with weight decay that is decoupled from the gradient (Loshchilov & Hutter 2019). */
export const adamW = defineOptimizer({
  kind: 'adamW',
  title: 'AdamW',
  summary: 'Adam with weight decay that does not pass through its averages',
  formula: 'w ← w − rate · weightDecay · w, then Adam',
  keras: 'AdamW',
  torch: 'torch.optim.AdamW',
  note: `${EPSILON_NOTE} Keras begins with a weight decay of 0.004, PyTorch with 0.01.`,
  settings: z.strictObject({ kind: z.literal('adamW'), ...adamSettings }),
  usual: { kind: 'adamW', learningRate: 0.001, weightDecay: 0.004, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  update: (step, settings) => adamStep(applyAdam, step, settings),
});

/** AMSGrad (Reddi, Kale & Kumar 2018). */
export const amsgrad = defineOptimizer({
  kind: 'amsgrad',
  title: 'AMSGrad',
  summary: 'Adam whose steps cannot grow again: it divides by the largest second moment so far',
  formula: 'v̂ ← max(v̂, v);  w ← w − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v̂ + ε)',
  keras: 'Adam(amsgrad=True)',
  torch: 'torch.optim.Adam(amsgrad=True)',
  note: EPSILON_NOTE,
  settings: z.strictObject({ kind: z.literal('amsgrad'), ...adamSettings }),
  usual: { kind: 'amsgrad', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  update: (step, settings) => adamStep(applyAmsgrad, step, settings),
});
