import * as z from 'zod';
import type { DataFormat } from '../../graph/tensor';
import { defineLayer, unsupported, X, Y } from '../define';
import {
  drawn,
  factorParam,
  inferAugmented,
  kerasAugmentation,
  kerasRescaling,
  noTorchAugmentation,
  ONLY_IN_TRAINING,
  type Range,
  valueRangeParams,
  withinRange,
} from './_augment';

/** What Keras 2 cuts results to; it knows no other range. */
const KERAS_RANGE: Range = [0, 255];

/** Values of another range are brought to Keras's and back: a distance from the mean changes by the same factor in both. */
function kerasContrast({ factor, valueRange }: { factor: number; valueRange: Range }, dataFormat: DataFormat) {
  const layer = { className: 'RandomContrast', config: { factor } };
  const [least, most] = valueRange;
  if (least === KERAS_RANGE[0] && most === KERAS_RANGE[1]) return kerasAugmentation(layer, dataFormat);
  if (least >= most) return unsupported('Keras cuts to no range whose largest value is not above its smallest.');
  const before = kerasRescaling('in_its_range', [valueRange, KERAS_RANGE]);
  const after = kerasRescaling('in_our_range', [KERAS_RANGE, valueRange]);
  return kerasAugmentation({ ...layer, before, after }, dataFormat);
}

export const randomContrast = defineLayer({
  type: 'randomContrast',
  version: 1,
  title: 'RandomContrast',
  category: 'preprocessing',
  icon: 'contrast',
  keywords: ['augmentation', 'colour'],
  docs: {
    summary: 'In training, moves each channel of an image from its mean, or towards it, by a random factor.',
    details: `${ONLY_IN_TRAINING} Keras 2 draws one number for a whole batch, Keras 3 as here one for each image.`,
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
  keras: (p, _inputs, { dataFormat }) => kerasContrast(p, dataFormat),
  torch: noTorchAugmentation,
  examples: [
    { inputs: { x: ['batch', 4, 6, 3] }, outputs: { y: ['batch', 4, 6, 3] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] }, dataFormat: 'channelsFirst' },
    { params: { factor: 0.5, valueRange: [-0.6, 0.7] }, inputs: { x: ['batch', 5, 3, 2] }, outputs: { y: ['batch', 5, 3, 2] } },
  ],
});
