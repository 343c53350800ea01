import sharp from 'sharp';
import { cutStart, type Draw } from '../../shared/data/prepareImage';
import { resizedTo, type ImageShape } from '../../shared/data/preprocessing';

/** Whatever a file's header says, no more is decoded: 64 megapixels. */
const LIMITS = { limitInputPixels: 64_000_000 };
/** Images are decoded side by side, so that each needs one thread. */
sharp.concurrency(1);
// A file's bytes decide how it is read, whatever it is called: what is none of the formats that folders may hold reaches no decoder.
// Drawings of our own come as SVG in memory, where a picture is made of a network.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadSvgBuffer'] });

/**
 * An image (the bytes of a file, or its path), stretched to a height and width where they are given, on black where it is transparent,
 * grey or in colour, from 0 to 1. It is decoded and resized in the threads of Node's pool, not in the caller's. Throws what sharp says of
 * a file that is no image, or a cut one.
 */
export async function decodedImage(
  source: string | Uint8Array,
  channels: 1 | 3,
  size?: readonly [height: number, width: number],
): Promise<{ readonly pixels: Float32Array; readonly shape: ImageShape }> {
  const { data, info } = await raw(source, channels, size);
  const shape: ImageShape = [info.height, info.width, channels];
  const pixels = new Float32Array(info.height * info.width * channels);
  spread(data, info.channels, channels, pixels);
  return { pixels, shape };
}

/** The same, written to `pixels`. */
export async function decodeImage(source: string | Uint8Array, [height, width, channels]: ImageShape, pixels: Float32Array): Promise<void> {
  const { data, info } = await raw(source, channels, [height, width]);
  spread(data, info.channels, channels, pixels);
}

/**
 * A square cut out of an image, written to `pixels`: the image's smaller side is resized before to `minAspectDim`,
 * if to any. libvips's linear kernel is the triangle of `resizeImage`
 * within half a byte's step on average. Throws where the square does not fit.
 */
export async function decodeCut(
  source: string | Uint8Array,
  { shape, minAspectDim, draw }: { readonly shape: ImageShape; readonly minAspectDim: number | null; readonly draw: Draw | undefined },
  pixels: Float32Array,
): Promise<void> {
  const [cutHeight, cutWidth, channels] = shape;
  const image = opened(source, channels);
  const { autoOrient } = await image.metadata();
  const own = [autoOrient.height, autoOrient.width] as const;
  const [height, width] = minAspectDim === null ? own : resizedTo(own, minAspectDim);
  if (height < cutHeight || width < cutWidth)
    throw new Error(`the image is ${height}×${width}, smaller than the square of ${cutHeight} that is cut out`);
  const top = cutStart(height - cutHeight, draw);
  const left = cutStart(width - cutWidth, draw);
  const { data, info } = await image
    .resize(width, height, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false })
    .extract({ left, top, width: cutWidth, height: cutHeight })
    .raw()
    .toBuffer({ resolveWithObject: true });
  spread(data, info.channels, channels, pixels);
}

function opened(source: string | Uint8Array, channels: number) {
  if (typeof source !== 'string' && !hasKnownFormat(source)) throw new Error('Input buffer contains unsupported image format');
  return sharp(source, { ...LIMITS, failOn: 'error' })
    .autoOrient()
    .flatten({ background: '#000' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb');
}

/** By the signatures of JPEG, PNG and WebP: a drawing in memory would be decoded, too, and is only read where it is our own. */
function hasKnownFormat(bytes: Uint8Array): boolean {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  return text(0, 3) === '\xff\xd8\xff' || text(0, 8) === '\x89PNG\r\n\x1a\n' || (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP');
}

function raw(source: string | Uint8Array, channels: number, size?: readonly [number, number]) {
  const image = opened(source, channels);
  const fitted = size ? image.resize(size[1], size[0], { fit: 'fill' }) : image;
  return fitted.raw().toBuffer({ resolveWithObject: true });
}

function spread(data: Uint8Array, given: number, channels: number, pixels: Float32Array): void {
  if (given === channels) for (let at = 0; at < data.length; at += 1) pixels[at] = (data[at] as number) / 255;
  else
    for (let at = 0; at < (data.length / given) * channels; at += 1)
      pixels[at] = (data[Math.floor(at / channels) * given + Math.min(at % channels, given - 1)] ?? 0) / 255;
}

/** Height, width and channels of an image's file by its header. */
export async function imageShapeOf(path: string): Promise<ImageShape> {
  const { width, height, channels } = await sharp(path, LIMITS).metadata();
  return [height, width, channels <= 2 ? 1 : 3];
}
