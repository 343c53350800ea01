import * as z from 'zod';
import { multiplyDims, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { err, ok } from '../../graph/result';
import type { TensorType } from '../../graph/tensor';
import { defineLayer, withAxis, Y } from '../define';
import { attended, axisProblem, causalProblem, sequenceProblem } from './_attention';

interface Inputs {
  readonly query: TensorType;
  readonly key: TensorType;
  readonly value: TensorType;
}

/** What is wrong with one of its inputs by itself. */
function ownProblem({ query, key, value }: Inputs, causal: boolean): LayerProblem | undefined {
  return (
    sequenceProblem('query', query) ?? sequenceProblem('key', key) ?? sequenceProblem('value', value) ?? causalProblem(query, key, causal)
  );
}

/** Where two of its inputs do not go together. */
function disagreements({ query, key, value }: Inputs): readonly LayerProblem[] {
  return [axisProblem('query', query, 'key', key, 2), axisProblem('key', key, 'value', value, 1)].flatMap((problem) => problem ?? []);
}

export const scaledDotProductAttention = defineLayer({
  type: 'scaledDotProductAttention',
  version: 1,
  title: 'ScaledDotProductAttention',
  category: 'attention',
  icon: 'sparkles',
  keywords: ['attention', 'transformer', 'query', 'key', 'value'],
  docs: {
    summary: 'For each query a mean of the values, weighted by how well their keys fit the query.',
    details: 'Masked steps of “value” are not looked at; the mask of “query” stays.',
    formula: 'y = softmax(query · keyᵀ / √d) · value',
    url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html',
    torchName: 'F.scaled_dot_product_attention',
  },
  params: z.strictObject({
    causal: z.boolean().default(false).describe('No step looks at a later one.').meta({ torch: 'is_causal' }),
    dropout: z
      .number()
      .min(0)
      .max(0.99)
      .default(0)
      .describe('Share of the looks that are dropped in training.')
      .meta({ torch: 'dropout_p' }),
  }),
  inputs: [{ name: 'query' }, { name: 'key' }, { name: 'value' }],
  outputs: Y,
  infer(inputs, { causal }) {
    const problem = ownProblem(inputs, causal) ?? disagreements(inputs).find(({ severity }) => severity !== 'warning');
    const { query, value } = inputs;
    return problem ? err(problem) : ok({ y: { dtype: 'float32', shape: withAxis(query.shape, 2, value.shape[2] as Dim) } });
  },
  warnings: (inputs) => disagreements(inputs),
  macs({ query, key, value }) {
    const scores = multiplyDims(query.shape[1] as Dim, key.shape[1] as Dim);
    return multiplyDims(scores, (query.shape[2] as number) + (value.shape[2] as number));
  },
  reach: () => 'global',
  summary: (p) => (p.causal ? 'causal' : ''),
  masks: () => 'readsAndKeeps',
  lower: (b, { query, key, value }, _weights, { causal, dropout }, { training, masks }) => ({
    y: attended(b, query, key, value, {
      causal,
      dropout: training ? dropout : 0,
      queryMask: masks['query'],
      keyMask: masks['value'],
    }),
  }),
  // Keras's attention does not divide the scores: the query is made smaller before.
  keras: ({ causal, dropout }, { query }) => ({
    parts: [
      { name: 'scaled', className: 'Rescaling', config: { scale: 1 / Math.sqrt(query.shape[2] as number) }, inputs: ['query'] },
      {
        name: 'attention',
        className: 'Attention',
        config: { use_scale: false, dropout },
        inputs: ['scaled', 'value', 'key'],
        call: { inputs: 'list', arguments: { use_causal_mask: causal } },
        notInTfjs: 'TensorFlow.js has no attention.',
      },
    ],
    outputs: { y: 'attention' },
  }),
  torch: ({ causal, dropout }) => ({
    forward: `F.scaled_dot_product_attention(query, key, value${dropout > 0 ? `, dropout_p=${dropout} if self.training else 0.0` : ''}${causal ? ', is_causal=True' : ''})`,
  }),
  examples: [
    {
      inputs: { query: ['batch', 3, 4], key: ['batch', 5, 4], value: ['batch', 5, 2] },
      outputs: { y: ['batch', 3, 2] },
    },
    {
      params: { dropout: 0.25 },
      inputs: { query: ['batch', 3, 2], key: ['batch', 4, 2], value: ['batch', 4, 3] },
      outputs: { y: ['batch', 3, 3] },
    },
    {
      params: { causal: true },
      inputs: { query: ['batch', 4, 3], key: ['batch', 4, 3], value: ['batch', 4, 3] },
      outputs: { y: ['batch', 4, 3] },
    },
  ],
});
