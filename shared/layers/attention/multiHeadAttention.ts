import * as z from 'zod';
import { addDims, multiplyDims, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import type { TensorType } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import { kerasInitializerOf, kernelInitializer } from '../_initializers';
import { joinSummary, torchInitializer } from '../_params';
import { biasParams, kerasWeightConfig, kernelConstraint, kernelRegularizer, weight } from '../_weights';
import { defineLayer, unsupported, withAxis, type TorchWeight, Y, type WeightSpec } from '../define';
import { attended, causalProblem, sequenceProblem } from './_attention';

const params = z.strictObject({
  numHeads: z.int().min(1).max(1024).default(8).describe('How many attentions side by side.').meta({ torch: 'num_heads' }),
  keyDim: z.int().min(1).max(8192).default(64).describe('Channels of each head. PyTorch takes the input’s over the heads.'),
  valueDim: z
    .int()
    .min(1)
    .max(8192)
    .nullable()
    .default(null)
    .describe('Channels of each head’s values; as many as keyDim where there is none.')
    .meta({ advanced: true }),
  outputDim: z
    .int()
    .min(1)
    .max(65_536)
    .nullable()
    .default(null)
    .describe('Channels of the output; those of the query where there is none. Keras calls it output_shape.')
    .meta({ advanced: true }),
  dropout: z.number().min(0).max(0.99).default(0).describe('Share of the looks that are dropped in training.').meta({ torch: 'dropout' }),
  useBias: z.boolean().default(true).describe('Adds learned numbers in each projection.').meta({ torch: 'bias' }),
  causal: z.boolean().default(false).describe('No step looks at a later one.').meta({ torch: 'is_causal' }),
  kernelInitializer: kernelInitializer
    .default('glorotUniform')
    .describe('How the kernels of the projections start.')
    .meta({ advanced: true, ...torchInitializer }),
  kernelRegularizer,
  kernelConstraint,
  ...biasParams,
});
type Params = z.output<typeof params>;

const valueWidth = ({ keyDim, valueDim }: Params) => valueDim ?? keyDim;
const outputWidth = ({ outputDim }: Params, { shape }: TensorType) => outputDim ?? (shape[2] as number);

/** A projection's kernel and bias, in Keras's shapes. Keras takes the fans from the last two sizes of a kernel. */
function projection(name: string, kernel: readonly number[], bias: readonly number[], p: Params): readonly WeightSpec[] {
  const spec = weight(`${name}Kernel`, kernel, p.kernelInitializer, p.kernelRegularizer, p.kernelConstraint);
  return p.useBias ? [spec, weight(`${name}Bias`, bias, p.biasInitializer, p.biasRegularizer, p.biasConstraint)] : [spec];
}

type Weights = Readonly<Record<string, Value>>;

function projected(b: Builder, x: Value, weights: Weights, name: string, from: number, to: number): Value {
  const y = b.matMul(x, b.reshape(weights[`${name}Kernel`] as Value, [from, to]));
  const bias = weights[`${name}Bias`];
  return bias ? b.add(y, b.reshape(bias, [to])) : y;
}

/** `[batch, heads, steps, width]`. */
function heads(b: Builder, x: Value, weights: Weights, name: string, numHeads: number, width: number): Value {
  const [batch, steps, channels] = x.type.shape as [Dim, Dim, number];
  const y = projected(b, x, weights, name, channels, numHeads * width);
  return b.transpose(b.reshape(y, [batch, steps, numHeads, width]), [0, 2, 1, 3]);
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

export const multiHeadAttention = defineLayer({
  type: 'multiHeadAttention',
  version: 1,
  title: 'MultiHeadAttention',
  category: 'attention',
  icon: 'sparkles',
  keywords: ['attention', 'transformer', 'self attention', 'cross attention'],
  docs: {
    summary: 'Several attentions side by side, each over learned projections of its inputs, joined by another.',
    details:
      'Wire one value to both inputs for self-attention; the steps to look at into “value” for cross-attention. Masked steps are not looked at.',
    formula: 'y = concat(head₁, head₂, …) · output,  head = softmax(q · kᵀ / √keyDim) · v',
    url: 'https://keras.io/api/layers/attention_layers/multi_head_attention/',
    kerasOthers: {
      output_shape: 'outputDim, one number.',
      attention_axes: 'Over the steps of a sequence.',
      sliding_window: 'Every step is looked at, or every earlier one.',
      flash_attention: 'Engines choose their kernels themselves.',
      use_gate: 'A dense with a sigmoid and a multiply are a gate.',
    },
    torchName: 'nn.MultiheadAttention',
  },
  params,
  inputs: [{ name: 'query' }, { name: 'value' }],
  outputs: Y,
  infer({ query, value }, p) {
    const problem = sequenceProblem('query', query) ?? sequenceProblem('value', value) ?? causalProblem(query, value, p.causal);
    return problem ? err(problem) : ok({ y: { dtype: 'float32', shape: withAxis(query.shape, 2, outputWidth(p, query)) } });
  },
  weights({ query, value }, p) {
    const { numHeads, keyDim } = p;
    const [from, to, width] = [query.shape[2] as number, value.shape[2] as number, valueWidth(p)];
    const out = outputWidth(p, query);
    return [
      ...projection('query', [from, numHeads, keyDim], [numHeads, keyDim], p),
      ...projection('key', [to, numHeads, keyDim], [numHeads, keyDim], p),
      ...projection('value', [to, numHeads, width], [numHeads, width], p),
      ...projection('output', [numHeads, width, out], [out], p),
    ];
  },
  macs({ query, value }, _outputs, p) {
    const [keys, values] = [p.numHeads * p.keyDim, p.numHeads * valueWidth(p)];
    const [steps, seen] = [query.shape[1], value.shape[1]] as [Dim, Dim];
    const projections = addDims(
      multiplyDims(steps, keys * (query.shape[2] as number) + values * outputWidth(p, query)),
      multiplyDims(seen, (keys + values) * (value.shape[2] as number)),
    );
    return addDims(projections, multiplyDims(multiplyDims(steps, seen), keys + values));
  },
  reach: () => 'global',
  summary: (p) => joinSummary(`${p.numHeads} heads`, p.keyDim, p.causal ? 'causal' : ''),
  masks: () => 'readsAndKeeps',
  lower(b, { query, value }, weights, p, { training, masks }) {
    const [batch, steps] = query.type.shape as [Dim, Dim, number];
    const [q, k] = [heads(b, query, weights, 'query', p.numHeads, p.keyDim), heads(b, value, weights, 'key', p.numHeads, p.keyDim)];
    const v = heads(b, value, weights, 'value', p.numHeads, valueWidth(p));
    const width = p.numHeads * valueWidth(p);
    const looked = attended(b, q, k, v, {
      causal: p.causal,
      dropout: training ? p.dropout : 0,
      queryMask: masks['query'],
      keyMask: masks['value'],
    });
    const joined = b.reshape(b.transpose(looked, [0, 2, 1, 3]), [batch, steps, width]);
    return { y: projected(b, joined, weights, 'output', width, outputWidth(p, query.type)) };
  },
  keras: (p) => ({
    className: 'MultiHeadAttention',
    config: {
      num_heads: p.numHeads,
      key_dim: p.keyDim,
      value_dim: valueWidth(p),
      dropout: p.dropout,
      use_bias: p.useBias,
      output_shape: p.outputDim === null ? null : [p.outputDim],
      kernel_initializer: kerasInitializerOf(p.kernelInitializer),
      ...kerasWeightConfig(p),
    },
    call: { inputs: 'each', arguments: { use_causal_mask: p.causal } },
    notInTfjs: 'TensorFlow.js has no attention.',
  }),
  torch(p, { query, value }) {
    const channels = query.shape[2] as number;
    if (p.numHeads * p.keyDim !== channels || valueWidth(p) !== p.keyDim)
      return unsupported(
        `PyTorch’s heads share the input’s ${channels} channels. Set keyDim to ${channels} over the number of heads, valueDim to none.`,
      );
    if (outputWidth(p, query) !== channels)
      return unsupported('PyTorch’s attention gives as many channels as the query has. Set outputDim to none.');
    const seen = value.shape[2] as number;
    const dropout = p.dropout === 0 ? '' : `, dropout=${p.dropout}`;
    const init = `nn.MultiheadAttention(${channels}, ${p.numHeads}${dropout}, bias=${p.useBias ? 'True' : 'False'}, kdim=${seen}, vdim=${seen}, batch_first=True)`;
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
      params: { numHeads: 2, keyDim: 3, valueDim: 2, outputDim: 5, kernelInitializer: 'heNormal' },
      inputs: { query: ['batch', 3, 4], value: ['batch', 4, 3] },
      outputs: { y: ['batch', 3, 5] },
    },
    {
      params: { numHeads: 2, keyDim: 2, dropout: 0.2 },
      inputs: { query: ['batch', 3, 4], value: ['batch', 3, 4] },
      outputs: { y: ['batch', 3, 4] },
    },
    {
      params: { numHeads: 2, keyDim: 2, useBias: false, causal: true },
      inputs: { query: ['batch', 4, 4], value: ['batch', 4, 4] },
      outputs: { y: ['batch', 4, 4] },
    },
  ],
});
