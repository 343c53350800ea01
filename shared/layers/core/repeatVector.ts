import * as z from 'zod';
import type { Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { defineLayer, X, Y } from '../define';

export const repeatVector = defineLayer({
  type: 'repeatVector',
  version: 1,
  title: 'RepeatVector',
  category: 'core',
  icon: 'copy',
  keywords: ['repeat', 'sequence', 'tile'],
  docs: {
    summary: 'Makes a sequence of n equal rows of a row.',
    formula: 'y[t] = x for each of the n steps t',
    url: 'https://keras.io/api/layers/reshaping_layers/repeat_vector/',
    torchName: 'torch.Tensor.expand',
  },
  params: z.strictObject({ n: z.int().min(1).max(100_000).default(2).describe('How often the row is repeated.') }),
  takes: 'any',
  inputs: X,
  outputs: Y,
  saves: 'nothing',
  infer({ x }, { n }) {
    if (x.shape.length === 2) return ok({ y: { dtype: x.dtype, shape: [x.shape[0] as Dim, n, x.shape[1] as Dim] } });
    const message = `expects one row per sample, received ${x.shape.length - 1} axes. Put a flatten before it.`;
    return err({ code: 'shape/rank', port: 'x', message });
  },
  reach: () => 'global',
  summary: (p) => `×${p.n}`,
  lower(b, { x }, _weights, { n }) {
    const [batch, features] = x.type.shape as [Dim, Dim];
    return { y: b.broadcastTo(b.reshape(x, [batch, 1, features]), [batch, n, features]) };
  },
  keras: (p) => ({ className: 'RepeatVector', config: { n: p.n } }),
  torch: (p) => ({ forward: `x.unsqueeze(1).expand(-1, ${p.n}, -1)` }),
  examples: [{ params: { n: 3 }, inputs: { x: ['batch', 4] }, outputs: { y: ['batch', 3, 4] } }],
});
