import { isKnown, type Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { formatShape, type TensorType } from '../../graph/tensor';
import type { Builder, Value } from '../../program/builder';
import { alongProblem } from '../merge/_along';
import { dropped } from '../regularization/_noise';

/** Larger than any score, and far from the end of float32. */
const NEVER = -1e9;

/** Which steps may be looked at, and the share of the looks that is dropped: 0 where nothing is trained. */
export interface Looks {
  readonly causal: boolean;
  readonly dropout: number;
  /** Which steps of the queries, and of the keys, count: `[batch, steps]`; all where left out. */
  readonly queryMask?: Value | undefined;
  readonly keyMask?: Value | undefined;
}

/**
 * softmax(q · kᵀ / √d) · v over the last two axes; with `causal` no step looks at a later one, and none at a step that does not
 * count. A query that may look at nothing gives 0, as in Keras 3.
 */
export function attended(b: Builder, query: Value, key: Value, value: Value, looks: Looks): Value {
  const width = query.type.shape.at(-1) as number;
  const scores = b.mul(b.batchMatMul(query, key, { transposeB: true }), b.scalar(1 / Math.sqrt(width)));
  const weights = looks.queryMask || looks.keyMask ? softmaxWhere(b, scores, lookedAt(b, scores, looks)) : softmaxOf(b, scores, looks);
  const { dropout } = looks;
  return b.batchMatMul(dropout > 0 ? dropped(b, weights, dropout, weights.type.shape) : weights, value);
}

function softmaxOf(b: Builder, scores: Value, { causal }: Looks): Value {
  if (!causal) return b.softmax(scores);
  const [numbers, sizes] = causalMask(scores, NEVER, 0);
  return b.softmax(b.add(scores, b.constant(numbers, sizes)));
}

function softmaxWhere(b: Builder, scores: Value, seen: Value): Value {
  const never = b.mul(b.sub(b.scalar(1), seen), b.scalar(NEVER));
  return b.mul(b.softmax(b.add(scores, never)), seen);
}

/** 1 where a query looks at a key, with an axis for the heads where the scores have one. */
function lookedAt(b: Builder, scores: Value, { causal, queryMask, keyMask }: Looks): Value {
  const heads = scores.type.shape.length === 4 ? [1] : [];
  const along = (mask: Value, axis: 'row' | 'column') => {
    const [batch, steps] = mask.type.shape as [Dim, Dim];
    return b.reshape(mask, [batch, ...heads, ...(axis === 'row' ? [1, steps] : [steps, 1])]);
  };
  const parts = [...(queryMask ? [along(queryMask, 'column')] : []), ...(keyMask ? [along(keyMask, 'row')] : [])];
  if (causal) parts.push(b.constant(...causalMask(scores, 0, 1)));
  return parts.reduce((all, part) => b.mul(all, part));
}

/** One number for each later step, another for the others. */
function causalMask({ type }: Value, later: number, other: number): [numbers: number[], sizes: [number, number]] {
  const [rows, columns] = type.shape.slice(-2) as [Dim, Dim];
  if (!isKnown(rows) || !isKnown(columns)) throw new Error('A network is compiled for known sizes.');
  const mask = Array.from({ length: rows * columns }, (_, index) => (index % columns > Math.floor(index / columns) ? later : other));
  return [mask, [rows, columns]];
}

/** Why a port's value is no sequence of known width. */
export function sequenceProblem(port: string, { shape }: TensorType): LayerProblem | undefined {
  if (shape.length === 3 && typeof shape[2] === 'number') return undefined;
  const received = shape.length === 2 ? `a row of ${formatShape(shape)}` : formatShape(shape);
  const message = `expects sequences (steps, and a known number of channels), received ${received}.`;
  return { code: 'shape/sequence', port, message };
}

/** Why two ports do not have as many steps, or channels. */
export function axisProblem(a: string, x: TensorType, port: string, y: TensorType, axis: 1 | 2): LayerProblem | undefined {
  const [differ, kind] = axis === 1 ? ['shape/attention-steps', 'steps'] : ['shape/attention-channels', 'channels'];
  const words = { differ, unproven: 'shape/attention-unproven', what: `the ${kind} of ${a} and ${port}` };
  return alongProblem(words, { port: a, type: x, axis }, { port, type: y, axis }, 'channelsLast');
}

/** A causal mask needs its sizes. */
export function causalProblem(x: TensorType, y: TensorType, causal: boolean): LayerProblem | undefined {
  if (!causal || (isKnown(x.shape[1] as Dim) && isKnown(y.shape[1] as Dim))) return undefined;
  return { code: 'shape/unknown-steps', param: 'causal', message: 'expects a known number of steps. Give the inputs fixed sizes.' };
}
