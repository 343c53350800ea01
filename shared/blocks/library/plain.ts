import { blockOf } from '../drawing';
import { basicPath, bottleneckPath, filtersParameter, norm, stridesParameter } from './family';

/** The twin of the basic block without its shortcut: the other side of the degradation experiment. */
export const plainBasic = blockOf(
  {
    id: 'plainBasic',
    name: 'plain',
    keywords: ['degradation', 'no shortcut'],
    description: 'The basic residual block without its shortcut: what degrades with depth.',
    parameters: [filtersParameter, stridesParameter],
  },
  (d, x) => basicPath(d, d.add('preActivation0', 'preActivation', norm, x), 'preActivation1'),
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
  (d, x) => bottleneckPath(d, d.add('preActivation0', 'preActivation', norm, x)),
);
