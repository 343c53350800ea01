import * as z from 'zod';
import { addDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { vectorInitializer } from '../_initializers';
import { torchInitializer } from '../_params';
import { weight } from '../_weights';
import { defineLayer, unsupported, withAxis, X, Y } from '../define';
import { sequenceProblem } from './_attention';

export const classToken = defineLayer({
  type: 'classToken',
  version: 1,
  title: 'ClassToken',
  category: 'attention',
  icon: 'bookmark-plus',
  keywords: ['cls', 'vision transformer', 'vit', 'summary token'],
  docs: {
    summary: 'Puts one learned step before a sequence: attention gathers in it what the whole sequence says.',
    details: 'As in BERT and the vision transformer. Take the first step of the last block for the classifier.',
    formula: 'y = [token, x[0], x[1], …]',
    url: 'https://arxiv.org/abs/2010.11929',
    torchName: 'torch.cat([token, x], 1)',
  },
  params: z.strictObject({
    tokenInitializer: vectorInitializer
      .default('zeros')
      .describe('How the token starts.')
      .meta({ advanced: true, ...torchInitializer }),
  }),
  inputs: X,
  outputs: Y,
  infer({ x }) {
    const problem = sequenceProblem('x', x);
    return problem ? err(problem) : ok({ y: { dtype: 'float32', shape: withAxis(x.shape, 1, addDims(x.shape[1] as Dim, 1)) } });
  },
  weights: ({ x }, p) => [weight('token', [x.shape[2] as number], p.tokenInitializer)],
  reach: () => 'unknown',
  lower(b, { x }, { token }) {
    const [batch, , channels] = x.type.shape as [Dim, Dim, number];
    return { y: b.concat([b.broadcastTo(token as NonNullable<typeof token>, [batch, 1, channels]), x], 1) };
  },
  keras: () => unsupported('Keras has no class token of its own; KerasHub’s vision transformers have one inside.'),
  torch: (_p, { x }) => ({
    init: `nn.Embedding(1, ${x.shape[2] as number})`,
    forward: 'torch.cat([self.layer.weight.expand(x.shape[0], 1, -1), x], 1)',
    weights: { weight: { from: 'token', shape: [1, x.shape[2] as number] } },
  }),
  examples: [{ inputs: { x: ['batch', 4, 3] }, outputs: { y: ['batch', 5, 3] } }],
});
