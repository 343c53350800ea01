import * as z from 'zod';
import { isKnown, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { imageAxes, type DataFormat, type TensorType } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import { imageShape, shiftedReach, spatialSizes } from '../_window';
import { kerasDataFormat } from '../conv/_conv';
import { defineLayer, X, Y, type KerasRecord } from '../define';
import { drawn, inferAugmented, noTorchAugmentation } from './_augment';
import { pixelsAt } from './_sampling';

/** Where the part begins: each place equally often. */
function place(b: Builder, image: Value, free: number): Value {
  // A float32 below 1 times the count may round up to it.
  return b.minimum(b.floor(drawn(b, image, 0, free + 1)), b.scalar(free));
}

function numbered(b: Builder, size: number, shape: readonly number[]): Value {
  return b.constant(
    Array.from({ length: size }, (_, index) => index),
    shape,
  );
}

/** Keras's RandomCrop resizes in inference; this is what ours does then. */
function kerasCrop(x: TensorType, p: { readonly height: number; readonly width: number }, dataFormat: DataFormat): KerasRecord {
  const axes = imageAxes(dataFormat);
  const around = (axis: number, size: number) => {
    const free = (x.shape[axis] as number) - size;
    return [Math.floor(free / 2), Math.ceil(free / 2)];
  };
  const cropping = [around(axes.height, p.height), around(axes.width, p.width)];
  return { className: 'Cropping2D', config: { cropping, data_format: kerasDataFormat(dataFormat) } };
}

export const randomCrop = defineLayer({
  type: 'randomCrop',
  version: 1,
  title: 'RandomCrop',
  category: 'preprocessing',
  icon: 'crop',
  keywords: ['augmentation', 'cut', 'center crop'],
  docs: {
    summary: 'Cuts a part of a fixed size out of each image: at a random place in training, from the middle in inference.',
    details: 'Each image has a random place of its own, equal at every run with the same seed; Keras cuts a whole batch at one.',
    formula: 'y = x[top … top + height, left … left + width]',
    url: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_crop/',
    torchName: 'torchvision.transforms.RandomCrop',
  },
  params: z.strictObject({
    height: z.int().min(1).max(16_384).default(24).describe('Height of the part.').meta({ unit: 'pixels' }),
    width: z.int().min(1).max(16_384).default(24).describe('Width of the part.').meta({ unit: 'pixels' }),
  }),
  inputs: X,
  outputs: Y,
  infer({ x }, p, { dataFormat }) {
    const known = inferAugmented(x, dataFormat);
    if (!known.ok) return known;
    const axes = imageAxes(dataFormat);
    const [height, width] = [x.shape[axes.height], x.shape[axes.width]] as [number, number];
    if (height >= p.height && width >= p.width)
      return ok({ y: { dtype: 'float32', shape: imageShape(x, dataFormat, { height: p.height, width: p.width }) } });
    const message = `a part of ${p.height}×${p.width} does not fit an image of ${height}×${width}. Choose a smaller part, or resize before it.`;
    return err({ code: 'shape/crop-larger-than-input', param: height < p.height ? 'height' : 'width', message });
  },
  reach({ x }, p, { dataFormat }) {
    const sizes = spatialSizes(x, dataFormat);
    if (!sizes.every(isKnown)) return 'unknown';
    return shiftedReach(sizes.map((size, axis) => -Math.floor((size - (axis === 0 ? p.height : p.width)) / 2)));
  },
  summary: (p) => `${p.height}×${p.width}`,
  lower(b, { x }, _weights, p, { training }) {
    const [batch, height, width, channels] = x.type.shape as [Dim, number, number, Dim];
    const [down, right] = [height - p.height, width - p.width];
    // As Keras's CenterCrop: the odd pixel is left out at the end.
    if (!training) return { y: b.slice(x, [0, Math.floor(down / 2), Math.floor(right / 2), 0], [batch, p.height, p.width, channels]) };
    const rows = b.add(place(b, x, down), numbered(b, p.height, [1, p.height, 1]));
    const columns = b.add(place(b, x, right), numbered(b, p.width, [1, 1, p.width]));
    return { y: pixelsAt(b, x, rows, columns) };
  },
  keras: (p, { x }, { dataFormat }) => kerasCrop(x, p, dataFormat),
  torch: noTorchAugmentation,
  examples: [{ params: { height: 3, width: 4 }, inputs: { x: ['batch', 6, 6, 3] }, outputs: { y: ['batch', 3, 4, 3] } }],
});
