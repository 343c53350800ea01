import type { Params, ParamValue } from '../../graph/graph';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import type { Step } from './step';

/** A recurrent layer that reads both ways; parameters that only the one-way layer has are left out. */
export function bidirectionalOf({ type, params, expects }: Step, mergeMode: ParamValue = 'concat'): readonly Step[] | undefined {
  const layer = findLayer('bidirectional');
  const own = layer && parseParams(layer, {});
  if (!layer || !own?.ok) return undefined;
  const kept: Params = Object.fromEntries(Object.entries(params).filter(([name]) => name in (own.value as Params)));
  const parsed = parseParams(layer, { ...kept, layer: type, mergeMode });
  const plain = parsed.ok ? parsed : parseParams(layer, { ...kept, layer: type });
  return plain.ok ? [{ type: 'bidirectional', params: plain.value as Params, expects }] : undefined;
}
