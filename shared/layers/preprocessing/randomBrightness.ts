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

export const randomBrightness = defineLayer({
  type: 'randomBrightness',
  version: 1,
  title: 'RandomBrightness',
  category: 'preprocessing',
  icon: 'sun',
  keywords: ['augmentation', 'colour', 'light'],
  docs: {
    summary: 'In training, adds to each image a random number.',
    details: ONLY_IN_TRAINING,
    formula: 'y = x + delta · (largest − smallest value)',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_brightness/',
    torchName: 'torchvision.transforms.ColorJitter',
  },
  params: z.strictObject({
    factor: factorParam(1, 0.1, 'Largest change, as a part of the range of values.'),
    ...valueRangeParams,
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferAugmented(x, dataFormat),
  summary: (p) => `±${p.factor}`,
  lower(b, { x }, _weights, p, { training }) {
    if (!training) return { y: x };
    const most = p.factor * (p.valueRange[1] - p.valueRange[0]);
    return { y: withinRange(b, b.add(x, drawn(b, x, -most, most, 4)), p.valueRange) };
  },
  keras: (p, _inputs, { dataFormat }) =>
    kerasAugmentation({ className: 'RandomBrightness', config: { factor: p.factor, value_range: p.valueRange } }, dataFormat),
  torch: noTorchAugmentation,
  examples: [
    { inputs: { x: ['batch', 4, 6, 3] }, outputs: { y: ['batch', 4, 6, 3] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] }, dataFormat: 'channelsFirst' },
    { params: { factor: 0.3, valueRange: [-0.6, 0.7] }, inputs: { x: ['batch', 5, 3, 2] }, outputs: { y: ['batch', 5, 3, 2] } },
  ],
});
