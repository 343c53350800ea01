import * as z from 'zod';
import { err, ok } from '../../graph/result';
import { toInside, toOutside } from '../../program/dataFormat';
import { kerasInitializerOf, matrixInitializer } from '../_initializers';
import { joinSummary, torchInitializer } from '../_params';
import { inTorchOrder } from '../_torch';
import { constraintOf, kerasConstraint } from '../_constraints';
import { kerasRegularizer, matrixKernelRegularizer, weight } from '../_weights';
import { NO_MASKS_IN_TFJS, NO_MASKS_IN_TORCH } from '../_masks';
import { defineLayer, unsupported, X, Y } from '../define';

/** Beyond this many axes per sample a row has no reader. */
const MAX_AXES = 2;

export const embedding = defineLayer({
  type: 'embedding',
  version: 1,
  title: 'Embedding',
  category: 'core',
  icon: 'table-2',
  keywords: ['tokens', 'words', 'vocabulary', 'lookup', 'text'],
  docs: {
    summary: 'Gives each token a learned row of numbers.',
    details:
      'With maskZero, steps with token 0 do not count: recurrent layers, attention, the mean over the steps and the loss leave them out. ' +
      'Tokens are whole numbers from 0 to inputDim − 1: set the input’s dtype to int32. A token outside ends the run with an error.',
    formula: 'y[i] = embeddings[x[i]]',
    url: 'https://keras.io/api/layers/core_layers/embedding/',
    torchName: 'nn.Embedding',
    torchCalls: ['nn.Embedding(num_embeddings, embedding_dim, padding_idx=None)'],
  },
  params: z.strictObject({
    inputDim: z.int().min(1).max(10_000_000).default(1000).describe('How many tokens there are.').meta({ torch: 'num_embeddings' }),
    outputDim: z.int().min(1).max(65_536).default(64).describe('Numbers of each token.').meta({ torch: 'embedding_dim', unit: 'channels' }),
    maskZero: z
      .boolean()
      .default(false)
      .describe('Token 0 fills up short sequences: its steps do not count in what follows.')
      .meta({ torchNote: 'PyTorch’s padding_idx keeps the row at zero and masks nothing.' }),
    embeddingsInitializer: matrixInitializer.default('randomUniform').describe('How the rows start.').meta(torchInitializer),
    embeddingsRegularizer: matrixKernelRegularizer,
    embeddingsConstraint: constraintOf('the rows'),
  }),
  takes: 'int32',
  inputs: X,
  outputs: Y,
  infer({ x }, p) {
    const axes = x.shape.length - 1;
    if (p.maskZero && axes !== 1)
      return err({
        code: 'param/mask-zero',
        param: 'maskZero',
        message: `expects one row of tokens per sample, received ${axes} axes. Switch maskZero off, or give it one sequence.`,
      });
    if (axes <= MAX_AXES) return ok({ y: { dtype: 'float32', shape: [...x.shape, p.outputDim] } });
    const message = `expects at most ${MAX_AXES} axes per sample, received ${axes}. Put a flatten before it.`;
    return err({ code: 'shape/rank', port: 'x', message });
  },
  weights: (_inputs, p) => [
    weight('embeddings', [p.inputDim, p.outputDim], p.embeddingsInitializer, p.embeddingsRegularizer, p.embeddingsConstraint),
  ],
  summary: (p) => joinSummary(p.inputDim, p.outputDim),
  masks: (p) => (p.maskZero ? 'makes' : 'loses'),
  makeMask: (b, { x }) => b.sub(b.scalar(1), b.equal(b.cast(x, 'float32'), b.scalar(0))),
  lower: (b, { x }, { embeddings }, _p, { dataFormat }) => ({
    y: toInside(b, b.gather(embeddings as NonNullable<typeof embeddings>, toOutside(b, x, dataFormat)), dataFormat),
  }),
  keras: (p, { x }) => ({
    className: 'Embedding',
    config: {
      input_dim: p.inputDim,
      output_dim: p.outputDim,
      embeddings_initializer: kerasInitializerOf(p.embeddingsInitializer),
      embeddings_regularizer: kerasRegularizer(p.embeddingsRegularizer),
      embeddings_constraint: kerasConstraint(p.embeddingsConstraint),
      mask_zero: p.maskZero,
      ...(x.shape.length === 2 ? {} : { input_length: x.shape.slice(1) }),
    },
    ...(p.maskZero ? { notInTfjs: NO_MASKS_IN_TFJS } : {}),
  }),
  torch: (p, { x }, { dataFormat }) =>
    p.maskZero
      ? unsupported(NO_MASKS_IN_TORCH)
      : {
          init: `nn.Embedding(${p.inputDim}, ${p.outputDim})`,
          forward: inTorchOrder('self.layer(x)', x.shape.length + 1, dataFormat),
          weights: { weight: { from: 'embeddings' } },
        },
  examples: [
    { params: { inputDim: 5, outputDim: 3 }, inputs: { x: ['batch', 7] }, outputs: { y: ['batch', 7, 3] }, dtypes: { x: 'int32' } },
    { params: { inputDim: 5, outputDim: 3 }, inputs: { x: ['batch', 2, 4] }, outputs: { y: ['batch', 2, 4, 3] }, dtypes: { x: 'int32' } },
    {
      params: { inputDim: 5, outputDim: 3, maskZero: true },
      inputs: { x: ['batch', 6] },
      outputs: { y: ['batch', 6, 3] },
      dtypes: { x: 'int32' },
    },
    {
      params: { inputDim: 5, outputDim: 3 },
      inputs: { x: ['batch', 2, 4] },
      outputs: { y: ['batch', 2, 4, 3] },
      dtypes: { x: 'int32' },
      dataFormat: 'channelsFirst',
    },
  ],
});
