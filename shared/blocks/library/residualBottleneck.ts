import { blockOf } from '../drawing';
import { bottleneckPath, residual, residualParameters } from './family';

/** Of pre-activation ResNet-50 and deeper: 1×1, 3×3 and 1×1 with four times the filters. */
export const residualBottleneck = blockOf(
  {
    id: 'residualBottleneck',
    name: 'residual bottleneck',
    keywords: ['resnet', 'skip connection', 'pre-activation'],
    description:
      'Residual block (pre-activation, bottleneck): 1×1, 3×3 and 1×1 convolutions, of which the last gives four times the filters.',
    parameters: residualParameters,
  },
  (d, x) => residual(d, x, 'filters * 4', (from) => bottleneckPath(d, from)),
);
