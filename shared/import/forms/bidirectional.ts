import type { Params, ParamValue } from '../../graph/graph';
import { samePlain } from '../../graph/samePlain';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import { snakeCase } from '../../layers/snakeCase';
import { shownArgument, type Call, type Step } from './step';

/** A recurrent layer that reads both ways; parameters that only the one-way layer has are left out, and that is told. */
export function bidirectionalOf(call: Call, { type, params, expects }: Step, mergeMode?: ParamValue): readonly Step[] | undefined {
  const layer = findLayer('bidirectional');
  const own = defaultsOf('bidirectional');
  if (!layer || !own) return undefined;
  const kept = Object.fromEntries(Object.entries(params).filter(([name]) => name in own));
  const parsed = parseParams(layer, { ...kept, layer: type, ...(mergeMode === undefined ? {} : { mergeMode }) });
  const plain = parsed.ok ? parsed : parseParams(layer, { ...kept, layer: type });
  if (!plain.ok) return undefined;
  tellLeftOut(call, type, params, plain.value as Params);
  return [{ type: 'bidirectional', params: plain.value as Params, expects }];
}

function tellLeftOut(call: Call, type: string, params: Params, kept: Params): void {
  const usual = defaultsOf(type) ?? {};
  for (const [name, value] of Object.entries(params))
    if (!(name in kept) && !samePlain(value, usual[name]))
      call.note(`${shownArgument(snakeCase(name), value)} of its layer has no counterpart here and is left out`);
}

function defaultsOf(type: string): Params | undefined {
  const layer = findLayer(type);
  const parsed = layer && parseParams(layer, {});
  return parsed?.ok ? (parsed.value as Params) : undefined;
}
