import type { ParamValue } from '../../graph/graph';
import { blockOf, computed } from '../drawing';

/** GoogLeNet's module (Szegedy et al. 2015, figure 2b), with the widths of its first one, 3a. */
export const inception = blockOf(
  {
    id: 'inception',
    name: 'inception',
    keywords: ['googlenet'],
    description: 'Four paths side by side: 1×1, 3×3 and 5×5 convolutions and a pooling, with 1×1 convolutions to keep them narrow.',
    parameters: [
      { name: 'filters1', default: 64, description: 'Filters of the 1×1 path.' },
      { name: 'reduce3', default: 96, description: 'Filters of the 1×1 convolution before the 3×3.' },
      { name: 'filters3', default: 128, description: 'Filters of the 3×3 path.' },
      { name: 'reduce5', default: 16, description: 'Filters of the 1×1 convolution before the 5×5.' },
      { name: 'filters5', default: 32, description: 'Filters of the 5×5 path.' },
      { name: 'filtersPool', default: 32, description: 'Filters of the 1×1 convolution behind the pooling.' },
    ],
  },
  (d, x) => {
    const active = (name: string, filters: ParamValue, kernel: number, from: string) => {
      const params = { filters, kernelSize: [kernel, kernel], padding: 'same', kernelInitializer: 'heNormal' };
      return d.add(`${name}_relu`, 'relu', {}, d.add(name, 'conv2d', params, from));
    };
    const one = active('conv1', computed('filters1'), 1, x);
    const three = active('conv3', computed('filters3'), 3, active('reduce3', computed('reduce3'), 1, x));
    const five = active('conv5', computed('filters5'), 5, active('reduce5', computed('reduce5'), 1, x));
    const pooled = d.add('pool', 'maxPooling2d', { poolSize: [3, 3], strides: [1, 1], padding: 'same' }, x);
    return d.add('concatenate', 'concatenate', {}, one, three, five, active('convPool', computed('filtersPool'), 1, pooled));
  },
);
