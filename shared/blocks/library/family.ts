import type { BlockParameter } from '../../document/document';
import type { Params } from '../../graph/graph';
import { computed, type Drawing } from '../drawing';

/** As the classic TensorFlow reference model has it. */
export const norm = { momentum: 0.997, epsilon: 1e-5 } as const;

/** A convolution of the family: consistent padding, no bias before a norm, He's initialisation. */
export function conv(filters: Params[string], kernel: number, strides: Params[string] = 1): Params {
  return { filters, kernelSize: [kernel, kernel], strides, padding: 'consistent', useBias: false, kernelInitializer: 'heNormal' };
}

export const filtersParameter: BlockParameter = { name: 'filters', default: 64, description: 'Filters of the convolutions.' };
export const stridesParameter: BlockParameter = { name: 'strides', default: [1, 1], description: 'Strides of the block.' };
const projectParameter: BlockParameter = {
  name: 'project',
  default: false,
  description: 'A projection on the shortcut: needed where strides or channels change.',
};

export const residualParameters: readonly BlockParameter[] = [filtersParameter, stridesParameter, projectParameter];

/** A convolution with its norm, as networks of 2015 have it. */
export function convNorm(d: Drawing, name: string, params: Params, x: string): string {
  return d.add(`${name}_bn`, 'batchNormalization', norm, d.add(name, 'conv2d', params, x));
}

export function convNormRelu(d: Drawing, name: string, params: Params, x: string): string {
  return d.add(`${name}_relu`, 'relu', {}, convNorm(d, name, params, x));
}

/** A shortcut that opens a pre-activation block and is the identity or a projection of so many filters, around a main path. */
export function residual(d: Drawing, x: string, width: string, main: (from: string) => string): string {
  const filters = computed(`project ? ${width} : none`);
  d.add('shortcut', 'shortcut', { ...norm, filters, strides: computed('strides'), kernelInitializer: 'heNormal' }, x);
  return d.add('add', 'add', {}, main('shortcut:preActivated'), 'shortcut:shortcut');
}

/** Two 3×3 convolutions with a pre-activation of this name between them, behind what is pre-activated. */
export function basicPath(d: Drawing, from: string, between: string): string {
  const first = d.add('conv1', 'conv2d', conv(computed('filters'), 3, computed('strides')), from);
  return d.add('conv2', 'conv2d', conv(computed('filters'), 3), d.add(between, 'preActivation', norm, first));
}

/** 1×1, 3×3 and 1×1 with four times the filters, behind what is pre-activated. */
export function bottleneckPath(d: Drawing, from: string): string {
  const narrow = d.add('conv1', 'conv2d', conv(computed('filters'), 1), from);
  const seen = d.add(
    'conv2',
    'conv2d',
    conv(computed('filters'), 3, computed('strides')),
    d.add('preActivation1', 'preActivation', norm, narrow),
  );
  return d.add('conv3', 'conv2d', conv(computed('filters * 4'), 1), d.add('preActivation2', 'preActivation', norm, seen));
}

/** A pooling 3×3 with strides 2 behind a ReLU, where the zeros of a padding are never the largest: every framework has both layers. */
export function paddedPool(d: Drawing, x: string): string {
  const padded = d.add('pool1_pad', 'pad', { kernelSize: [3, 3] }, x);
  return d.add('pool1', 'maxPooling2d', { poolSize: [3, 3], strides: [2, 2] }, padded);
}
