import { blockOf, computed } from '../drawing';
import { conv, norm, residualParameters } from './family';

/** The basic residual block with a gate for each channel before the add (Hu et al. 2018, figure 3). */
export const squeezeExciteResidual = blockOf(
  {
    id: 'squeezeExciteResidual',
    name: 'SE residual',
    keywords: ['squeeze-and-excitation', 'senet', 'gate'],
    description: 'Residual block (pre-activation, basic) whose main path ends in a gate for each channel, from what the whole image shows.',
    parameters: [
      ...residualParameters,
      { name: 'ratio', default: 16, description: 'How many times fewer numbers the gate is squeezed into.' },
    ],
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
    d.add('gate', 'squeezeExcite', { ratio: computed('ratio') }, 'conv2');
    return d.add('add', 'add', {}, 'gate', 'shortcut:shortcut');
  },
);
