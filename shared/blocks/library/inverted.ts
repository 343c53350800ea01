import type { BlockParameter } from '../../document/document';
import type { ParamValue, Params } from '../../graph/graph';
import { blockOf, computed, type Drawing } from '../drawing';
import { stridesParameter } from './family';

/** As PyTorch and torchvision have it. */
export const mobileNorm = { momentum: 0.9, epsilon: 1e-5 } as const;

export interface Activation {
  readonly type: string;
  readonly params: Params;
}

interface InvertedPath {
  /** Channels inside, before the depthwise convolution; none: those that come in, with no convolution to widen them. */
  readonly expanded?: ParamValue;
  readonly kernelSize: ParamValue;
  readonly strides: ParamValue;
  readonly filters: ParamValue;
  readonly activation: Activation;
  readonly norm: Params;
  /** Of a squeeze-and-excitation after the depthwise convolution. */
  readonly gate?: Params;
}

export const relu6: Activation = { type: 'relu', params: { maxValue: 6 } };

/** A norm and an activation behind a layer of this name. */
export function normActive(
  d: Drawing,
  name: string,
  { norm, activation }: { readonly norm: Params; readonly activation: Activation },
  from: string,
): string {
  return d.add(`${name}_${activation.type}`, activation.type, activation.params, d.add(`${name}_bn`, 'batchNormalization', norm, from));
}

/** Wider by a 1×1 convolution, a depthwise convolution, narrower by a 1×1 convolution with no activation behind it. */
export function invertedPath(d: Drawing, x: string, path: InvertedPath): string {
  const { activation, norm } = path;
  const active = (name: string, from: string) => normActive(d, name, { norm, activation }, from);
  const pointwise = (name: string, filters: ParamValue, from: string) =>
    d.add(name, 'conv2d', { filters, kernelSize: [1, 1], useBias: false, kernelInitializer: 'heNormal' }, from);
  const wide = path.expanded === undefined ? x : active('expand', pointwise('expand', path.expanded, x));
  const depthwise = { kernelSize: path.kernelSize, strides: path.strides, padding: 'consistent', useBias: false };
  const seen = active('depthwise', d.add('depthwise', 'depthwiseConv2d', { ...depthwise, depthwiseInitializer: 'heNormal' }, wide));
  const gated = path.gate ? d.add('gate', 'squeezeExcite', path.gate, seen) : seen;
  return d.add('project_bn', 'batchNormalization', norm, pointwise('project', path.filters, gated));
}

export const expansionParameter: BlockParameter = {
  name: 'expansion',
  default: 6,
  description: 'How many times more channels there are inside.',
};
export const channelsParameter: BlockParameter = { name: 'channels', default: 16, description: 'Channels of the input.' };
export const channelsOutParameter: BlockParameter = { name: 'filters', default: 24, description: 'Channels of the output.' };

/** The block of MobileNetV2 with its shortcut between the narrow ends (Sandler et al. 2018, figure 4d). */
export const invertedResidual = blockOf(
  {
    id: 'invertedResidual',
    name: 'inverted residual',
    keywords: ['mobilenet', 'mbconv', 'linear bottleneck'],
    description: 'Block of MobileNetV2: wide inside, narrow at its ends, with the identity as shortcut between them.',
    parameters: [{ ...channelsOutParameter, description: 'Channels of input and output.' }, expansionParameter],
  },
  (d, x) => {
    const path = { expanded: computed('filters * expansion'), kernelSize: [3, 3], strides: [1, 1], filters: computed('filters') };
    return d.add('add', 'add', {}, invertedPath(d, x, { ...path, activation: relu6, norm: mobileNorm }), x);
  },
);

/** The same where size or channels change, which leaves it no shortcut. */
export const invertedOpening = blockOf(
  {
    id: 'invertedOpening',
    name: 'inverted opening',
    keywords: ['mobilenet', 'mbconv'],
    description: 'Block of MobileNetV2 that opens a stage: its size or channels change, so it has no shortcut.',
    parameters: [channelsParameter, channelsOutParameter, expansionParameter, stridesParameter],
  },
  (d, x) => {
    const path = {
      expanded: computed('channels * expansion'),
      kernelSize: [3, 3],
      strides: computed('strides'),
      filters: computed('filters'),
    };
    return invertedPath(d, x, { ...path, activation: relu6, norm: mobileNorm });
  },
);
