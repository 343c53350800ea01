import { blockOf, computed } from '../drawing';
import { basicPath, residual, residualParameters } from './family';

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
  (d, x) =>
    residual(d, x, 'filters', (from) => d.add('gate', 'squeezeExcite', { ratio: computed('ratio') }, basicPath(d, from, 'preActivation'))),
);
