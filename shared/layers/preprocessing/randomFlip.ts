import * as z from 'zod';
import { defineLayer, X, Y } from '../define';
import { drawn, inferAugmented, kerasAugmentation, noTorchAugmentation, ONLY_IN_TRAINING } from './_augment';
import type { Builder, Value } from '../../program/builder';

/** Half of the images mirrored along an axis. */
function flippedSome(b: Builder, x: Value, axis: 1 | 2): Value {
  const size = x.type.shape[axis] as number;
  const inFront = axis === 1 ? [1, 0, 2, 3] : [2, 1, 0, 3];
  const backwards = b.constant(
    Int32Array.from({ length: size }, (_, index) => size - 1 - index),
    [size],
  );
  const flipped = b.transpose(b.gather(b.transpose(x, inFront), backwards), inFront);
  const isFlipped = b.greater(b.scalar(0.5), drawn(b, x, 0, 1, 4));
  return b.add(b.mul(flipped, isFlipped), b.mul(x, b.sub(b.scalar(1), isFlipped)));
}

export const randomFlip = defineLayer({
  type: 'randomFlip',
  version: 1,
  title: 'RandomFlip',
  category: 'preprocessing',
  icon: 'flip-horizontal-2',
  keywords: ['augmentation', 'mirror'],
  docs: {
    summary: 'In training, mirrors some of the images.',
    details: ONLY_IN_TRAINING,
    formula: 'y = x, or x mirrored',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/',
    torchName: 'torchvision.transforms.RandomHorizontalFlip',
  },
  params: z.strictObject({
    mode: z
      .enum(['horizontalAndVertical', 'horizontal', 'vertical'])
      .default('horizontalAndVertical')
      .describe('Along which axes; each of them for half of the images.'),
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferAugmented(x, dataFormat),
  summary: (p) => ({ horizontalAndVertical: 'both', horizontal: 'horizontal', vertical: 'vertical' })[p.mode],
  lower(b, { x }, _weights, { mode }, { training }) {
    if (!training) return { y: x };
    const turned = mode === 'vertical' ? x : flippedSome(b, x, 2);
    return { y: mode === 'horizontal' ? turned : flippedSome(b, turned, 1) };
  },
  keras: (p, _inputs, { dataFormat }) =>
    kerasAugmentation(
      {
        className: 'RandomFlip',
        config: { mode: { horizontalAndVertical: 'horizontal_and_vertical', horizontal: 'horizontal', vertical: 'vertical' }[p.mode] },
      },
      dataFormat,
    ),
  torch: noTorchAugmentation,
  examples: [
    { inputs: { x: ['batch', 4, 6, 3] }, outputs: { y: ['batch', 4, 6, 3] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] }, dataFormat: 'channelsFirst' },
  ],
});
