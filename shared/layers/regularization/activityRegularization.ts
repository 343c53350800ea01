import * as z from 'zod';
import type { Dim } from '../../graph/dim';
import { ok } from '../../graph/result';
import { penalty } from '../../program/regularizer';
import { joinSummary } from '../_params';
import { defineLayer, unsupported, X, Y } from '../define';

const factor = z.number().min(0).max(1e6).default(0);

export const activityRegularization = defineLayer({
  type: 'activityRegularization',
  version: 1,
  title: 'ActivityRegularization',
  category: 'regularization',
  icon: 'gauge',
  keywords: ['l1', 'l2', 'sparse', 'penalty', 'loss'],
  docs: {
    summary: 'Gives its input on as it is and adds to the loss what large numbers in it cost.',
    details: 'Of each sample the sum over all its elements, then the mean over the batch, as in Keras 2; Keras 3 sums over the batch.',
    formula: 'loss + l1 · Σ|x| + l2 · Σx²',
    url: 'https://keras.io/api/layers/regularization_layers/activity_regularization/',
  },
  params: z.strictObject({
    l1: factor.describe('Weight of the sum of absolute values.'),
    l2: factor.describe('Weight of the sum of squares.'),
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }) => ok({ y: x }),
  summary: (p) => joinSummary(p.l1 > 0 ? `l1 ${p.l1}` : '', p.l2 > 0 ? `l2 ${p.l2}` : ''),
  masks: () => 'keeps',
  lower(b, { x }, _weights, p) {
    const sum = penalty(b, x, p);
    if (sum) b.addLoss(b.div(sum, b.size(x.type.shape[0] as Dim)));
    return { y: x };
  },
  keras: (p) => ({
    className: 'ActivityRegularization',
    config: { l1: p.l1, l2: p.l2 },
    inTfjs: { className: 'Activation', config: { activation: 'linear' } },
  }),
  torch: () => unsupported('PyTorch has no layer that adds to the loss.'),
  examples: [{ params: { l1: 0.01, l2: 0.02 }, inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 4, 3] } }],
});
