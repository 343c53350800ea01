import { isExpression } from '../document/document';
import type { ParamValue, Params } from '../graph/graph';

/** The values of a definition's parameters in one instance. */
export type Scope = Readonly<Record<string, ParamValue>>;
export const noScope: Scope = {};

export interface Resolved {
  readonly params: Params;
  /** Parameters whose expression names nothing that the definition has. */
  readonly unknown: readonly { readonly param: string; readonly expression: string }[];
}

const cache = new WeakMap<Params, Map<string, Resolved>>();

/**
 * Parameters with their expressions settled. Remembered by identity and by the values that were used, so that equal
 * instances of a block share one object, and an unchanged node keeps its own.
 */
export function resolveParams(params: Params, scope: Scope): Resolved {
  const used = Object.values(params).filter(isExpression);
  if (used.length === 0) return { params, unknown: [] };
  const key = JSON.stringify(used.map(({ $ }) => (Object.hasOwn(scope, $) ? [scope[$]] : [])));
  const known = cache.get(params) ?? new Map<string, Resolved>();
  cache.set(params, known);
  const resolved = known.get(key) ?? settle(params, scope);
  known.set(key, resolved);
  return resolved;
}

function settle(params: Params, scope: Scope): Resolved {
  const unknown: { param: string; expression: string }[] = [];
  const entries = Object.entries(params).map(([param, value]): [string, ParamValue] => {
    if (!isExpression(value)) return [param, value];
    const expression: string = value.$;
    if (Object.hasOwn(scope, expression)) return [param, scope[expression] as ParamValue];
    unknown.push({ param, expression });
    return [param, value];
  });
  return { params: Object.fromEntries(entries), unknown };
}
