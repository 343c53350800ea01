import type { DataFormat, TensorType } from '../graph/tensor';
import type { Params } from '../graph/graph';
import { isKnown } from '../graph/dim';
import { formatShape } from '../graph/tensor';
import { findLayer } from '../layers/index';
import { defaultParams, parseParams } from '../layers/parse';

/** What a layer would make of an input: the shape it gives, or why it gives none. `waits`: it needs more wires than this one. */
export type Fit =
  { readonly kind: 'gives'; readonly shape: string } | { readonly kind: 'waits' } | { readonly kind: 'refuses'; readonly reason: string };

/** Feeds one tensor to a new layer with these values, else its defaults. Undefined where there is no such layer, or it takes no input. */
export function fitOf(layerType: string, input: TensorType, dataFormat: DataFormat, values?: Params): Fit | undefined {
  const layer = findLayer(layerType);
  const [first, ...others] = layer?.inputs ?? [];
  if (!layer || !first) return undefined;
  if (others.length > 0 || (first.variadic && first.variadic.min > 1)) return { kind: 'waits' };
  const params = parseParams(layer, { ...defaultParams(layer), ...values });
  if (!params.ok) return { kind: 'refuses', reason: params.error[0]?.message ?? '' };
  const result = layer.infer({ [first.name]: first.variadic ? [input] : input } as never, params.value, { dataFormat });
  if (!result.ok) return { kind: 'refuses', reason: result.error.message };
  const shapes = Object.values(result.value).map(({ shape }) => shape);
  if (shapes.some((shape) => shape.some((dim) => isKnown(dim) && dim < 1)))
    return { kind: 'refuses', reason: 'Its result would be empty.' };
  return { kind: 'gives', shape: shapes[0] ? formatShape(shapes[0]) : '' };
}
