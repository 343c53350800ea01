import * as z from 'zod';
import { err, ok, type Result } from '../graph/result';

/** Height, width and channels. */
export type ImageShape = readonly [number, number, number];

const side = z.int().min(1).max(16_384).nullable().default(null);

/** How images are brought to a network's input, as parameters of that input. All at their defaults: images come as they are. */
export const preprocessingParams = {
  minAspectDim: side
    .describe('Images are resized so that their smaller side is this, and keep their aspect ratio. None: they keep their size.')
    .meta({ title: 'Resize to', unit: 'pixels', advanced: true }),
  resizeDim: side
    .describe('A square of this side is cut out: at a random place in training, from the middle otherwise. None: the whole image is taken.')
    .meta({ title: 'Crop to', unit: 'pixels', advanced: true }),
  randomFlip: z
    .boolean()
    .default(false)
    .describe('In training every second image, by chance, is mirrored left to right.')
    .meta({ title: 'Random flip', advanced: true }),
  colours: z
    .enum(['asTheyAre', 'grey', 'rgb'])
    .default('asTheyAre')
    .describe(
      'Grey: one channel, by the brightness that the eye sees (ITU-R BT.601). RGB: three channels, of a grey image three equal ones.',
    )
    .meta({ advanced: true }),
  values: z
    .enum(['zeroToOne', 'minusOneToOne', 'zeroTo255', 'imageNet'])
    .default('zeroToOne')
    .describe(
      'What black and white become. ImageNet: less the mean of its training images, by their standard deviation, channel by channel, as torchvision’s models take it.',
    )
    .meta({ advanced: true }),
};
const preprocessing = z.object(preprocessingParams);

export type Preprocessing = z.output<typeof preprocessing>;

/** Mean and standard deviation of ImageNet's training images, red, green and blue, in [0, 1], as torchvision has them. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;
/** ITU-R BT.601, as Pillow's `convert('L')`. */
export const LUMA = [0.299, 0.587, 0.114] as const;

/** The preprocessing that parameters of an input say; undefined where images come as they are, or the parameters are wrong. */
export function preprocessingOf(params: unknown): Preprocessing | undefined {
  const parsed = preprocessing.safeParse(params);
  if (!parsed.success) return undefined;
  const { minAspectDim, resizeDim, randomFlip, colours, values } = parsed.data;
  const isNothing = minAspectDim === null && resizeDim === null && !randomFlip && colours === 'asTheyAre' && values === 'zeroToOne';
  return isNothing ? undefined : parsed.data;
}

/** What is left to do for images of a data set: those that are resized as they are read have their size already. */
export function leftToPrepare(settings: Preprocessing, { resizes = false }: { readonly resizes?: boolean | undefined }): Preprocessing {
  return resizes ? { ...settings, minAspectDim: null, resizeDim: null } : settings;
}

/** The size of an image whose smaller side is `minAspectDim`; the longer side is rounded down, as torchvision does. */
export function resizedTo([height, width]: readonly [number, number], minAspectDim: number): readonly [number, number] {
  const longer = (long: number, short: number) => Math.max(1, Math.floor((minAspectDim * long) / short));
  return height <= width ? [minAspectDim, longer(width, height)] : [longer(height, width), minAspectDim];
}

/** What images of this shape become, or in a sentence why they cannot. */
export function preparedShape({ minAspectDim, resizeDim, colours }: Preprocessing, shape: ImageShape): Result<ImageShape, string> {
  const [height, width] = minAspectDim === null ? shape : resizedTo([shape[0], shape[1]], minAspectDim);
  const channels = colours === 'rgb' ? 3 : colours === 'grey' ? 1 : shape[2];
  if (resizeDim === null) return ok([height, width, channels]);
  if (resizeDim <= height && resizeDim <= width) return ok([resizeDim, resizeDim, channels]);
  return err(`a square of ${resizeDim} does not fit into an image of ${height}×${width}. Resize to ${resizeDim} or more before.`);
}

/** What is taken off and what it is divided by, for each channel of images in [0, 1]. */
export function scaleOf(values: Preprocessing['values'], channels: number): { readonly shift: number[]; readonly factor: number[] } {
  const all = (shift: number, factor: number) => ({
    shift: Array<number>(channels).fill(shift),
    factor: Array<number>(channels).fill(factor),
  });
  switch (values) {
    case 'zeroToOne':
      return all(0, 1);
    case 'minusOneToOne':
      return all(0.5, 0.5);
    case 'zeroTo255':
      return all(0, 1 / 255);
    case 'imageNet':
      // A grey image has the mean of the three.
      return channels === 3
        ? { shift: [...IMAGENET.mean], factor: [...IMAGENET.deviation] }
        : all(mean(IMAGENET.mean), mean(IMAGENET.deviation));
  }
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
