import { plainActivation } from './_activation';

export const sigmoid = plainActivation('sigmoid', 'sigmoid', 'Sigmoid', {
  summary: 'Squeezes each number to between 0 and 1.',
  formula: 'y = 1 / (1 + e⁻ˣ)',
  torchName: 'nn.Sigmoid',
});
