import { LIMITS, PythonError, type Argument, type Expression } from './syntax';
import type { Token } from './tokens';

/** Reads tokens from the front. */
export interface Cursor {
  peek(ahead?: number): Token;
  next(): Token;
  /** Takes the token if it is this operator or word. */
  take(text: string): boolean;
  expect(text: string): Token;
  /** One level deeper; throws where that is too deep. */
  nested<T>(read: () => T): T;
}

export function cursorOver(tokens: readonly Token[]): Cursor {
  let at = 0;
  let depth = 0;
  const end: Token = tokens.at(-1) ?? { kind: 'end', text: '', line: 1 };
  const cursor: Cursor = {
    peek: (ahead = 0) => tokens[at + ahead] ?? end,
    next: () => tokens[at++] ?? end,
    take(text) {
      if (!isText(cursor.peek(), text)) return false;
      at += 1;
      return true;
    },
    expect(text) {
      const token = cursor.peek();
      if (!cursor.take(text)) throw new PythonError(token.line, `Expected “${text}”, received ${shown(token)}.`);
      return token;
    },
    nested(read) {
      depth += 1;
      if (depth > LIMITS.depth * 4) throw new PythonError(cursor.peek().line, 'The text is nested too deeply.');
      const result = read();
      depth -= 1;
      return result;
    },
  };
  return cursor;
}

export function isText({ kind, text }: Token, expected: string): boolean {
  return text === expected && (kind === 'operator' || kind === 'name');
}

function shown({ kind, text }: Token): string {
  if (kind === 'end' || kind === 'newline') return 'the end of the line';
  return kind === 'indent' || kind === 'dedent' ? 'another indentation' : `“${text.slice(0, 40)}”`;
}

/** Binary operators, weakest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '>', '<=', '>=', 'in', 'is', 'not in', 'is not'],
  ['|', '^', '&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
];
const KEYWORDS = new Set([
  'if',
  'else',
  'for',
  'in',
  'and',
  'or',
  'not',
  'is',
  'return',
  'class',
  'def',
  'import',
  'from',
  'with',
  'while',
]);

/** One expression; with commas after it, a tuple. */
export function parseExpressions(cursor: Cursor): Expression {
  const { line } = cursor.peek();
  const first = parseExpression(cursor);
  if (!isText(cursor.peek(), ',')) return first;
  const items = [first];
  while (cursor.take(',') && startsExpression(cursor.peek())) items.push(parseExpression(cursor));
  return { kind: 'list', items, line };
}

function startsExpression({ kind, text }: Token): boolean {
  if (kind === 'operator') return '([{-+*~'.includes(text) || text === '**';
  return kind === 'number' || kind === 'string' || (kind === 'name' && (!KEYWORDS.has(text) || text === 'not'));
}

/** One expression without commas. */
export function parseExpression(cursor: Cursor): Expression {
  return cursor.nested(() => {
    const { line } = cursor.peek();
    if (cursor.take('*') || cursor.take('**')) return { kind: 'star', of: parseExpression(cursor), line };
    if (cursor.take('lambda')) return lambda(cursor, line);
    const then = parseBinary(cursor, 0);
    if (cursor.take(':=')) return parseExpression(cursor);
    if (!cursor.take('if')) return then;
    const test = parseBinary(cursor, 0);
    cursor.expect('else');
    return { kind: 'choice', test, then, otherwise: parseExpression(cursor), line };
  });
}

function lambda(cursor: Cursor, line: number): Expression {
  while (!isText(cursor.peek(), ':') && cursor.peek().kind !== 'newline') cursor.next();
  cursor.expect(':');
  parseExpression(cursor);
  return { kind: 'other', what: 'lambda', line };
}

function parseBinary(cursor: Cursor, level: number): Expression {
  const operators = LEVELS[level];
  if (!operators) return parseUnary(cursor);
  const isComparison = operators.includes('==');
  if (isComparison && isText(cursor.peek(), 'not')) {
    const { line } = cursor.next();
    return { kind: 'unary', operator: 'not', operand: cursor.nested(() => parseBinary(cursor, level)), line };
  }
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    const operator = operatorAt(cursor, operators);
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: parseBinary(cursor, level + 1), line: left.line };
  }
}

function operatorAt(cursor: Cursor, operators: readonly string[]): string | undefined {
  const { kind, text } = cursor.peek();
  if (kind !== 'operator' && kind !== 'name') return undefined;
  const two = `${text} ${cursor.peek(1).text}`;
  if ((two === 'not in' || two === 'is not') && operators.includes(two)) {
    cursor.next();
    cursor.next();
    return two;
  }
  if (!operators.includes(text)) return undefined;
  cursor.next();
  return text;
}

function parseUnary(cursor: Cursor): Expression {
  const { line, text, kind } = cursor.peek();
  if (kind === 'operator' && ['-', '+', '~'].includes(text)) {
    cursor.next();
    return { kind: 'unary', operator: text, operand: cursor.nested(() => parseUnary(cursor)), line };
  }
  const base = parsePostfix(cursor);
  return cursor.take('**') ? { kind: 'binary', operator: '**', left: base, right: cursor.nested(() => parseUnary(cursor)), line } : base;
}

function parsePostfix(cursor: Cursor): Expression {
  let value = parseAtom(cursor);
  for (;;) {
    const { line } = cursor.peek();
    if (cursor.take('(')) value = { kind: 'call', callee: value, args: parseArguments(cursor), line };
    else if (cursor.take('[')) value = { kind: 'subscript', of: value, index: parseIndex(cursor), line };
    else if (cursor.take('.')) value = { kind: 'attribute', of: value, name: nameOf(cursor), line };
    else return value;
  }
}

export function nameOf(cursor: Cursor): string {
  const token = cursor.next();
  if (token.kind !== 'name') throw new PythonError(token.line, `Expected a name, received ${shown(token)}.`);
  return token.text;
}

/** To the closing bracket. */
export function parseArguments(cursor: Cursor): readonly Argument[] {
  const args: Argument[] = [];
  while (!cursor.take(')')) {
    const isNamed = cursor.peek().kind === 'name' && isText(cursor.peek(1), '=');
    const name = isNamed ? nameOf(cursor) : undefined;
    if (isNamed) cursor.expect('=');
    args.push({ name, value: withEach(cursor, parseExpression(cursor)) });
    if (!cursor.take(',') && !isText(cursor.peek(), ')')) cursor.expect(')');
  }
  return args;
}

function parseIndex(cursor: Cursor): Expression {
  const { line } = cursor.peek();
  const items: Expression[] = [];
  let isTuple = false;
  while (!cursor.take(']')) {
    if (cursor.take(',')) isTuple = true;
    else items.push(parseAxis(cursor, line));
  }
  const [only] = items;
  if (!isTuple && items.length < 2) return only ?? { kind: 'other', what: 'slice', line };
  return items.some(({ kind }) => kind === 'slice') ? { kind: 'axes', items, line } : { kind: 'list', items, line };
}

/** An index, or what stands between colons. */
function parseAxis(cursor: Cursor, line: number): Expression {
  const isEnd = () => [':', ',', ']'].some((text) => isText(cursor.peek(), text));
  const parts = [isEnd() ? undefined : parseExpression(cursor)];
  while (cursor.take(':')) parts.push(isEnd() ? undefined : parseExpression(cursor));
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'slice', parts, line };
}

/** What may follow the first element of a list or an argument: `for … in …`. */
function withEach(cursor: Cursor, element: Expression): Expression {
  if (!cursor.take('for')) return element;
  const target = parseTarget(cursor);
  cursor.expect('in');
  const over = parseBinary(cursor, 0);
  const test = cursor.take('if') ? parseBinary(cursor, 0) : undefined;
  return { kind: 'each', element, target, over, test, line: element.line };
}

/** `i` or `i, (a, b)`: what a loop sets. */
export function parseTarget(cursor: Cursor): Expression {
  const { line } = cursor.peek();
  const items = [parsePostfix(cursor)];
  while (cursor.take(',')) if (!isText(cursor.peek(), 'in')) items.push(parsePostfix(cursor));
  return items.length === 1 ? (items[0] as Expression) : { kind: 'list', items, line };
}

function parseAtom(cursor: Cursor): Expression {
  const token = cursor.next();
  const { line, text, kind } = token;
  if (kind === 'number') return { kind: 'literal', value: Number(text), line };
  if (kind === 'string') return stringFrom(cursor, token);
  if (kind === 'name' && !KEYWORDS.has(text)) return constant(text, line);
  if (text === '(' && kind === 'operator') return parseGroup(cursor, line);
  if (text === '[' && kind === 'operator') return { kind: 'list', items: parseItems(cursor, ']'), line };
  if (text === '{' && kind === 'operator') return parseDict(cursor, line);
  if (text === '.' && cursor.take('.') && cursor.take('.')) return { kind: 'other', what: '…', line };
  throw new PythonError(line, `Expected a value, received ${shown(token)}.`);
}

/** Strings that follow one another are one. */
function stringFrom(cursor: Cursor, first: Token): Expression {
  const parts = [first];
  while (cursor.peek().kind === 'string') parts.push(cursor.next());
  const text = parts.map((part) => part.text).join('');
  const { line } = first;
  return parts.some(({ isFormatted }) => isFormatted) ? { kind: 'formatted', text, line } : { kind: 'literal', value: text, line };
}

function constant(name: string, line: number): Expression {
  if (name === 'True' || name === 'False') return { kind: 'literal', value: name === 'True', line };
  return name === 'None' ? { kind: 'literal', value: null, line } : { kind: 'name', name, line };
}

/** A bracketed expression, or a tuple. */
function parseGroup(cursor: Cursor, line: number): Expression {
  if (cursor.take(')')) return { kind: 'list', items: [], line };
  const first = withEach(cursor, parseExpression(cursor));
  if (cursor.take(')')) return first;
  cursor.expect(',');
  return { kind: 'list', items: [first, ...parseItems(cursor, ')')], line };
}

function parseItems(cursor: Cursor, close: string): readonly Expression[] {
  const items: Expression[] = [];
  while (!cursor.take(close)) {
    items.push(withEach(cursor, parseExpression(cursor)));
    if (!cursor.take(',') && !isText(cursor.peek(), close)) cursor.expect(close);
  }
  const [only] = items;
  // `[f(i) for i in …]` is a list already.
  return only?.kind === 'each' && items.length === 1 ? [{ kind: 'star', of: only, line: only.line }] : items;
}

function parseDict(cursor: Cursor, line: number): Expression {
  const entries: [Expression, Expression][] = [];
  while (!cursor.take('}')) {
    const key = parseExpression(cursor);
    if (key.kind !== 'star') {
      if (cursor.take(':')) entries.push([key, parseExpression(cursor)]);
      else entries.push([key, key]);
    }
    if (!cursor.take(',') && !isText(cursor.peek(), '}')) cursor.expect('}');
  }
  return { kind: 'dict', entries, line };
}
