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
}

/** softmax(q · kᵀ / √d) · v over the last two axes; with `causal` no step looks at a later one. */
export function attended(b: Builder, query: Value, key: Value, value: Value, { causal, dropout }: Looks): Value {
  const width = query.type.shape.at(-1) as number;
  const scores = b.mul(b.batchMatMul(query, key, { transposeB: true }), b.scalar(1 / Math.sqrt(width)));
  const masked = causal ? b.add(scores, causalMask(b, scores)) : scores;
  const looks = b.softmax(masked);
  return b.batchMatMul(dropout > 0 ? dropped(b, looks, dropout, looks.type.shape) : looks, value);
}

function causalMask(b: Builder, { type }: Value): Value {
  const [rows, columns] = type.shape.slice(-2) as [Dim, Dim];
  if (!isKnown(rows) || !isKnown(columns)) throw new Error('A network is compiled for known sizes.');
  const mask = Array.from({ length: rows * columns }, (_, index) => (index % columns > Math.floor(index / columns) ? NEVER : 0));
  return b.constant(mask, [rows, columns]);
}

/** Why a port's value is no sequence of known width. */
export function sequenceProblem(port: string, { shape }: TensorType): LayerProblem | undefined {
  if (shape.length === 3 && typeof shape[2] === 'number') return undefined;
  const message = `expects sequences (steps, and a known number of channels), received ${formatShape(shape)}.`;
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
