import { plainActivation } from './_activation';

export const softsign = plainActivation('softsign', 'softsign', 'Softsign', {
  summary: 'Squeezes each number to between −1 and 1, more slowly than tanh.',
  formula: 'y = x / (1 + |x|)',
  torchName: 'nn.Softsign',
});
