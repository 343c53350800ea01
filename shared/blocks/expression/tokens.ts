import { err, ok, type Result } from '../../graph/result';
import type { ExpressionError } from './syntax';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const PATTERNS = [
  ['number', /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['text', /"[^"\\]*"|'[^'\\]*'/y],
  ['name', /[A-Za-z_]\w*/y],
  ['sign', /\/\/|==|!=|<=|>=|[-+*/%<>()[\],?:]/y],
] as const;

/** Longest text that is read; a parameter needs no more. */
export const MAX_LENGTH = 500;

export function tokensOf(source: string): Result<readonly Token[], ExpressionError> {
  if (source.length > MAX_LENGTH) return err({ message: `it is longer than ${MAX_LENGTH} characters`, at: MAX_LENGTH });
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    if (/\s/.test(source[at] as string)) {
      at += 1;
      continue;
    }
    const token = tokenAt(source, at);
    if (!token) return err({ message: withoutMeaning(source[at] as string), at });
    tokens.push(token);
    at += token.text.length;
  }
  return ok([...tokens, { kind: 'end', text: '', at: source.length }]);
}

function withoutMeaning(sign: string): string {
  return `“${sign}” has no meaning here${sign === '=' ? '; “==” compares' : ''}`;
}

function tokenAt(source: string, at: number): Token | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { kind, text, at };
  }
  return undefined;
}
