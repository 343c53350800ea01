import type { Builder, Value } from './builder';

/** What the lengths of a weight's vectors along some axes may be, those of Keras's constraints of the same names. */
export type Constraint =
  | { readonly kind: 'maxNorm'; readonly maxValue: number; readonly axis: readonly number[] }
  | { readonly kind: 'nonNeg' }
  | { readonly kind: 'unitNorm'; readonly axis: readonly number[] }
  | {
      readonly kind: 'minMaxNorm';
      readonly minValue: number;
      readonly maxValue: number;
      /** How much of the way a length that is out of bounds is brought back in one step. */
      readonly rate: number;
      readonly axis: readonly number[];
    };

/** Keras's `backend.epsilon()`: what keeps a vector of zeros from a division by zero. */
const EPSILON = 1e-7;

/** A weight as it is after a step of the optimizer, brought to what is allowed, as Keras's constraints do. */
export function constrained(b: Builder, w: Value, constraint: Constraint): Value {
  if (constraint.kind === 'nonNeg') return b.maximum(w, b.scalar(0));
  const norms = lengths(b, w, constraint.axis);
  const divisor = b.add(norms, b.scalar(EPSILON));
  if (constraint.kind === 'unitNorm') return b.div(w, divisor);
  return b.mul(w, b.div(desired(b, norms, constraint), divisor));
}

function desired(b: Builder, norms: Value, constraint: Exclude<Constraint, { kind: 'nonNeg' | 'unitNorm' }>): Value {
  const short = b.minimum(norms, b.scalar(constraint.maxValue));
  if (constraint.kind === 'maxNorm') return short;
  const within = b.maximum(short, b.scalar(constraint.minValue));
  const { rate } = constraint;
  return rate === 1 ? within : b.add(b.mul(within, b.scalar(rate)), b.mul(norms, b.scalar(1 - rate)));
}

/** √Σw² along the axes, which stay as 1. */
function lengths(b: Builder, w: Value, axis: readonly number[]): Value {
  const rank = w.type.shape.length;
  const axes = [...new Set(axis.map((index) => (index < 0 ? index + rank : index)))].sort((a, c) => a - c);
  return b.sqrt(b.reduceSum(b.mul(w, w), axes, true));
}

/** The first axis of a constraint that a weight of that many axes does not have. */
export function axisOutside(constraint: Constraint, rank: number): number | undefined {
  return constraint.kind === 'nonNeg' ? undefined : constraint.axis.find((index) => index < -rank || index >= rank);
}
