import * as z from 'zod';

/** A pair along height and width; a single number means both, as in Keras. */
export function pair(minimum: number, maximum = 1024) {
  const size = z.int().min(minimum).max(maximum);
  return z.preprocess((value) => (typeof value === 'number' ? [value, value] : value), z.tuple([size, size]));
}

/** Three sizes along depth, height and width; a single number means all, as in Keras. */
export function triple(minimum: number, maximum = 1024) {
  const size = z.int().min(minimum).max(maximum);
  return z.preprocess((value) => (typeof value === 'number' ? [value, value, value] : value), z.tuple([size, size, size]));
}

export const paddingName = z.enum(['valid', 'same', 'consistent']);
/** What a form says of PyTorch beside an initializer. */
export const torchInitializer = { torchNote: 'PyTorch has no argument for it: functions of nn.init set the weights afterwards.' };
/** What a form says of PyTorch beside a convolution's padding. */
export const torchPadding = { torch: 'padding', torchNote: 'PyTorch’s “same” is for strides of 1 only.' };
export type Padding = z.output<typeof paddingName>;
export type Pair = readonly [number, number];

/** `3×3`, as it stands on a node. */
export function formatPair(sizes: readonly number[]): string {
  return sizes.join('×');
}

/** `/2` for strides other than 1, else nothing. */
export function formatStrides(strides: readonly number[]): string {
  if (strides.every((stride) => stride === 1)) return '';
  return strides.every((stride) => stride === strides[0]) ? `/${strides[0]}` : `/${strides.join('×')}`;
}

/** Parts of a node's summary line, joined: `3×3 · 128 · /2`. */
export function joinSummary(...parts: readonly (string | number)[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
