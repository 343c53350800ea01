import * as z from 'zod';
import { addDims, multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import type { TensorType } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import { joinSummary } from '../_params';
import { defineLayer, unsupported, type TorchWeight, Y, type WeightSpec } from '../define';
import { attended, causalProblem, sequenceProblem } from './_attention';

const params = z.strictObject({
  numHeads: z.int().min(1).max(1024).default(8).describe('How many attentions side by side.').meta({ torch: 'num_heads' }),
  keyDim: z.int().min(1).max(8192).default(64).describe('Channels of each head. PyTorch takes the input’s over the heads.'),
  useBias: z.boolean().default(true).describe('Adds learned numbers in each projection.').meta({ torch: 'bias' }),
  causal: z.boolean().default(false).describe('No step looks at a later one.').meta({ torch: 'is_causal' }),
});
type Params = z.output<typeof params>;

/** A projection's kernel and bias, in Keras's shapes. Keras takes the fans from the last two sizes of a kernel. */
function projection(name: string, kernel: readonly number[], bias: readonly number[], useBias: boolean): WeightSpec[] {
  const [first, fanIn, fanOut] = kernel as [number, number, number];
  const initializer = { kind: 'glorotUniform', fanIn: first * fanIn, fanOut: first * fanOut } as const;
  const specs: WeightSpec[] = [{ name: `${name}Kernel`, shape: kernel, initializer, trainable: true }];
  return useBias ? [...specs, { name: `${name}Bias`, shape: bias, initializer: { kind: 'zeros' }, trainable: true }] : specs;
}

type Weights = Readonly<Record<string, Value>>;

function projected(b: Builder, x: Value, weights: Weights, name: string, from: number, to: number): Value {
  const y = b.matMul(x, b.reshape(weights[`${name}Kernel`] as Value, [from, to]));
  const bias = weights[`${name}Bias`];
  return bias ? b.add(y, b.reshape(bias, [to])) : y;
}

/** `[batch, heads, steps, keyDim]`. */
function heads(b: Builder, x: Value, weights: Weights, name: string, { numHeads, keyDim }: Params): Value {
  const [batch, steps, channels] = x.type.shape as [Dim, Dim, number];
  const y = projected(b, x, weights, name, channels, numHeads * keyDim);
  return b.transpose(b.reshape(y, [batch, steps, numHeads, keyDim]), [0, 2, 1, 3]);
}

/** PyTorch has the three projections in one matrix where all inputs have as many channels; each row is one number of a head. */
function torchTensors(channels: number, seen: number, useBias: boolean): Readonly<Record<string, TorchWeight>> {
  const kernel = (name: string, width: number) => ({ from: `${name}Kernel`, axes: [1, 2, 0], shape: [channels, width] });
  const inputs =
    seen === channels
      ? { in_proj_weight: { ...kernel('', channels), from: ['queryKernel', 'keyKernel', 'valueKernel'] } }
      : { q_proj_weight: kernel('query', channels), k_proj_weight: kernel('key', seen), v_proj_weight: kernel('value', seen) };
  const biases = {
    in_proj_bias: { from: ['queryBias', 'keyBias', 'valueBias'], shape: [channels] },
    'out_proj.bias': { from: 'outputBias' },
  };
  const output = { from: 'outputKernel', axes: [2, 0, 1], shape: [channels, channels] };
  return { ...inputs, 'out_proj.weight': output, ...(useBias ? biases : {}) };
}

/** Keras makes the weights from the shapes in its record; what is not known is left open. */
function kerasShape({ shape }: TensorType): readonly (number | null)[] {
  return [null, ...shape.slice(1).map((size) => (typeof size === 'number' ? size : null))];
}

export const multiHeadAttention = defineLayer({
  type: 'multiHeadAttention',
  version: 1,
  title: 'MultiHeadAttention',
  category: 'attention',
  icon: 'sparkles',
  keywords: ['attention', 'transformer', 'self attention', 'cross attention'],
  docs: {
    summary: 'Several attentions side by side, each over learned projections of its inputs, joined by another.',
    details: 'Wire one value to both inputs for self-attention; the steps to look at into “value” for cross-attention.',
    formula: 'y = concat(head₁, head₂, …) · output,  head = softmax(q · kᵀ / √keyDim) · v',
    url: 'https://keras.io/api/layers/attention_layers/multi_head_attention/',
    torchName: 'nn.MultiheadAttention',
  },
  params,
  inputs: [{ name: 'query' }, { name: 'value' }],
  outputs: Y,
  infer({ query, value }, { causal }) {
    const problem = sequenceProblem('query', query) ?? sequenceProblem('value', value) ?? causalProblem(query, value, causal);
    return problem ? err(problem) : ok({ y: { dtype: 'float32', shape: query.shape } });
  },
  weights({ query, value }, { numHeads, keyDim, useBias }) {
    const [from, to] = [query.shape[2], value.shape[2]] as [number, number];
    return [
      ...projection('query', [from, numHeads, keyDim], [numHeads, keyDim], useBias),
      ...projection('key', [to, numHeads, keyDim], [numHeads, keyDim], useBias),
      ...projection('value', [to, numHeads, keyDim], [numHeads, keyDim], useBias),
      ...projection('output', [numHeads, keyDim, from], [from], useBias),
    ];
  },
  macs({ query, value }, _outputs, { numHeads, keyDim }) {
    const width = numHeads * keyDim;
    const [steps, seen] = [query.shape[1], value.shape[1]] as [Dim, Dim];
    const projections = addDims(
      multiplyDims(steps, 2 * width * (query.shape[2] as number)),
      multiplyDims(seen, 2 * width * (value.shape[2] as number)),
    );
    return addDims(projections, multiplyDims(multiplyDims(steps, seen), 2 * width));
  },
  reach: () => 'global',
  summary: (p) => joinSummary(`${p.numHeads} heads`, p.keyDim, p.causal ? 'causal' : ''),
  lower(b, { query, value }, weights, p) {
    const [batch, steps, channels] = query.type.shape as [Dim, Dim, number];
    const [q, k, v] = [heads(b, query, weights, 'query', p), heads(b, value, weights, 'key', p), heads(b, value, weights, 'value', p)];
    const width = p.numHeads * p.keyDim;
    const joined = b.reshape(b.transpose(attended(b, q, k, v, p.causal), [0, 2, 1, 3]), [batch, steps, width]);
    return { y: projected(b, joined, weights, 'output', width, channels) };
  },
  keras: ({ numHeads, keyDim, useBias, causal }, { query, value }) => ({
    className: 'MultiHeadAttention',
    config: {
      num_heads: numHeads,
      key_dim: keyDim,
      use_bias: useBias,
      query_shape: kerasShape(query),
      value_shape: kerasShape(value),
      key_shape: kerasShape(value),
    },
    call: { inputs: 'each', arguments: { use_causal_mask: causal } },
    notInTfjs: 'TensorFlow.js has no attention.',
  }),
  torch(p, { query, value }) {
    const channels = query.shape[2] as number;
    if (p.numHeads * p.keyDim !== channels)
      return unsupported(`PyTorch’s heads share the input’s ${channels} channels. Set keyDim to ${channels} over the number of heads.`);
    const seen = value.shape[2] as number;
    const init = `nn.MultiheadAttention(${channels}, ${p.numHeads}, bias=${p.useBias ? 'True' : 'False'}, kdim=${seen}, vdim=${seen}, batch_first=True)`;
    const mask = 'nn.Transformer.generate_square_subsequent_mask(query.shape[1])';
    const forward = `self.layer(query, value, value, need_weights=False${p.causal ? `, attn_mask=${mask}` : ''})[0]`;
    return { init, forward, weights: torchTensors(channels, seen, p.useBias) };
  },
  examples: [
    {
      params: { numHeads: 2, keyDim: 3 },
      inputs: { query: ['batch', 4, 6], value: ['batch', 5, 3] },
      outputs: { y: ['batch', 4, 6] },
    },
    {
      params: { numHeads: 2, keyDim: 2, useBias: false, causal: true },
      inputs: { query: ['batch', 4, 4], value: ['batch', 4, 4] },
      outputs: { y: ['batch', 4, 4] },
    },
  ],
});
