import { blockOf, computed } from '../drawing';
import { conv, filtersParameter, norm, stridesParameter } from './family';

/** The twin of the basic block without its shortcut: the other side of the degradation experiment. */
export const plainBasic = blockOf(
  {
    id: 'plainBasic',
    name: 'plain',
    keywords: ['degradation', 'no shortcut'],
    description: 'The basic residual block without its shortcut: what degrades with depth.',
    parameters: [filtersParameter, stridesParameter],
  },
  (d, x) => {
    d.add('preActivation0', 'preActivation', norm, x);
    d.add('conv1', 'conv2d', conv(computed('filters'), 3, computed('strides')), 'preActivation0');
    d.add('preActivation1', 'preActivation', norm, 'conv1');
    return d.add('conv2', 'conv2d', conv(computed('filters'), 3), 'preActivation1');
  },
);

/** The twin of the bottleneck block without its shortcut. */
export const plainBottleneck = blockOf(
  {
    id: 'plainBottleneck',
    name: 'plain bottleneck',
    keywords: ['degradation', 'no shortcut'],
    description: 'The bottleneck residual block without its shortcut; it gives four times its filters.',
    parameters: [filtersParameter, stridesParameter],
  },
  (d, x) => {
    const narrow = d.add('conv1', 'conv2d', conv(computed('filters'), 1), d.add('preActivation0', 'preActivation', norm, x));
    d.add('preActivation1', 'preActivation', norm, narrow);
    d.add('conv2', 'conv2d', conv(computed('filters'), 3, computed('strides')), 'preActivation1');
    d.add('preActivation2', 'preActivation', norm, 'conv2');
    return d.add('conv3', 'conv2d', conv(computed('filters * 4'), 1), 'preActivation2');
  },
);
