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
import type { Value } from '../../program/builder';
import { transformed } from './_sampling';

export const randomZoom = defineLayer({
  type: 'randomZoom',
  version: 1,
  title: 'RandomZoom',
  category: 'preprocessing',
  icon: 'zoom-in',
  keywords: ['augmentation', 'scale', 'size'],
  docs: {
    summary: 'In training, shows each image nearer or farther by a random factor.',
    details: ONLY_IN_TRAINING,
    formula: 'y[p] = x[zoom · (p − middle) + middle],  zoom from 1 − factor to 1 + factor',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/',
    torchName: 'torchvision.transforms.RandomAffine',
  },
  params: z.strictObject({
    heightFactor: factorParam(0.9, 0.1, 'Largest change of the height; above 1 shows more of the image, smaller.'),
    widthFactor: z
      .number()
      .min(0)
      .max(0.9)
      .nullable()
      .default(null)
      .describe('Largest change of the width; none for the same zoom as the height’s.'),
    ...samplingParams,
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferAugmented(x, dataFormat),
  summary: (p) => `±${p.heightFactor}`,
  lower(b, { x }, _weights, p, { training }) {
    if (!training) return { y: x };
    const [height, width] = x.type.shape.slice(1) as [number, number];
    const rows = drawn(b, x, 1 - p.heightFactor, 1 + p.heightFactor);
    const columns = p.widthFactor === null ? rows : drawn(b, x, 1 - p.widthFactor, 1 + p.widthFactor);
    const before = (zoom: Value, size: number) => b.mul(b.sub(b.scalar(1), zoom), b.scalar((size - 1) / 2));
    const zero = b.scalar(0);
    return { y: transformed(b, x, [columns, zero, before(columns, width), zero, rows, before(rows, height)], p) };
  },
  keras: (p, _inputs, { dataFormat }) =>
    kerasAugmentation(
      { className: 'RandomZoom', config: { height_factor: p.heightFactor, width_factor: p.widthFactor, ...kerasSampling(p) } },
      dataFormat,
    ),
  torch: noTorchAugmentation,
  examples: [
    { inputs: { x: ['batch', 4, 6, 3] }, outputs: { y: ['batch', 4, 6, 3] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] }, dataFormat: 'channelsFirst' },
  ],
});
