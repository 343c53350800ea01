import { plainActivation } from './_activation';

export const tanh = plainActivation('tanh', 'tanh', 'Tanh', {
  summary: 'Squeezes each number to between −1 and 1.',
  formula: 'y = tanh(x)',
  torchName: 'nn.Tanh',
});
