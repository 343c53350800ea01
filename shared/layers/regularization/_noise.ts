import type { Shape } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';

/** Standard normal numbers, of two uniform ones each (Box & Muller 1958). */
export function normal(b: Builder, shape: Shape): Value {
  // 1 − u is in (0, 1]: its logarithm is finite.
  const radius = b.sqrt(b.mul(b.scalar(-2), b.log(b.sub(b.scalar(1), b.randomUniform(shape)))));
  return b.mul(radius, b.cos(b.mul(b.scalar(2 * Math.PI), b.randomUniform(shape))));
}

/** A share of x to zero and the rest scaled up; what shares a number of `shape` is dropped together. */
export function dropped(b: Builder, x: Value, rate: number, shape: Shape): Value {
  return b.mul(x, dropMask(b, rate, shape));
}

/** 0 for what is dropped, and for the rest what makes up for it: to multiply with, also several times. */
export function dropMask(b: Builder, rate: number, shape: Shape): Value {
  // A uniform number is at least `rate` with probability 1 − rate.
  const kept = b.sub(b.scalar(1), b.greater(b.scalar(rate), b.randomUniform(shape)));
  return b.mul(kept, b.scalar(1 / (1 - rate)));
}
