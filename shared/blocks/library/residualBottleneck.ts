import { blockOf, computed } from '../drawing';
import { conv, norm, residualParameters } from './family';

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
  (d, x) => {
    d.add(
      'shortcut',
      'shortcut',
      { ...norm, filters: computed('project ? filters * 4 : none'), strides: computed('strides'), kernelInitializer: 'heNormal' },
      x,
    );
    d.add('conv1', 'conv2d', conv(computed('filters'), 1), 'shortcut:preActivated');
    d.add('preActivation1', 'preActivation', norm, 'conv1');
    d.add('conv2', 'conv2d', conv(computed('filters'), 3, computed('strides')), 'preActivation1');
    d.add('preActivation2', 'preActivation', norm, 'conv2');
    d.add('conv3', 'conv2d', conv(computed('filters * 4'), 1), 'preActivation2');
    return d.add('add', 'add', {}, 'conv3', 'shortcut:shortcut');
  },
);
