import { plainActivation } from './_activation';

export const selu = plainActivation('selu', 'selu', 'SELU', {
  summary: 'An ELU whose output keeps mean 0 and variance 1 from layer to layer.',
  formula: 'y = 1.0507 · (x for x > 0, else 1.6733 · (eˣ − 1))',
  torchName: 'nn.SELU',
});
