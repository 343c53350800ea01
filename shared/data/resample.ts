/** Numbers of images, height × width × channels one after the other. */
type Numbers = ArrayLike<number>;

/** Where the numbers of one new row or column come from: `weights[i]` of the old one `first + i`, 1 in sum. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/**
 * An image `height × width × channels` at another size: a triangle filter as wide as a new pixel, which is bilinear
 * interpolation where the image grows. The same numbers as PyTorch's `interpolate(mode='bilinear', antialias=True)`, Pillow's
 * `BILINEAR` (which rounds to bytes between both axes) and TensorFlow's `resize(antialias=True)`.
 */
export function resizeImage(pixels: Numbers, from: readonly [number, number, number], to: readonly [number, number]): Float32Array {
  const [height, width, channels] = from;
  const [newHeight, newWidth] = to;
  if (height === newHeight && width === newWidth) return Float32Array.from(pixels);
  const narrow = width === newWidth ? pixels : resizeColumns(pixels, height, width, channels, newWidth);
  return resizeRows(narrow, height, newWidth * channels, newHeight);
}

function resizeColumns(pixels: Numbers, height: number, width: number, channels: number, newWidth: number): Float32Array {
  const taps = tapsFor(width, newWidth);
  const result = new Float32Array(height * newWidth * channels);
  let at = 0;
  for (let row = 0; row < height; row += 1) {
    for (const { first, weights } of taps) {
      const start = (row * width + first) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap += 1)
          sum += (pixels[start + tap * channels + channel] as number) * (weights[tap] as number);
        result[at++] = sum;
      }
    }
  }
  return result;
}

/** `rowLength` numbers are a row. */
function resizeRows(pixels: Numbers, height: number, rowLength: number, newHeight: number): Float32Array {
  const result = new Float32Array(newHeight * rowLength);
  tapsFor(height, newHeight).forEach(({ first, weights }, row) => {
    for (let at = 0; at < rowLength; at += 1) {
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap += 1)
        sum += (pixels[(first + tap) * rowLength + at] as number) * (weights[tap] as number);
      result[row * rowLength + at] = sum;
    }
  });
  return result;
}

function tapsFor(size: number, newSize: number): readonly Taps[] {
  const scale = size / newSize;
  const reach = Math.max(scale, 1);
  return Array.from({ length: newSize }, (_, index) => {
    const centre = (index + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(size, Math.floor(centre + reach + 0.5));
    const weights = Float64Array.from({ length: end - first }, (_tap, tap) =>
      Math.max(0, 1 - Math.abs((first + tap + 0.5 - centre) / reach)),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}
