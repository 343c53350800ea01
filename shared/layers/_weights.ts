import * as z from 'zod';
import type { Regularizer } from '../program/regularizer';
import type { WeightSpec } from './define';
import { constraintOf, kerasConstraint, type ConstraintParam } from './_constraints';
import { torchInitializer } from './_params';
import { initializerOf, kerasInitializerOf, vectorInitializer, type InitializerParam } from './_initializers';

const factor = z.number().min(0).max(1e6);
/** What a form says of PyTorch beside a regularizer. */
export const torchDecay = { torchNote: 'PyTorch has no argument for it; its optimizers’ weight_decay is a penalty on all weights.' };

const l1l2 = z.strictObject({ l1: factor.default(0), l2: factor.default(0) });

/** Keras's `L1L2`: l1 · Σ|w| + l2 · Σw² is added to the loss. */
export const regularizer = l1l2.default({ l1: 0, l2: 0 });

/** What a matrix may add: that, or Keras's `OrthogonalRegularizer`, with its defaults. */
export const matrixRegularizer = z
  .union([
    l1l2,
    z.strictObject({ kind: z.literal('orthogonal'), factor: factor.default(0.01), mode: z.enum(['rows', 'columns']).default('rows') }),
  ])
  .default({ l1: 0, l2: 0 });

/** What a kernel that is a matrix is left with, shown under “More”. */
export const matrixKernelRegularizer = matrixRegularizer
  .describe('What large numbers of the kernel, or rows or columns that are not at right angles, add to the loss.')
  .meta({ advanced: true, ...torchDecay });

/** What most weights are left with, shown under “More”. */
export const kernelRegularizer = regularizer
  .describe('What large numbers of the kernel add to the loss.')
  .meta({ advanced: true, ...torchDecay });
/** What a kernel must keep to, shown under “More”. */
export const kernelConstraint = constraintOf('the kernel');
/** How the bias starts, what it adds to the loss and what it must keep to, shown under “More”. */
export const biasParams = {
  biasInitializer: vectorInitializer
    .default('zeros')
    .describe('How the bias starts.')
    .meta({ advanced: true, ...torchInitializer }),
  biasRegularizer: regularizer.describe('What large numbers of the bias add to the loss.').meta({ advanced: true, ...torchDecay }),
  biasConstraint: constraintOf('the bias'),
};

/** A trained weight with Keras's initializer for its shape. */
export function weight(
  name: string,
  shape: readonly number[],
  initializer: InitializerParam,
  added?: Regularizer,
  constraint?: ConstraintParam,
): WeightSpec {
  return {
    name,
    shape,
    initializer: initializerOf(initializer, shape),
    trainable: true,
    ...(added && adds(added) ? { regularizer: added } : {}),
    ...(constraint ? { constraint } : {}),
  };
}

function adds(regularizer: Regularizer): boolean {
  return 'kind' in regularizer ? regularizer.factor > 0 : regularizer.l1 > 0 || regularizer.l2 > 0;
}

/** How a bias starts, what it adds to the loss and what it must keep to. */
export interface BiasParams {
  readonly biasInitializer: InitializerParam;
  readonly biasRegularizer: Regularizer;
  readonly biasConstraint: ConstraintParam;
}

interface KernelParams {
  readonly kernelRegularizer: Regularizer;
  readonly kernelConstraint: ConstraintParam;
}

/** Keras's config of the bias, and the kernel's regularizer and constraint. */
export function kerasWeightConfig(p: BiasParams & KernelParams): Record<string, unknown> {
  return {
    kernel_regularizer: kerasRegularizer(p.kernelRegularizer),
    kernel_constraint: kerasConstraint(p.kernelConstraint),
    ...kerasBiasConfig(p),
  };
}

/** Keras's config of the bias. */
export function kerasBiasConfig(p: BiasParams): Record<string, unknown> {
  return {
    bias_initializer: kerasInitializerOf(p.biasInitializer),
    bias_regularizer: kerasRegularizer(p.biasRegularizer),
    bias_constraint: kerasConstraint(p.biasConstraint),
  };
}

/** Keras's record of a regularizer; null for none. */
export function kerasRegularizer(regularizer: Regularizer): { class_name: string; config: Record<string, unknown> } | null {
  if (!adds(regularizer)) return null;
  if (!('kind' in regularizer)) return { class_name: 'L1L2', config: { ...regularizer } };
  const { factor: by, mode } = regularizer;
  return { class_name: 'OrthogonalRegularizer', config: { factor: by, mode } };
}
