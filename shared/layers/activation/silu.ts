import { plainActivation } from './_activation';

export const silu = plainActivation('silu', 'swish', 'SiLU', {
  summary: 'Multiplies its input by its own sigmoid; also called swish.',
  formula: 'y = x · sigmoid(x)',
  torchName: 'nn.SiLU',
});
