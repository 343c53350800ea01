import { blockOf, computed } from '../drawing';
import { conv, norm, residualParameters } from './family';

/** Of pre-activation ResNet-18 and 34 (He et al. 2016, figure 4e): the shortcut opens the block and projects the pre-activated input. */
export const residualBasic = blockOf(
  {
    id: 'residualBasic',
    name: 'residual',
    keywords: ['resnet', 'skip connection', 'pre-activation'],
    description: 'Residual block (pre-activation, basic): two 3×3 convolutions, and a shortcut that is the identity or a 1×1 projection.',
    parameters: residualParameters,
  },
  (d, x) => {
    d.add(
      'shortcut',
      'shortcut',
      { ...norm, filters: computed('project ? filters : none'), strides: computed('strides'), kernelInitializer: 'heNormal' },
      x,
    );
    d.add('conv1', 'conv2d', conv(computed('filters'), 3, computed('strides')), 'shortcut:preActivated');
    d.add('preActivation', 'preActivation', norm, 'conv1');
    d.add('conv2', 'conv2d', conv(computed('filters'), 3), 'preActivation');
    return d.add('add', 'add', {}, 'conv2', 'shortcut:shortcut');
  },
);
