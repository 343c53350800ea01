import { err, ok, type Result } from '../../graph/result';
import {
  BINARY_OPERATORS,
  CONSTANTS,
  FUNCTIONS,
  type BinaryOperator,
  type Expression,
  type ExpressionError,
  type FunctionName,
} from './syntax';
import { tokensOf, type Token } from './tokens';

const MAX_DEPTH = 32;

const parsed = new Map<string, Result<Expression, ExpressionError>>();

/**
 * An expression over a block's parameters: numbers, texts, `none`, `true`, lists, `+ - * / // %`, comparisons, `and`, `or`,
 * `not`, `condition ? yes : no`, `min max floor ceil round`. Nothing in it can do more than compute a value.
 */
export function parseExpression(source: string): Result<Expression, ExpressionError> {
  const known = parsed.get(source);
  if (known) return known;
  const result = parseNow(source);
  // Texts come from files; what is remembered of them has a limit.
  if (parsed.size > 2000) parsed.clear();
  parsed.set(source, result);
  return result;
}

/** Left by the recursive descent at the first thing that does not fit. */
class SyntaxStop extends Error {
  constructor(readonly problem: ExpressionError) {
    super(problem.message);
  }
}

interface Reader {
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
}

function parseNow(source: string): Result<Expression, ExpressionError> {
  const tokens = tokensOf(source);
  if (!tokens.ok) return tokens;
  const reader: Reader = { tokens: tokens.value, next: 0, depth: 0 };
  try {
    const expression = choice(reader);
    const rest = peek(reader);
    if (rest.kind !== 'end') return err({ message: `“${rest.text}” was not expected after the end`, at: rest.at });
    return ok(expression);
  } catch (error) {
    if (error instanceof SyntaxStop) return err(error.problem);
    throw error;
  }
}

function peek(reader: Reader): Token {
  return reader.tokens[reader.next] as Token;
}

function accept(reader: Reader, text: string): Token | undefined {
  const token = peek(reader);
  if (token.text !== text || token.kind === 'text' || token.kind === 'end') return undefined;
  reader.next += 1;
  return token;
}

function expect(reader: Reader, text: string): void {
  if (accept(reader, text)) return;
  const { text: found, at } = peek(reader);
  throw new SyntaxStop({ message: `“${text}” was expected${found ? ` before “${found}”` : ' at the end'}`, at });
}

function choice(reader: Reader): Expression {
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw new SyntaxStop({ message: 'it is nested too deep', at: peek(reader).at });
  const condition = binary(reader, 1);
  const question = accept(reader, '?');
  if (!question) {
    reader.depth -= 1;
    return condition;
  }
  const yes = choice(reader);
  expect(reader, ':');
  const no = choice(reader);
  reader.depth -= 1;
  return { kind: 'choice', condition, yes, no, at: question.at };
}

function binary(reader: Reader, least: number): Expression {
  let left = unary(reader);
  for (;;) {
    const { kind, text, at } = peek(reader);
    const strength = kind === 'text' || !Object.hasOwn(BINARY_OPERATORS, text) ? 0 : BINARY_OPERATORS[text as BinaryOperator];
    if (strength < least || strength === 0) return left;
    reader.next += 1;
    left = { kind: 'binary', operator: text as BinaryOperator, left, right: binary(reader, strength + 1), at };
  }
}

function unary(reader: Reader): Expression {
  const sign = accept(reader, '-') ?? accept(reader, 'not');
  if (!sign) return primary(reader);
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw new SyntaxStop({ message: 'it is nested too deep', at: sign.at });
  // `not a == b` is not (a == b), as in Python; a minus binds tighter than any of them.
  const of = sign.text === 'not' ? binary(reader, BINARY_OPERATORS['==']) : unary(reader);
  reader.depth -= 1;
  return { kind: 'unary', operator: sign.text as '-' | 'not', of, at: sign.at };
}

function primary(reader: Reader): Expression {
  const token = peek(reader);
  reader.next += 1;
  switch (token.kind) {
    case 'number':
      return { kind: 'value', value: finiteNumber(token), at: token.at };
    case 'text':
      return { kind: 'value', value: token.text.slice(1, -1), at: token.at };
    case 'name':
      return named(reader, token);
    case 'sign':
      if (token.text === '(') {
        const inside = choice(reader);
        expect(reader, ')');
        return inside;
      }
      if (token.text === '[') return { kind: 'list', items: listUntil(reader, ']'), at: token.at };
      throw new SyntaxStop({ message: `a value was expected before “${token.text}”`, at: token.at });
    case 'end':
      throw new SyntaxStop({ message: 'a value was expected at the end', at: token.at });
  }
}

function finiteNumber({ text, at }: Token): number {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new SyntaxStop({ message: `${text} is larger than any number`, at });
}

function named(reader: Reader, { text, at }: Token): Expression {
  if (Object.hasOwn(CONSTANTS, text)) return { kind: 'value', value: CONSTANTS[text] as null | boolean, at };
  if (!accept(reader, '(')) return { kind: 'name', name: text, at };
  if (!Object.hasOwn(FUNCTIONS, text))
    throw new SyntaxStop({ message: `“${text}” is no function; there are ${Object.keys(FUNCTIONS).join(', ')}`, at });
  const args = listUntil(reader, ')');
  if (args.length === 0) throw new SyntaxStop({ message: `${text} needs a value`, at });
  const most = FUNCTIONS[text as FunctionName].length;
  if (most > 0 && args.length > most) throw new SyntaxStop({ message: `${text} takes one value, not ${args.length}`, at });
  return { kind: 'call', name: text as FunctionName, args, at };
}

function listUntil(reader: Reader, end: string): readonly Expression[] {
  const items: Expression[] = [];
  if (accept(reader, end)) return items;
  do items.push(choice(reader));
  while (accept(reader, ','));
  expect(reader, end);
  return items;
}
