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
import type { Builder, Value } from '../../program/builder';
import { transformed, type Affine } from './_sampling';

/** A turn about the middle of the image: what is left of (W − 1, H − 1) after turning it, halved, comes before. */
function turn(b: Builder, image: Value, angle: Value): Affine {
  const [height, width] = image.type.shape.slice(1) as [number, number];
  const [cos, sin] = [b.cos(angle), b.cos(b.sub(angle, b.scalar(Math.PI / 2)))];
  const [right, bottom, half] = [b.scalar(width - 1), b.scalar(height - 1), b.scalar(0.5)];
  const column = b.sub(right, b.sub(b.mul(cos, right), b.mul(sin, bottom)));
  const row = b.sub(bottom, b.add(b.mul(sin, right), b.mul(cos, bottom)));
  return [cos, b.neg(sin), b.mul(column, half), sin, cos, b.mul(row, half)];
}

export const randomRotation = defineLayer({
  type: 'randomRotation',
  version: 1,
  title: 'RandomRotation',
  category: 'preprocessing',
  icon: 'rotate-cw',
  keywords: ['augmentation', 'turn', 'angle'],
  docs: {
    summary: 'In training, turns each image about its middle by a random angle.',
    details: ONLY_IN_TRAINING,
    formula: 'y[p] = x[R · (p − middle) + middle],  R by −factor·2π to factor·2π',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_rotation/',
    torchName: 'torchvision.transforms.RandomRotation',
  },
  params: z.strictObject({
    factor: factorParam(1, 0.1, 'Largest angle to either side, as a part of a whole turn.'),
    ...samplingParams,
  }),
  inputs: X,
  outputs: Y,
  infer: ({ x }, _p, { dataFormat }) => inferAugmented(x, dataFormat),
  summary: (p) => `±${Math.round(p.factor * 360)}°`,
  lower(b, { x }, _weights, p, { training }) {
    if (!training) return { y: x };
    const angle = drawn(b, x, -p.factor * 2 * Math.PI, p.factor * 2 * Math.PI);
    return { y: transformed(b, x, turn(b, x, angle), p) };
  },
  keras: (p, _inputs, { dataFormat }) =>
    kerasAugmentation({ className: 'RandomRotation', config: { factor: p.factor, ...kerasSampling(p) } }, dataFormat),
  torch: noTorchAugmentation,
  examples: [
    { inputs: { x: ['batch', 4, 6, 3] }, outputs: { y: ['batch', 4, 6, 3] } },
    { inputs: { x: ['batch', 3, 4, 6] }, outputs: { y: ['batch', 3, 4, 6] }, dataFormat: 'channelsFirst' },
  ],
});
