import type { Dim } from '../graph/dim';
import type { Builder, Value } from './builder';

/** Keras's `L1L2`: what large numbers add to the loss. */
export interface L1L2 {
  readonly l1: number;
  readonly l2: number;
}

/**
 * Keras's `OrthogonalRegularizer` (Xie, Xiong & Pu 2017): what the rows, or columns, of a matrix add to the loss where they are
 * not at right angles, whatever their lengths.
 */
export interface OrthogonalRegularizer {
  readonly kind: 'orthogonal';
  readonly factor: number;
  readonly mode: 'rows' | 'columns';
}

/** What a weight's numbers add to the loss. */
export type Regularizer = L1L2 | OrthogonalRegularizer;

/** Below this square a vector has no direction, as in Keras. */
const LEAST_SQUARE = 1e-12;

/** What `x` adds to the loss, a scalar; undefined where all factors are 0. */
export function penalty(b: Builder, x: Value, regularizer: Regularizer): Value | undefined {
  return 'kind' in regularizer ? notOrthogonal(b, x, regularizer) : large(b, x, regularizer);
}

/** l1 · Σ|x| + l2 · Σx². */
function large(b: Builder, x: Value, { l1, l2 }: L1L2): Value | undefined {
  const axes = x.type.shape.map((_, axis) => axis);
  const parts = [
    ...(l1 > 0 ? [b.mul(b.reduceSum(b.abs(x), axes), b.scalar(l1))] : []),
    ...(l2 > 0 ? [b.mul(b.reduceSum(b.mul(x, x), axes), b.scalar(l2))] : []),
  ];
  return parts.length === 0 ? undefined : parts.reduce((sum, part) => b.add(sum, part));
}

/** factor · the mean |cos| of the angle between two rows (columns), over all pairs. A single one has no pair; Keras divides by 0. */
function notOrthogonal(b: Builder, x: Value, { factor, mode }: OrthogonalRegularizer): Value | undefined {
  const [rows, columns] = x.type.shape as readonly [Dim, Dim];
  const byRows = mode === 'rows';
  const count = (byRows ? rows : columns) as number;
  if (factor === 0 || count < 2) return undefined;
  const squares = b.reduceSum(b.mul(x, x), [byRows ? 1 : 0], true);
  const directions = b.div(x, b.sqrt(b.maximum(squares, b.scalar(LEAST_SQUARE))));
  const cosines = b.matMul(directions, directions, byRows ? { transposeB: true } : { transposeA: true });
  const apart = b.sub(b.scalar(1), b.oneHot(b.range(count), count));
  // Each pair stands twice in the matrix.
  return b.mul(b.reduceSum(b.abs(b.mul(cosines, apart)), [0, 1]), b.scalar(factor / (count * (count - 1))));
}
