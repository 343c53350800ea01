import * as z from 'zod';
import { kerasInitializerOf, matrixInitializer } from '../_initializers';
import { torchInitializer } from '../_params';
import { constraintOf, kerasConstraint } from '../_constraints';
import {
  biasParams,
  kerasRegularizer,
  kerasWeightConfig,
  kernelConstraint,
  matrixKernelRegularizer,
  matrixRegularizer,
  torchDecay,
} from '../_weights';

export const activationName = z.enum(['tanh', 'sigmoid', 'relu', 'linear']);
const gateActivation = activationName
  .default('sigmoid')
  .describe('How far the gates are open.')
  .meta({ advanced: true, torchNote: 'PyTorch’s is always sigmoid.' });

/** What all recurrent layers have. */
export const commonParams = {
  units: z.int().min(1).max(65_536).default(64).describe('Channels of the output.').meta({ torch: 'hidden_size', unit: 'channels' }),
  returnSequences: z
    .boolean()
    .default(false)
    .describe('Gives the output of every step, not of the last one only.')
    .meta({ torchNote: 'PyTorch always gives every step.' }),
};

/** How their weights start and what they add to the loss, shown under “More”. */
export const weightParams = {
  useBias: z.boolean().default(true).describe('Adds learned numbers to each gate.').meta({ advanced: true, torch: 'bias' }),
  kernelInitializer: matrixInitializer
    .default('glorotUniform')
    .describe('How the kernel over the inputs starts.')
    .meta({ advanced: true, ...torchInitializer }),
  recurrentInitializer: matrixInitializer
    .default('orthogonal')
    .describe('How the kernel over the state starts.')
    .meta({ advanced: true, ...torchInitializer }),
  kernelRegularizer: matrixKernelRegularizer,
  recurrentRegularizer: matrixRegularizer
    .describe('What large numbers of the kernel over the state, or rows or columns that are not at right angles, add to the loss.')
    .meta({ advanced: true, ...torchDecay }),
  kernelConstraint,
  recurrentConstraint: constraintOf('the kernel over the state'),
  ...biasParams,
};

const rate = z.number().min(0).max(0.99).default(0);
/** What is dropped in training, shown under “More”. */
export const dropoutParams = {
  dropout: rate
    .describe('Share of the input’s channels that are dropped in training, the same ones at all steps of a sample.')
    .meta({ advanced: true, torchNote: 'PyTorch’s dropout is between stacked layers.' }),
  recurrentDropout: rate
    .describe('Share of the state’s channels that a gate does not see in training: the same ones at all steps, others for each gate.')
    .meta({ advanced: true, torchNote: 'PyTorch has none.' }),
};

/** What a single one has, and Bidirectional not. */
export const directionParams = {
  goBackwards: z
    .boolean()
    .default(false)
    .describe('Begins at the last step; with every step’s output, the first one is the last step’s.')
    .meta({ advanced: true }),
};

export const activationParam = activationName
  .default('tanh')
  .describe('Of what is computed from input and state.')
  .meta({ advanced: true });
export const lstmParams = {
  activation: activationParam,
  recurrentActivation: gateActivation,
  unitForgetBias: z
    .boolean()
    .default(true)
    .describe('The forget gate’s bias starts at 1, so that all is remembered at first.')
    .meta({ advanced: true, torchNote: 'PyTorch starts all biases alike.' }),
};
export const gruParams = {
  activation: activationParam,
  recurrentActivation: gateActivation,
  resetAfter: z
    .boolean()
    .default(true)
    .describe('Applies the reset gate after the product with the state.')
    .meta({ advanced: true, torchNote: 'PyTorch’s is always after.' }),
};

const all = z.object({ ...commonParams, ...weightParams, ...dropoutParams, ...directionParams, ...lstmParams, ...gruParams });
/** The parameters of any kind of cell; those that a kind does not have are not looked at. */
export type RecurrentParams = z.output<typeof all>;

/** A layer's own parameters, those of other kinds with their defaults. */
export function recurrentParams(own: Partial<RecurrentParams>): RecurrentParams {
  return { ...DEFAULTS, ...own };
}
const DEFAULTS = all.parse({});

/** Keras's config of a recurrent layer. */
export function kerasRecurrentConfig(kind: 'lstm' | 'gru' | 'simpleRnn', p: RecurrentParams): Record<string, unknown> {
  return {
    units: p.units,
    activation: p.activation,
    use_bias: p.useBias,
    return_sequences: p.returnSequences,
    go_backwards: p.goBackwards,
    dropout: p.dropout,
    recurrent_dropout: p.recurrentDropout,
    kernel_initializer: kerasInitializerOf(p.kernelInitializer),
    recurrent_initializer: kerasInitializerOf(p.recurrentInitializer),
    recurrent_regularizer: kerasRegularizer(p.recurrentRegularizer),
    recurrent_constraint: kerasConstraint(p.recurrentConstraint),
    ...kerasWeightConfig(p),
    ...(kind === 'simpleRnn' ? {} : { recurrent_activation: p.recurrentActivation }),
    ...(kind === 'lstm' ? { unit_forget_bias: p.unitForgetBias } : {}),
    ...(kind === 'gru' ? { reset_after: p.resetAfter } : {}),
  };
}
