import type { BlockParameter } from '../../document/document';
import { blockOf, computed } from '../drawing';
import { conv, norm } from './family';

const growth: BlockParameter = { name: 'growth', default: 32, description: 'Channels that each layer adds.' };

/** Norm, ReLU and 1×1 convolution to four times the growth; the same with 3×3 to the growth; beside what came in. */
export const denseLayer = blockOf(
  {
    id: 'denseLayer',
    name: 'dense layer',
    keywords: ['densenet'],
    description: 'A layer of a DenseNet: what it computes is put beside all that came before.',
    parameters: [growth],
  },
  (d, x) => {
    const narrow = d.add('conv1', 'conv2d', conv(computed('growth * 4'), 1), d.add('preActivation1', 'preActivation', norm, x));
    const added = d.add('conv2', 'conv2d', conv(computed('growth'), 3), d.add('preActivation2', 'preActivation', norm, narrow));
    return d.add('concatenate', 'concatenate', {}, x, added);
  },
);

/** A stage of a DenseNet (Huang et al. 2017): each layer reads all layers before it. */
export const denseBlock = blockOf(
  {
    id: 'denseBlock',
    name: 'dense block',
    keywords: ['densenet'],
    description: 'Layers of which each reads all layers before it; the channels grow by the same number at each.',
    parameters: [{ name: 'layers', default: 6, description: 'Layers in a row.' }, growth],
  },
  (d, x) => d.block('layers', denseLayer, { repeat: computed('layers'), growth: computed('growth') }, x),
);

export const transition = blockOf(
  {
    id: 'transition',
    name: 'transition',
    keywords: ['densenet'],
    description: 'Halves the channels and the size between the stages of a DenseNet.',
    parameters: [{ name: 'filters', default: 128, description: 'Channels that are left.' }],
  },
  (d, x) => {
    const narrow = d.add('conv', 'conv2d', conv(computed('filters'), 1), d.add('preActivation', 'preActivation', norm, x));
    return d.add('pool', 'averagePooling2d', {}, narrow);
  },
);
