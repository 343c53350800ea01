import { plainActivation } from './_activation';

export const mish = plainActivation('mish', 'mish', 'Mish', {
  summary: 'A smooth ReLU that lets small negative values through.',
  formula: 'y = x · tanh(log(1 + eˣ))',
  torchName: 'nn.Mish',
});
