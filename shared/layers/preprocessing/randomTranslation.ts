import * as z from 'zod';
import { defineLayer, X, Y } from '../define';
import {
  drawn,
  factorParam,
  inferAugmented,
  kerasAugmentation,
  kerasSampling,
  noTorchAugmentation,
  ONLY_IN_TRAINING,
  samplingParams,
} from './_augment';
import { transformed } from './_sampling';

export const randomTranslation = defineLayer({
  type: 'randomTranslation',
  version: 1,
  title: 'RandomTranslation',
  category: 'preprocessing',
  icon: 'move',
  keywords: ['augmentation', 'shift', 'move'],
  docs: {
    summary: 'In training, moves each image by a random part of its size.',
    details: ONLY_IN_TRAINING,
    formula: 'y[row, column] = x[row − dy, column − dx]',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_translation/',
    torchName: 'torchvision.transforms.RandomAffine',
  },
  params: z.strictObject({
    heightFactor: factorParam(1, 0.1, 'Largest move up or down, as a part of the height.'),
    widthFactor: factorParam(1, 0.1, 'Largest move to either side, as a part of the width.'),
    ...samplingParams,
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferAugmented(x, dataFormat),
  summary: (p) => `±${p.heightFactor}×±${p.widthFactor}`,
  lower(b, { x }, _weights, p, { training }) {
    if (!training) return { y: x };
    const [height, width] = x.type.shape.slice(1) as [number, number];
    const [zero, one] = [b.scalar(0), b.scalar(1)];
    const rows = drawn(b, x, -p.heightFactor * height, p.heightFactor * height);
    const columns = drawn(b, x, -p.widthFactor * width, p.widthFactor * width);
    return { y: transformed(b, x, [one, zero, b.neg(columns), zero, one, b.neg(rows)], p) };
  },
  keras: (p, _inputs, { dataFormat }) =>
    kerasAugmentation(
      { className: 'RandomTranslation', config: { height_factor: p.heightFactor, width_factor: p.widthFactor, ...kerasSampling(p) } },
      dataFormat,
    ),
  torch: noTorchAugmentation,
  examples: [
    { inputs: { x: ['batch', 4, 6, 3] }, outputs: { y: ['batch', 4, 6, 3] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] }, dataFormat: 'channelsFirst' },
  ],
});
