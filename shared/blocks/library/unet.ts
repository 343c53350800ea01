import { blockOf, computed, type Drawing } from '../drawing';
import { conv, convNormRelu, filtersParameter } from './family';

function twoConvolutions(d: Drawing, x: string): string {
  return convNormRelu(d, 'conv2', conv(computed('filters'), 3), convNormRelu(d, 'conv1', conv(computed('filters'), 3), x));
}

/** A stage of the way down; its output goes on to the pooling and across to the way up. */
export const unetStage = blockOf(
  {
    id: 'unetStage',
    name: 'U-Net stage',
    keywords: ['segmentation', 'double convolution'],
    description: 'A stage of a U-Net: two 3×3 convolutions, each with norm and ReLU.',
    parameters: [filtersParameter],
  },
  twoConvolutions,
);

/** A stage of the way up (Ronneberger et al. 2015), with repeated pixels and a 2×2 convolution for the up-convolution. */
export const unetWayUp = blockOf(
  {
    id: 'unetWayUp',
    name: 'U-Net way up',
    keywords: ['segmentation', 'decoder'],
    description: 'Doubles the size, puts what the way down had at that size beside it, and convolves both.',
    parameters: [filtersParameter],
    inputs: ['x', 'skip'],
  },
  (d, x, skip) => {
    const larger = d.add('up', 'upSampling2d', {}, x);
    const narrow = d.add('up_conv', 'conv2d', { ...conv(computed('filters'), 2), padding: 'same' }, larger);
    return twoConvolutions(d, d.add('concatenate', 'concatenate', {}, skip, narrow));
  },
);
