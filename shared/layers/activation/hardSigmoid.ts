import { plainActivation } from './_activation';

export const hardSigmoid = plainActivation('hardSigmoid', 'hardSigmoid', 'HardSigmoid', {
  summary: 'A sigmoid made of three straight lines.',
  details: 'Keras 2’s slope of 0.2. PyTorch’s F.hardsigmoid has 1/6.',
  formula: 'y = clip(0.2 · x + 0.5, 0, 1)',
  torchName: 'F.hardsigmoid',
});
