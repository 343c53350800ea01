import { isKnown, type Dim } from '../../graph/dim';
import type { ParamValue } from '../../graph/graph';
import type { ImageSize } from './sizes';

/** Group counts that divide all of these sizes, those nearest to the present one first. */
export function divisorsOf(value: ParamValue, sizes: readonly number[]): readonly number[] {
  const least = Math.min(...sizes);
  const near = typeof value === 'number' ? value : 1;
  if (!Number.isFinite(least)) return [1];
  const all = Array.from({ length: Math.min(least, 65_536) }, (_, index) => index + 1).filter((size) =>
    sizes.every((other) => other % size === 0),
  );
  return all.toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near)).slice(0, 3);
}

/** Each axis once: those of the order that are some, then those that it leaves out. */
export function completeOrder(value: ParamValue, axes: number): readonly number[] {
  const given = Array.isArray(value) ? (value as readonly ParamValue[]) : [];
  const kept = given.filter((axis): axis is number => typeof axis === 'number' && axis >= 1 && axis <= axes);
  return [...new Set([...kept, ...Array.from({ length: axes }, (_, index) => index + 1)])];
}

/** The same sizes with each of them in turn, from the last on, as large as makes the whole fit; open (−1) where that is not known. */
export function sizesThatFit(value: ParamValue, whole: Dim): readonly (readonly ParamValue[])[] {
  const sizes = Array.isArray(value) ? (value as readonly ParamValue[]) : [];
  const all = sizes.length < 2 ? [] : [...squareOf(sizes, whole), ...sizes.map((_, index) => sizes.with(-1 - index, -1))];
  return isKnown(whole) ? [...all, [-1]].flatMap((open) => closed(open, whole)) : [...all, [-1]];
}

/** Of a square image with as many channels the side that fits. */
function squareOf(sizes: readonly ParamValue[], whole: Dim): readonly (readonly ParamValue[])[] {
  const [height, width, channels, ...more] = sizes;
  if (more.length > 0 || height !== width || typeof channels !== 'number' || channels < 1 || !isKnown(whole)) return [];
  const side = Math.sqrt(whole / channels);
  return Number.isInteger(side) ? [[side, side, channels]] : [];
}

/** With a number in the place of −1; nothing where no whole number fits. */
function closed(sizes: readonly ParamValue[], whole: number): readonly (readonly ParamValue[])[] {
  const size = sizes.reduce<number>((rest, other) => (other === -1 ? rest : rest / Number(other)), whole);
  return Number.isInteger(size) ? [sizes.map((other) => (other === -1 ? size : other))] : [];
}

/** Patches that fill an image: the divisors of its height and width nearest to the present sides. */
export function patchesOf(sides: readonly [number, number], image: ImageSize | undefined): readonly (readonly number[])[] {
  if (!image) return [];
  return [[divisorsOf(sides[0], [image.height])[0] as number, divisorsOf(sides[1], [image.width])[0] as number]];
}
