import * as z from 'zod';
import { absolute, defineLoss } from './_define';

/** Mean squared error. */
export const meanSquaredError = defineLoss({
  kind: 'meanSquaredError',
  title: 'Mean squared error',
  summary: 'For numbers; large errors count most',
  formula: 'L = (ŷ − y)²',
  keras: 'MeanSquaredError',
  torch: 'torch.nn.MSELoss',
  settings: z.strictObject({ kind: z.literal('meanSquaredError') }),
  target: 'values',
  accuracy: null,
  lower(b, { output, target }) {
    const difference = b.sub(output, target);
    return b.mul(difference, difference);
  },
});

/** Mean absolute error. */
export const meanAbsoluteError = defineLoss({
  kind: 'meanAbsoluteError',
  title: 'Mean absolute error',
  summary: 'For numbers; all errors count by their size, outliers no more',
  formula: 'L = |ŷ − y|',
  keras: 'MeanAbsoluteError',
  torch: 'torch.nn.L1Loss',
  settings: z.strictObject({ kind: z.literal('meanAbsoluteError') }),
  target: 'values',
  accuracy: null,
  lower: (b, { output, target }) => absolute(b, b.sub(output, target)),
});

/** Huber's loss (1964). */
export const huber = defineLoss({
  kind: 'huber',
  title: 'Huber',
  summary: 'For numbers; squared near the target, by size far from it',
  formula: 'L = ½d² where |d| ≤ δ, else δ · |d| − ½δ²',
  keras: 'Huber',
  torch: 'torch.nn.HuberLoss',
  settings: z.strictObject({
    kind: z.literal('huber'),
    delta: z.number().positive().max(1e6).default(1).meta({ description: 'Where squares end', step: 0.1, torch: 'delta' }),
  }),
  target: 'values',
  accuracy: null,
  lower(b, { output, target }, { delta }) {
    const size = absolute(b, b.sub(output, target));
    // With q = min(|d|, δ): ½q² + δ(|d| − q) is both pieces.
    const near = b.minimum(size, b.scalar(delta));
    return b.add(b.mul(b.scalar(0.5), b.mul(near, near)), b.mul(b.scalar(delta), b.sub(size, near)));
  },
});
