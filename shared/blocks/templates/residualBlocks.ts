import type { Params } from '../../graph/graph';
import { blockOf, computed, type Drawing } from '../drawing';
import { conv, filtersParameter, norm, residualParameters, stridesParameter } from '../library/family';

/** Of pre-activation ResNet-50 and deeper: 1×1, 3×3 and 1×1 with four times the filters. */
export const preActivationBottleneck = blockOf(
  {
    id: 'preActivationBottleneck',
    name: 'bottleneck block',
    description: 'Pre-activation residual block of 1×1, 3×3 and 1×1 convolutions; it gives four times its filters.',
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

/** The twin of the basic block without its shortcut: the other side of the degradation experiment. */
export const plainBasic = blockOf(
  {
    id: 'plainBasic',
    name: 'plain block',
    description: 'The basic block without its shortcut.',
    parameters: [filtersParameter, stridesParameter],
  },
  (d, x) => {
    d.add('preActivation0', 'preActivation', norm, x);
    d.add('conv1', 'conv2d', conv(computed('filters'), 3, computed('strides')), 'preActivation0');
    d.add('preActivation1', 'preActivation', norm, 'conv1');
    return d.add('conv2', 'conv2d', conv(computed('filters'), 3), 'preActivation1');
  },
);

/** A convolution with its norm, as networks of 2015 have it. */
export function convNorm(d: Drawing, name: string, params: Params, x: string): string {
  return d.add(`${name}_bn`, 'batchNormalization', norm, d.add(name, 'conv2d', params, x));
}

export function convNormRelu(d: Drawing, name: string, params: Params, x: string): string {
  return d.add(`${name}_relu`, 'relu', {}, convNorm(d, name, params, x));
}

/** Of post-activation ResNet-18 and 34 (He et al. 2015), with the identity shortcut. */
export const postActivationBasic = blockOf(
  {
    id: 'postActivationBasic',
    name: 'basic block, identity',
    description: 'Residual block of 2015: norms after convolutions, an activation after the add, the identity as shortcut.',
    parameters: [filtersParameter],
  },
  (d, x) => {
    const main = convNorm(d, 'conv2', conv(computed('filters'), 3), convNormRelu(d, 'conv1', conv(computed('filters'), 3), x));
    return d.add('relu', 'relu', {}, d.add('add', 'add', {}, main, x));
  },
);

export const postActivationBasicProjection = blockOf(
  {
    id: 'postActivationBasicProjection',
    name: 'basic block, projection',
    description: 'Residual block of 2015 with a 1×1 projection as shortcut.',
    parameters: [filtersParameter, stridesParameter],
  },
  (d, x) => {
    const main = convNorm(
      d,
      'conv2',
      conv(computed('filters'), 3),
      convNormRelu(d, 'conv1', conv(computed('filters'), 3, computed('strides')), x),
    );
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
    name: 'bottleneck block, identity',
    description: 'Bottleneck block of 2015 with the identity as shortcut.',
    parameters: [filtersParameter],
  },
  (d, x) => d.add('relu', 'relu', {}, d.add('add', 'add', {}, bottleneckPath(d, x, 1), x)),
);

export const postActivationBottleneckProjection = blockOf(
  {
    id: 'postActivationBottleneckProjection',
    name: 'bottleneck block, projection',
    description: 'Bottleneck block of 2015 with a 1×1 projection as shortcut.',
    parameters: [filtersParameter, stridesParameter],
  },
  (d, x) => {
    const main = bottleneckPath(d, x, computed('strides'));
    const skip = convNorm(d, 'projection', conv(computed('filters * 4'), 1, computed('strides')), x);
    return d.add('relu', 'relu', {}, d.add('add', 'add', {}, main, skip));
  },
);
