import type { Builder, Value } from './builder';

/** Keras's `L1L2`: what large numbers add to the loss. */
export interface Regularizer {
  readonly l1: number;
  readonly l2: number;
}

/** l1 · Σ|x| + l2 · Σx², a scalar; undefined where both factors are 0. */
export function penalty(b: Builder, x: Value, { l1, l2 }: Regularizer): Value | undefined {
  const axes = x.type.shape.map((_, axis) => axis);
  const parts = [
    ...(l1 > 0 ? [b.mul(b.reduceSum(b.abs(x), axes), b.scalar(l1))] : []),
    ...(l2 > 0 ? [b.mul(b.reduceSum(b.mul(x, x), axes), b.scalar(l2))] : []),
  ];
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => b.add(sum, part));
}
