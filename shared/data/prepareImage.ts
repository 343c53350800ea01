import { allImages, imageOf, type Images, type Memory } from './images';
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
  const target = targetShape(settings, shape);
  const image = new Float32Array(target[0] * target[1] * target[2]);
  prepareInto(image, { settings, shape, target, values }, pixels, draw);
  return image;
}

/** Several images one after the other; `drawOf` gives the chance of each by its place. */
export function prepareImages(
  settings: Preprocessing,
  pixels: Float32Array,
  shape: ImageShape,
  drawOf?: (place: number) => Draw,
  values = true,
): Float32Array {
  const images = allImages(pixels, shape[0] * shape[1] * shape[2]);
  return prepareAll(images, { settings, shape, values, drawOf }, (length) => new Float32Array(length));
}

/** How images are prepared, and the chance of each by its place among them. */
export interface PrepareOptions {
  readonly settings: Preprocessing;
  readonly shape: ImageShape;
  readonly values: boolean;
  readonly drawOf?: ((place: number) => Draw) | undefined;
}

/** The same of images wherever they lie, one after the other into a memory that is given. */
export function prepareAll(images: Images, { settings, shape, values, drawOf }: PrepareOptions, memory: Memory): Float32Array {
  const { length: count } = images.at;
  if (count === 0) return new Float32Array(0);
  const target = targetShape(settings, shape);
  const length = target[0] * target[1] * target[2];
  const all = memory(count * length);
  for (let place = 0; place < count; place += 1)
    prepareInto(
      all.subarray(place * length, (place + 1) * length),
      { settings, shape, target, values },
      imageOf(images, place),
      drawOf?.(place),
    );
  return all;
}

function targetShape(settings: Preprocessing, shape: ImageShape): ImageShape {
  const target = preparedShape(settings, shape);
  if (!target.ok) throw new RangeError(`Preprocessing: ${target.error}`);
  return target.value;
}

interface Preparation {
  readonly settings: Preprocessing;
  readonly shape: ImageShape;
  readonly target: ImageShape;
  readonly values: boolean;
}

/** In as few copies as there can be: an epoch of small images is made in a hundredth of the time of its steps. */
function prepareInto(
  into: Float32Array,
  { settings, shape: [height, width, colours], target, values }: Preparation,
  pixels: ArrayLike<number>,
  draw?: Draw,
): void {
  const [newHeight, newWidth, channels] = target;
  const coloured = inColours(pixels, colours, channels);
  const size = settings.minAspectDim === null ? ([height, width] as const) : resizedTo([height, width], settings.minAspectDim);
  const isResized = size[0] !== height || size[1] !== width;
  const resized = isResized ? resizeImage(coloured, [height, width, channels], size) : coloured;
  // Drawn in any case, so that the flip behind it does not depend on the size.
  const top = cutStart(size[0] - newHeight, draw);
  const left = cutStart(size[1] - newWidth, draw);
  const isFlipped = settings.randomFlip && draw !== undefined && draw.uniform() < 0.5;
  (isFlipped ? cutFlipped : cut)(into, resized, (top * size[1] + left) * channels, size[1] * channels, target);
  if (values) rescale(into, channels, settings.values);
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

/** The part of an image that begins at `start`; a row of it has `stride` numbers. Number by number: a view of each row costs more. */
function cut(into: Float32Array, pixels: ArrayLike<number>, start: number, stride: number, [height, width, channels]: ImageShape): void {
  const length = width * channels;
  if (stride === length && pixels instanceof Float32Array) return into.set(pixels.subarray(start, start + height * length));
  let to = 0;
  for (let row = 0; row < height; row += 1) {
    const from = start + row * stride;
    for (let at = 0; at < length; at += 1) into[to++] = pixels[from + at] as number;
  }
}

/** The same with its columns from right to left; a row channel by channel, which is quicker than pixel by pixel. */
function cutFlipped(into: Float32Array, pixels: ArrayLike<number>, start: number, stride: number, target: ImageShape): void {
  const [height, width, channels] = target;
  const length = width * channels;
  for (let row = 0; row < height; row += 1) {
    const last = row * length + length - channels;
    const from = start + row * stride;
    for (let channel = 0; channel < channels; channel += 1) {
      for (let at = channel; at < length; at += channels) into[last + 2 * channel - at] = pixels[from + at] as number;
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
