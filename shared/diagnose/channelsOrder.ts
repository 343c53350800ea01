import type { DataFormat } from '../graph/tensor';

/** Smaller images than this may well have as many channels as rows. */
const LEAST = 8;

/**
 * The shape of an image whose channels seem to stand at the other end than the network has them: one or three at that end, and
 * beside them two equal sides. Undefined where the shape is in order, or no square image in numbers.
 */
export function otherOrder(shape: unknown, dataFormat: DataFormat): readonly number[] | undefined {
  if (!Array.isArray(shape) || shape.length !== 3 || !shape.every((size) => typeof size === 'number')) return undefined;
  const [a, b, c] = shape as [number, number, number];
  const [channels, side, other] = dataFormat === 'channelsLast' ? [a, b, c] : [c, a, b];
  if ((channels !== 1 && channels !== 3) || side !== other || side < LEAST) return undefined;
  return dataFormat === 'channelsLast' ? [side, other, channels] : [channels, side, other];
}
