import * as z from 'zod';
import { defineLayer, X, Y } from '../define';
import {
  drawn,
  factorParam,
  inferAugmented,
  kerasAugmentation,
  noTorchAugmentation,
  ONLY_IN_TRAINING,
  valueRangeParams,
  withinRange,
} from './_augment';

export const randomContrast = defineLayer({
  type: 'randomContrast',
  version: 1,
  title: 'RandomContrast',
  category: 'preprocessing',
  icon: 'contrast',
  keywords: ['augmentation', 'colour'],
  docs: {
    summary: 'In training, moves each channel of an image from its mean, or towards it, by a random factor.',
    details: ONLY_IN_TRAINING,
    formula: 'y = (x − mean) · factor + mean',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_contrast/',
    torchName: 'torchvision.transforms.ColorJitter',
  },
  params: z.strictObject({
    factor: factorParam(1, 0.1, 'The distance from the mean changes by a factor from 1 − this to 1 + this.'),
    ...valueRangeParams,
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferAugmented(x, dataFormat),
  summary: (p) => `±${p.factor}`,
  lower(b, { x }, _weights, p, { training }) {
    if (!training) return { y: x };
    const mean = b.reduceMean(x, [1, 2], true);
    const changed = b.add(b.mul(b.sub(x, mean), drawn(b, x, 1 - p.factor, 1 + p.factor, 4)), mean);
    return { y: withinRange(b, changed, p.valueRange) };
  },
  keras: (p, _inputs, { dataFormat }) => kerasAugmentation('RandomContrast', { factor: p.factor }, dataFormat),
  torch: noTorchAugmentation,
  examples: [
    { inputs: { x: ['batch', 4, 6, 3] }, outputs: { y: ['batch', 4, 6, 3] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] }, dataFormat: 'channelsFirst' },
  ],
});
