import { isExpression } from '../../document/document';
import type { ParamValue } from '../../graph/graph';
import { evaluateExpression, namesIn } from './evaluate';
import { tokensOf } from './tokens';

/**
 * A parameter with names replaced by what they stand for, values or expressions of other names. What is left is a plain
 * value where it can be computed now, else an expression of the names that remain.
 */
export function substitute(value: ParamValue, names: ReadonlyMap<string, ParamValue>): ParamValue {
  if (Array.isArray(value)) return (value as readonly ParamValue[]).map((entry) => substitute(entry, names));
  if (!isExpression(value)) return value;
  const whole = names.get(value.$.trim());
  if (whole !== undefined) return whole;
  const tokens = tokensOf(value.$);
  if (!tokens.ok) return value;
  let source = '';
  let end = 0;
  for (const { kind, text, at } of tokens.value) {
    const replaced = kind === 'name' ? names.get(text) : undefined;
    source += value.$.slice(end, at) + (replaced === undefined ? text : sourceOf(replaced));
    end = at + text.length;
  }
  const settled = namesIn(source).size === 0 ? evaluateExpression(source, {}) : undefined;
  return settled?.ok ? settled.value : { $: source };
}

/** A value as it is written in an expression. */
function sourceOf(value: ParamValue): string {
  if (isExpression(value)) return `(${value.$})`;
  if (value === null) return 'none';
  if (typeof value === 'number') return value < 0 ? `(${value})` : String(value);
  if (Array.isArray(value)) return `[${(value as readonly ParamValue[]).map(sourceOf).join(', ')}]`;
  return JSON.stringify(value);
}
