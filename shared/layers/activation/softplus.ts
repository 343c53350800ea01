import { plainActivation } from './_activation';

export const softplus = plainActivation('softplus', 'softplus', 'Softplus', {
  summary: 'A smooth ReLU.',
  formula: 'y = log(1 + eˣ)',
  torchName: 'nn.Softplus',
});
