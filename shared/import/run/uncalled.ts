import type { Statement } from '../python/syntax';
import type { FunctionValue, Value } from './values';

/**
 * The functions of a text that nothing in it calls, in their order: `def build_model(…)`, copied without the line that uses it.
 * One that another names is part of that one.
 */
export function uncalledFunctions(values: Iterable<Value>, called: ReadonlySet<readonly Statement[]>): readonly FunctionValue[] {
  const functions = [...values].filter((value): value is FunctionValue => value.kind === 'function' && !called.has(value.body));
  const mentioned = new Map<string, number>();
  for (const { name, body } of functions)
    for (const other of namesIn(body)) if (other !== name) mentioned.set(other, (mentioned.get(other) ?? 0) + 1);
  return functions.filter(({ name }) => !mentioned.has(name));
}

function namesIn(part: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof part !== 'object' || part === null) return found;
  if ('kind' in part && part.kind === 'name' && 'name' in part && typeof part.name === 'string') found.add(part.name);
  for (const inner of Object.values(part)) namesIn(inner, found);
  return found;
}

const known = new WeakMap<readonly Statement[], boolean>();

/** Whether anything is called in these statements: what calls nothing makes no layer. Walked through once. */
export function callsAnything(statements: readonly Statement[]): boolean {
  const before = known.get(statements);
  if (before !== undefined) return before;
  const calls = hasCall(statements);
  known.set(statements, calls);
  return calls;
}

function hasCall(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return ('kind' in part && part.kind === 'call') || Object.values(part).some(hasCall);
}
