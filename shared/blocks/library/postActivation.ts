import type { Params } from '../../graph/graph';
import { blockOf, computed, type Drawing } from '../drawing';
import { conv, convNorm, convNormRelu, filtersParameter, stridesParameter } from './family';

function basicPath(d: Drawing, x: string, strides: Params[string]): string {
  return convNorm(d, 'conv2', conv(computed('filters'), 3), convNormRelu(d, 'conv1', conv(computed('filters'), 3, strides), x));
}

/** Of post-activation ResNet-18 and 34 (He et al. 2015), with the identity shortcut. */
export const postActivationBasic = blockOf(
  {
    id: 'postActivationBasic',
    name: 'post-act residual',
    keywords: ['resnet 2015', 'basic block'],
    description: 'Residual block of 2015 (basic): norms after convolutions, an activation after the add, the identity as shortcut.',
    parameters: [filtersParameter],
  },
  (d, x) => {
    return d.add('relu', 'relu', {}, d.add('add', 'add', {}, basicPath(d, x, 1), x));
  },
);

export const postActivationBasicProjection = blockOf(
  {
    id: 'postActivationBasicProjection',
    name: 'post-act residual 1×1',
    keywords: ['resnet 2015', 'basic block'],
    description: 'Residual block of 2015 (basic) with a 1×1 projection as shortcut: for the first block of a stage.',
    parameters: [filtersParameter, stridesParameter],
  },
  (d, x) => {
    const main = basicPath(d, x, computed('strides'));
    const skip = convNorm(d, 'projection', conv(computed('filters'), 1, computed('strides')), x);
    return d.add('relu', 'relu', {}, d.add('add', 'add', {}, main, skip));
  },
);

function bottleneckPath(d: Drawing, x: string, strides: Params[string]): string {
  const first = convNormRelu(d, 'conv1', conv(computed('filters'), 1), x);
  // As torchvision has it: the stride is in the 3×3 convolution, not in the first one.
  return convNorm(d, 'conv3', conv(computed('filters * 4'), 1), convNormRelu(d, 'conv2', conv(computed('filters'), 3, strides), first));
}

/** Of post-activation ResNet-50 and deeper, with the identity shortcut. */
export const postActivationBottleneck = blockOf(
  {
    id: 'postActivationBottleneck',
    name: 'post-act bottleneck',
    keywords: ['resnet 2015'],
    description: 'Residual block of 2015 (bottleneck) with the identity as shortcut; it gives four times its filters.',
    parameters: [filtersParameter],
  },
  (d, x) => d.add('relu', 'relu', {}, d.add('add', 'add', {}, bottleneckPath(d, x, 1), x)),
);

export const postActivationBottleneckProjection = blockOf(
  {
    id: 'postActivationBottleneckProjection',
    name: 'post-act bottleneck 1×1',
    keywords: ['resnet 2015'],
    description: 'Residual block of 2015 (bottleneck) with a 1×1 projection as shortcut; it gives four times its filters.',
    parameters: [filtersParameter, stridesParameter],
  },
  (d, x) => {
    const main = bottleneckPath(d, x, computed('strides'));
    const skip = convNorm(d, 'projection', conv(computed('filters * 4'), 1, computed('strides')), x);
    return d.add('relu', 'relu', {}, d.add('add', 'add', {}, main, skip));
  },
);
