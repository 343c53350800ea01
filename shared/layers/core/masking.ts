import * as z from 'zod';
import { err, ok } from '../../graph/result';
import type { Builder, Value } from '../../program/builder';
import { sequenceProblem } from '../attention/_attention';
import { NO_MASKS_IN_TFJS, NO_MASKS_IN_TORCH } from '../_masks';
import { defineLayer, unsupported, X, Y } from '../define';

/** 1 for each step that has a number other than that, `[batch, steps]`. */
function stepsThatCount(b: Builder, x: Value, { maskValue }: { readonly maskValue: number }): Value {
  return b.reduceMax(b.sub(b.scalar(1), b.equal(x, b.scalar(maskValue))), [2]);
}

export const masking = defineLayer({
  type: 'masking',
  version: 1,
  title: 'Masking',
  category: 'core',
  icon: 'eye-off',
  keywords: ['mask', 'padding', 'ragged', 'variable length', 'sequence'],
  docs: {
    summary: 'Leaves out the steps of a sequence that hold nothing but one number: they do not count in what follows.',
    details:
      'Recurrent layers keep their state at such a step, attention does not look at it, the mean over the steps and the loss leave it out. ' +
      'Dense layers, activations, norms, dropout, attention and recurrent layers that give every step pass the mask on.',
    formula: 'step t counts where some x[t, c] ≠ maskValue',
    url: 'https://keras.io/api/layers/core_layers/masking/',
  },
  params: z.strictObject({
    maskValue: z.number().min(-1e9).max(1e9).default(0).describe('A step of which all numbers are this does not count.'),
  }),
  inputs: X,
  outputs: Y,
  infer({ x }) {
    const problem = sequenceProblem('x', x);
    return problem ? err(problem) : ok({ y: x });
  },
  summary: (p) => (p.maskValue === 0 ? '' : String(p.maskValue)),
  masks: () => 'makes',
  makeMask: (b, { x }, p) => stepsThatCount(b, x, p),
  lower(b, { x }, _weights, p) {
    const counts = stepsThatCount(b, x, p);
    return { y: b.mul(x, b.reshape(counts, [...counts.type.shape, 1])) };
  },
  keras: (p) => ({ className: 'Masking', config: { mask_value: p.maskValue }, notInTfjs: NO_MASKS_IN_TFJS }),
  torch: () => unsupported(NO_MASKS_IN_TORCH),
  examples: [
    { inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 4, 3] } },
    { params: { maskValue: -1 }, inputs: { x: ['batch', 4, 1] }, outputs: { y: ['batch', 4, 1] } },
  ],
});
