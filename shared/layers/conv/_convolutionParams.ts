import * as z from 'zod';
import { kernelInitializer } from '../_initializers';
import { torchInitializer } from '../_params';
import { biasParams, kernelConstraint, kernelRegularizer } from '../_weights';

export const groups = z
  .int()
  .min(1)
  .max(65_536)
  .default(1)
  .describe('Groups of channels; each filter looks at the channels of its own group only.')
  .meta({ torch: 'groups' });

export const useBias = z.boolean().default(true).describe('Adds a learned number to each channel.').meta({ torch: 'bias' });

/** How the weights of a convolution start and are kept small, the last parameters of each. */
export const weightParams = {
  useBias,
  kernelInitializer: kernelInitializer.default('glorotUniform').describe('How the kernel starts.').meta(torchInitializer),
  kernelRegularizer,
  kernelConstraint,
  ...biasParams,
};
