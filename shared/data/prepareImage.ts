import { LUMA, preparedShape, resizedTo, scaleOf, type ImageShape, type Preprocessing } from './preprocessing';
import { resizeImage } from './resample';

/** Chance of one image: the same stream gives the same crop and flip. */
export interface Draw {
  uniform(): number;
}

/**
 * One image in [0, 1] as the network takes it, channels last. With `draw` as in training: a random crop and flip; without it
 * as ever after: the middle. `values` false: sizes and colours only, for a target that is an image itself.
 */
export function prepareImage(
  settings: Preprocessing,
  pixels: ArrayLike<number>,
  shape: ImageShape,
  draw?: Draw,
  values = true,
): Float32Array {
  const target = preparedShape(settings, shape);
  if (!target.ok) throw new RangeError(`Preprocessing: ${target.error}`);
  const coloured = inColours(pixels, shape[2], target.value[2]);
  const channels = target.value[2];
  const size = settings.minAspectDim === null ? ([shape[0], shape[1]] as const) : resizedTo([shape[0], shape[1]], settings.minAspectDim);
  const resized = resizeImage(coloured, [shape[0], shape[1], channels], size);
  const cut = crop(resized, [...size, channels], [target.value[0], target.value[1]], draw);
  if (settings.randomFlip && draw && draw.uniform() < 0.5) flip(cut, target.value);
  if (values) rescale(cut, channels, settings.values);
  return cut;
}

/** Several images one after the other; `drawOf` gives the chance of each by its place. */
export function prepareImages(
  settings: Preprocessing,
  pixels: Float32Array,
  shape: ImageShape,
  drawOf?: (place: number) => Draw,
  values = true,
): Float32Array {
  const size = shape[0] * shape[1] * shape[2];
  const images = Array.from({ length: Math.floor(pixels.length / size) }, (_, place) =>
    prepareImage(settings, pixels.subarray(place * size, (place + 1) * size), shape, drawOf?.(place), values),
  );
  const all = new Float32Array(images.reduce((sum, { length }) => sum + length, 0));
  images.forEach((image, place) => all.set(image, place * image.length));
  return all;
}

function inColours(pixels: ArrayLike<number>, from: number, to: number): ArrayLike<number> {
  if (from === to || (from !== 1 && from !== 3)) return pixels;
  const count = pixels.length / from;
  const result = new Float32Array(count * to);
  for (let at = 0; at < count; at += 1) {
    if (from === 1) result.fill(pixels[at] as number, at * to, (at + 1) * to);
    else result[at] = LUMA.reduce((sum, share, channel) => sum + share * (pixels[at * 3 + channel] as number), 0);
  }
  return result;
}

/** Where a cut begins that leaves so many rows or columns: by chance in training, in the middle otherwise. */
export function cutStart(free: number, draw?: Draw): number {
  return draw ? Math.floor(draw.uniform() * (free + 1)) : Math.floor(free / 2);
}

function crop(
  pixels: Float32Array,
  [height, width, channels]: ImageShape,
  [newHeight, newWidth]: readonly [number, number],
  draw: Draw | undefined,
): Float32Array {
  // Drawn in any case, so that the flip behind it does not depend on the size.
  const top = cutStart(height - newHeight, draw);
  const left = cutStart(width - newWidth, draw);
  if (height === newHeight && width === newWidth) return pixels;
  const result = new Float32Array(newHeight * newWidth * channels);
  for (let row = 0; row < newHeight; row += 1) {
    const from = ((top + row) * width + left) * channels;
    result.set(pixels.subarray(from, from + newWidth * channels), row * newWidth * channels);
  }
  return result;
}

function flip(pixels: Float32Array, [height, width, channels]: ImageShape): void {
  // Number by number: a view of each pixel costs more than all else that is done to an image of its size.
  for (let row = 0; row < height; row += 1) {
    const line = pixels.slice(row * width * channels, (row + 1) * width * channels);
    for (let column = 0; column < width; column += 1) {
      const to = (row * width + width - 1 - column) * channels;
      for (let channel = 0; channel < channels; channel += 1) pixels[to + channel] = line[column * channels + channel] as number;
    }
  }
}

function rescale(pixels: Float32Array, channels: number, values: Preprocessing['values']): void {
  if (values === 'zeroToOne') return;
  const { shift, factor } = scaleOf(values, channels);
  for (let at = 0; at < pixels.length; at += 1) {
    const channel = at % channels;
    pixels[at] = ((pixels[at] as number) - (shift[channel] as number)) / (factor[channel] as number);
  }
}

/** Images `H×W×C`, one after the other, as `C×H×W`. */
export function toChannelsFirst(pixels: Float32Array, [height, width, channels]: ImageShape): Float32Array {
  const moved = new Float32Array(pixels.length);
  const area = height * width;
  for (let start = 0; start < pixels.length; start += area * channels) {
    for (let at = 0; at < area; at += 1) {
      for (let channel = 0; channel < channels; channel += 1)
        moved[start + channel * area + at] = pixels[start + at * channels + channel] as number;
    }
  }
  return moved;
}
