import type { Params, ParamValue } from '../../graph/graph';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import { dataOf, type CallArgument, type LayerValue } from '../run/values';
import type { Call, Step } from './step';
import { stepsOf } from './steps';

const RECURRENT = new Set(['lstm', 'gru', 'simpleRnn']);
/** Layers that do the same to every step of a sequence as they stand. */
const STEPWISE = new Set(['dense', 'dropout', 'activation']);

/** Keras's layers that are made of another one. Undefined where this is none of them, or where no layer here does the same. */
export function wrappedSteps(call: Call, args: readonly CallArgument[]): readonly Step[] | undefined {
  if (call.framework !== 'keras') return undefined;
  const inner = args.find(({ name, value }) => value.kind === 'layer' && (name === undefined || name === 'layer'))?.value;
  if (inner?.kind !== 'layer') return undefined;
  if (call.className === 'Bidirectional') return bothWays(call, args, innerSteps(call, inner));
  return call.className === 'TimeDistributed' ? ofEveryStep(innerSteps(call, inner)) : undefined;
}

function innerSteps(call: Call, { recipe }: LayerValue): readonly Step[] {
  return stepsOf({ ...call, className: recipe.className }, recipe.args) ?? [];
}

function bothWays(call: Call, args: readonly CallArgument[], inner: readonly Step[]): readonly Step[] | undefined {
  const [one, ...rest] = inner;
  if (!one || rest.length > 0 || !RECURRENT.has(one.type)) return undefined;
  const mode = args.find(({ name }) => name === 'merge_mode')?.value;
  const merge = mode ? dataOf(mode) : 'concat';
  if (!['concat', 'sum', 'mul', 'ave'].includes(String(merge)))
    call.note(`merge_mode=${String(merge)} cannot be; both outputs are put side by side`);
  return bidirectionalOf(one, merge);
}

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

function ofEveryStep(inner: readonly Step[]): readonly Step[] | undefined {
  const isStepwise = inner.length > 0 && inner.every(({ type }) => STEPWISE.has(type) || findLayer(type)?.category === 'activation');
  return isStepwise ? inner : undefined;
}
