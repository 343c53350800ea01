import { formatDim } from '../graph/dim';
import { formatShape, placeAxes, type DataFormat, type TensorType } from '../graph/tensor';
import type { FlatNode } from '../infer/analysis';
import { span } from '../layers/_window';
import { transposedAxes, type TransposedAxis, type TransposedParams } from '../layers/conv/_transposed';
import { findLayer } from '../layers/index';
import { parseParams } from '../layers/parse';
import { ENDS } from './ends';

/**
 * How a layer makes one size of its output from that of its input, in words: `56 → ⌊(56 + 2·1 − 3)/2⌋ + 1 = 28`,
 * `64 → 128 filters`. Formulas are those of the layers' documentation; a layer that has none reads `56 → 28`.
 */
export function arithmeticOf(node: FlatNode, x: TensorType, y: TensorType, axis: number, dataFormat: DataFormat): string {
  const layer = findLayer(node.type);
  const parsed = layer && parseParams(layer, node.params);
  const params = parsed?.ok ? parsed.value : {};
  const [before, after] = [x.shape[axis], y.shape[axis]];
  if (x.shape.length !== y.shape.length || before === undefined || after === undefined)
    return `${formatShape(x.shape)} → ${formatShape(y.shape)}`;
  const from = formatDim(before);
  const to = formatDim(after);
  // Of rows, as of channels, no window makes the size.
  const places = placeAxes(x.shape.length, dataFormat);
  const side = places.indexOf(axis);
  if (side < 0) {
    const word = ['filters', 'units'].find((name) => params[name] === after);
    return `${from} → ${to}${word ? ` ${word}` : ''}`;
  }
  const n = ONE_THING.test(from) ? from : `(${from})`;
  const made = isTransposed(params)
    ? transposedInWords(params, n, side)
    : (windowInWords(params, n, side) ?? otherInWords(params, n, ENDS[places.length - 1]?.[side], side));
  return made === undefined ? `${from} → ${to}` : `${from} → ${made} = ${to}`;
}

type Params = Readonly<Record<string, unknown>>;

function along(params: Params, name: string, side: number): number | undefined {
  const value = params[name];
  if (typeof value === 'number') return value;
  return Array.isArray(value) && typeof value[side] === 'number' ? value[side] : undefined;
}

function isTransposed(params: Params): params is Params & TransposedParams {
  return 'outputPadding' in params;
}

/** As Keras's documentation of transposed convolutions writes it. */
function transposedInWords(params: TransposedParams, n: string, side: number): string {
  const { taps, dilation, stride, padding, outputPadding } = transposedAxes(params)[side] as TransposedAxis;
  const window = span(taps, dilation);
  if (padding !== 'valid' && outputPadding === null) return `${n} · ${stride}`;
  const spread = `(${n} − 1)·${stride}`;
  if (padding === 'valid') return `${spread} + ${outputPadding === null ? Math.max(window, stride) : `${window} + ${outputPadding}`}`;
  const cut = padding === 'same' ? 2 * Math.floor(window / 2) : window - 1;
  return `${spread} + ${window} − ${cut} + ${outputPadding ?? 0}`;
}

/** `56`, `H`, `⌊(H+1)/2⌋`: what needs no brackets inside a sum. */
const ONE_THING = /^(\w+|⌊[^⌊⌋]+⌋)$/;

function windowInWords(params: Params, n: string, side: number): string | undefined {
  // A pooling that names no strides steps as far as its window is wide.
  const stride = along(params, 'strides', side) ?? along(params, 'poolSize', side);
  if (stride === undefined) return undefined;
  const size = along(params, 'kernelSize', side) ?? along(params, 'poolSize', side) ?? 1;
  const dilation = along(params, 'dilationRate', side) ?? 1;
  const reach = span(size, dilation);
  if (params['padding'] === 'same') return stride === 1 ? n : `⌈${n}/${stride}⌉`;
  const pads = params['padding'] === 'valid' ? 0 : reach - 1;
  const padded = pads === 0 ? n : `${n} + ${pads > 1 && pads % 2 === 0 ? `2·${pads / 2}` : pads}`;
  if (stride === 1) return `${padded} − ${reach} + 1`;
  const steps = `(${padded} − ${reach})/${stride}`;
  if (params['ceilMode'] !== true) return `⌊${steps}⌋ + 1`;
  // The last window may end outside, but none begins behind the end.
  const before = Math.floor(pads / 2);
  if (pads - reach + stride <= before) return `⌈${steps}⌉ + 1`;
  return `⌈${before === 0 ? n : `(${n} + ${before})`}/${stride}⌉`;
}

function otherInWords(params: Params, n: string, ends: readonly [string, string] | undefined, side: number): string | undefined {
  const factor = along(params, 'size', side);
  if (factor !== undefined) return `${n} · ${factor}`;
  const [a, b] = ends?.map((end) => along(params, end, side)) ?? [];
  if (a === undefined || b === undefined) return undefined;
  return 'mode' in params ? (params['mode'] === 'explicit' ? `${n} + ${a} + ${b}` : undefined) : `${n} − ${a} − ${b}`;
}
