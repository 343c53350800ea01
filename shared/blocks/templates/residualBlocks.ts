import { computed, drawing, type Drawing, type WithUses } from '../drawing';
import type { BlockParameter } from '../../document/document';
import type { Params } from '../../graph/graph';

/** As the classic TensorFlow reference model has it. */
export const norm = { momentum: 0.997, epsilon: 1e-5 } as const;

/** A convolution of the family: consistent padding, no bias before a norm, He's initialisation. */
export function conv(filters: Params[string], kernel: number, strides: Params[string] = 1): Params {
  return { filters, kernelSize: [kernel, kernel], strides, padding: 'consistent', useBias: false, kernelInitializer: 'heNormal' };
}

const filtersParameter: BlockParameter = { name: 'filters', default: 64, description: 'Filters of the convolutions.' };
const stridesParameter: BlockParameter = { name: 'strides', default: [1, 1], description: 'Strides of the block.' };
const projectParameter: BlockParameter = {
  name: 'project',
  default: false,
  description: 'A projection on the shortcut: needed where strides or channels change.',
};

interface BlockText {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly parameters?: readonly BlockParameter[];
}

/** A definition of one input and one output from what is drawn between them. */
export function blockOf({ id, name, description, parameters = [] }: BlockText, inside: (d: Drawing, x: string) => string): WithUses {
  const d = drawing();
  const y = inside(d, d.add('x', 'blockInput', {}));
  d.add('y', 'blockOutput', {}, y);
  const uses = d.blocks;
  return { id, name, description, parameters, graph: d.graph(), ...(Object.keys(uses).length > 0 ? { uses } : {}) };
}

const residual = [filtersParameter, stridesParameter, projectParameter];

/** Of pre-activation ResNet-18 and 34 (He et al. 2016, figure 4e): the shortcut opens the block and projects the pre-activated input. */
export const preActivationBasic = blockOf(
  {
    id: 'preActivationBasic',
    name: 'basic block',
    description: 'Pre-activation residual block of two 3×3 convolutions.',
    parameters: residual,
  },
  (d, x) => {
    d.add(
      'shortcut',
      'shortcut',
      { ...norm, filters: computed('project ? filters : none'), strides: computed('strides'), kernelInitializer: 'heNormal' },
      x,
    );
    d.add('conv1', 'conv2d', conv(computed('filters'), 3, computed('strides')), 'shortcut:preActivated');
    d.add('preActivation1', 'preActivation', norm, 'conv1');
    d.add('conv2', 'conv2d', conv(computed('filters'), 3), 'preActivation1');
    return d.add('add', 'add', {}, 'conv2', 'shortcut:shortcut');
  },
);

/** Of pre-activation ResNet-50 and deeper: 1×1, 3×3 and 1×1 with four times the filters. */
export const preActivationBottleneck = blockOf(
  {
    id: 'preActivationBottleneck',
    name: 'bottleneck block',
    description: 'Pre-activation residual block of 1×1, 3×3 and 1×1 convolutions; it gives four times its filters.',
    parameters: residual,
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
