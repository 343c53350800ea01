import { multiplyDims, type Dim } from '../../graph/dim';
import type { Builder, Value } from '../../program/builder';

/** How an image goes on beyond its border. */
export type FillMode = 'reflect' | 'nearest' | 'constant';

export interface SamplingOptions {
  readonly fillMode: FillMode;
  readonly interpolation: 'bilinear' | 'nearest';
  /** Of pixels outside, where the fill mode is `constant`. */
  readonly fillValue: number;
}

/** Where the pixel at row y, column x of the result lies in the image: `[a, b, c, d, e, f]`, column a·x + b·y + c, row d·x + e·y + f. */
export type Affine = readonly [Value, Value, Value, Value, Value, Value];

interface Plane {
  readonly height: number;
  readonly width: number;
}

/**
 * Each image of `[N, H, W, C]` seen through an affine map of its own (values of shape `[N, 1, 1]` or scalars): what TensorFlow's
 * `ImageProjectiveTransformV3` computes, of which ONNX has no equal.
 */
export function transformed(b: Builder, image: Value, map: Affine, options: SamplingOptions): Value {
  const [, height, width] = image.type.shape as [Dim, number, number, Dim];
  const x = axis(b, width, [1, 1, width]);
  const y = axis(b, height, [1, height, 1]);
  const along = (first: Value, second: Value, offset: Value) => b.add(b.add(b.mul(first, x), b.mul(second, y)), offset);
  const column = inside(b, along(map[0], map[1], map[2]), width, options.fillMode);
  const row = inside(b, along(map[3], map[4], map[5]), height, options.fillMode);
  const plane = { height, width };
  if (options.interpolation === 'nearest') {
    const half = b.scalar(0.5);
    return read(b, image, b.floor(b.add(row, half)), b.floor(b.add(column, half)), plane, options);
  }
  return bilinear(b, image, row, column, plane, options);
}

function axis(b: Builder, size: number, shape: readonly number[]): Value {
  return b.constant(
    Array.from({ length: size }, (_, index) => index),
    shape,
  );
}

/** A place on the line of pixels, mirrored or held at its ends; as it is where pixels outside have a value of their own. */
function inside(b: Builder, at: Value, size: number, fillMode: FillMode): Value {
  if (fillMode === 'constant') return at;
  return held(b, fillMode === 'reflect' ? mirrored(b, at, size) : at, size);
}

function held(b: Builder, at: Value, size: number): Value {
  return b.minimum(b.maximum(at, b.scalar(0)), b.scalar(size - 1));
}

/** `d c b a | a b c d | d c b a`: a wave of period 2n around the borders, half a pixel outside of the outermost ones. */
function mirrored(b: Builder, at: Value, size: number): Value {
  const period = b.scalar(2 * size);
  const moved = b.add(at, b.scalar(0.5));
  const into = b.sub(moved, b.mul(period, b.floor(b.div(moved, period))));
  return b.sub(b.minimum(into, b.sub(period, into)), b.scalar(0.5));
}

function bilinear(b: Builder, image: Value, row: Value, column: Value, plane: Plane, options: SamplingOptions): Value {
  const [top, left] = [b.floor(row), b.floor(column)];
  const one = b.scalar(1);
  const [down, right] = [channelwise(b, b.sub(row, top)), channelwise(b, b.sub(column, left))];
  const mix = (first: Value, second: Value, share: Value) => b.add(b.mul(first, b.sub(one, share)), b.mul(second, share));
  const line = (at: Value) => mix(read(b, image, at, left, plane, options), read(b, image, at, b.add(left, one), plane, options), right);
  return mix(line(top), line(b.add(top, one)), down);
}

function channelwise(b: Builder, value: Value): Value {
  return b.reshape(value, [...value.type.shape, 1]);
}

/** The pixels at whole rows and columns; those outside are the border's, or the fill value. */
function read(b: Builder, image: Value, row: Value, column: Value, plane: Plane, options: SamplingOptions): Value {
  const [safeRow, safeColumn] = [held(b, row, plane.height), held(b, column, plane.width)];
  const pixels = pixelsAt(b, image, safeRow, safeColumn);
  if (options.fillMode !== 'constant') return pixels;
  const isInside = channelwise(b, b.mul(b.equal(row, safeRow), b.equal(column, safeColumn)));
  const fill = b.mul(b.sub(b.scalar(1), isInside), b.scalar(options.fillValue));
  return b.add(b.mul(pixels, isInside), fill);
}

/** The pixels of each image of `[N, H, W, C]` at whole rows and columns inside of it, `[N, h, w]` after broadcasting. */
export function pixelsAt(b: Builder, image: Value, row: Value, column: Value): Value {
  const [batch, height, width, channels] = image.type.shape as [Dim, number, number, Dim];
  const table = b.reshape(image, [multiplyDims(batch, height * width), channels]);
  const whole = (value: number) => b.constant(Int32Array.of(value), []);
  const first = b.mul(b.reshape(b.range(batch), [batch, 1, 1]), whole(height * width));
  const index = b.add(b.mul(b.cast(row, 'int32'), whole(width)), b.cast(column, 'int32'));
  return b.gather(table, b.add(first, index));
}
