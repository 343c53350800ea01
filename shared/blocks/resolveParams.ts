import { isExpression } from '../document/document';
import type { ParamValue, Params } from '../graph/graph';
import { evaluateExpression, namesIn, type Scope } from './expression/evaluate';

export type { Scope };
export const noScope: Scope = {};

export interface Resolved {
  readonly params: Params;
  /** Parameters whose expression has no value here, with where and why. */
  readonly wrong: readonly WrongExpression[];
}

export interface WrongExpression {
  readonly param: string;
  readonly expression: string;
  /** The character, from 0. */
  readonly at: number;
  readonly message: string;
}

/** Whether two scopes give every name the same value; lists count as the same where they are one object. */
export function sameScope(a: Scope, b: Scope): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && a[name] === b[name]);
}

interface Cached {
  /** Names that the expressions use. */
  readonly names: readonly string[];
  readonly byValues: Map<string, Resolved>;
}
const cache = new WeakMap<Params, Cached | 'constant'>();

/**
 * Parameters with their expressions settled. Remembered by identity and by the values that were used, so that equal
 * instances of a block share one object, and an unchanged node keeps its own.
 */
export function resolveParams(params: Params, scope: Scope): Resolved {
  const cached = cache.get(params) ?? remember(params);
  if (cached === 'constant') return { params, wrong: [] };
  const key = JSON.stringify(cached.names.map((name) => (Object.hasOwn(scope, name) ? [scope[name]] : [])));
  const known = cached.byValues.get(key);
  if (known) return known;
  const resolved = settle(params, scope);
  cached.byValues.set(key, resolved);
  return resolved;
}

function remember(params: Params): Cached | 'constant' {
  const expressions = Object.values(params).flatMap(expressionsIn);
  const cached: Cached | 'constant' =
    expressions.length === 0
      ? 'constant'
      : { names: [...new Set(expressions.flatMap((source) => [...namesIn(source)]))].sort(), byValues: new Map() };
  cache.set(params, cached);
  return cached;
}

/** An expression may stand for a whole parameter or for an entry of a list: `[{ "$": "filters" }, 1]`. */
function expressionsIn(value: ParamValue): readonly string[] {
  if (isExpression(value)) return [value.$];
  return isList(value) ? value.flatMap((entry) => (isExpression(entry) ? [entry.$] : [])) : [];
}

/** A name whose value could not be computed is told where it was given, and not again of everything that uses it. */
function usesUnsettled(source: string, scope: Scope): boolean {
  return [...namesIn(source)].some((name) => Object.hasOwn(scope, name) && isUnsettled(scope[name]));
}

/** An expression, or a list with one, that is still there once parameters are settled: it has no value. */
export function isUnsettled(value: ParamValue | undefined): boolean {
  return isExpression(value) || (Array.isArray(value) && value.some(isExpression));
}

function isList(value: ParamValue): value is readonly ParamValue[] {
  return Array.isArray(value);
}

function settle(params: Params, scope: Scope): Resolved {
  const wrong: WrongExpression[] = [];
  const settled = (param: string, value: ParamValue): ParamValue => {
    if (!isExpression(value)) return value;
    const result = evaluateExpression(value.$, scope);
    if (result.ok) return result.value;
    if (!usesUnsettled(value.$, scope)) wrong.push({ param, expression: value.$, ...result.error });
    return value;
  };
  const entries = Object.entries(params).map(([param, value]): [string, ParamValue] => [
    param,
    isList(value) ? value.map((entry) => settled(param, entry)) : settled(param, value),
  ]);
  return { params: Object.fromEntries(entries), wrong };
}
