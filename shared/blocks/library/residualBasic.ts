import { blockOf } from '../drawing';
import { basicPath, residual, residualParameters } from './family';

/** Of pre-activation ResNet-18 and 34 (He et al. 2016, figure 4e): the shortcut opens the block and projects the pre-activated input. */
export const residualBasic = blockOf(
  {
    id: 'residualBasic',
    name: 'residual',
    keywords: ['resnet', 'skip connection', 'pre-activation'],
    description: 'Residual block (pre-activation, basic): two 3×3 convolutions, and a shortcut that is the identity or a 1×1 projection.',
    parameters: residualParameters,
  },
  (d, x) => residual(d, x, 'filters', (from) => basicPath(d, from, 'preActivation')),
);
