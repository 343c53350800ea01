import { cursorOver, isText, nameOf, parseArguments, parseExpression, parseExpressions, parseTarget, type Cursor } from './expressions';
import type { Expression, Parameter, Statement } from './syntax';
import { PythonError } from './syntax';
import { tokenize } from './tokens';

const AUGMENTED = /^(\+|-|\*|\/|\/\/|%|@|\*\*|&|\||\^)=$/;
/** Lines that are read over: they say nothing of the network. */
const PASSED = new Set(['import', 'from', 'pass', 'assert', 'del', 'global', 'nonlocal', 'raise', 'break', 'continue']);

/** The statements of a text. Throws `PythonError`, which names the line. */
export function parsePython(source: string): readonly Statement[] {
  const { tokens, open } = tokenize(source);
  const cursor = cursorOver(tokens);
  const statements: Statement[] = [];
  try {
    while (cursor.peek().kind !== 'end') statements.push(...parseLine(cursor));
  } catch (error) {
    // What is wrong before the end is told first; at the end it is the bracket.
    const isAtEnd = error instanceof PythonError && error.line >= (tokens.at(-1)?.line ?? 0);
    if (open && isAtEnd) throw new PythonError(open.line, `The “${open.opener}” is never closed.`);
    throw error;
  }
  return statements;
}

/** A line may hold several statements between semicolons. What is indented for no reason was copied that way. */
function parseLine(cursor: Cursor): readonly Statement[] {
  const { kind } = cursor.peek();
  if (kind === 'newline' || kind === 'indent' || kind === 'dedent') {
    cursor.next();
    return [];
  }
  return [cursor.nested(() => parseStatement(cursor))];
}

function parseStatement(cursor: Cursor): Statement {
  const { line, text, kind } = cursor.peek();
  if (cursor.take('@')) {
    parseExpression(cursor);
    return { kind: 'nothing', line };
  }
  if (kind === 'name') {
    const compound = parseCompound(cursor, text, line);
    if (compound) return compound;
    if (PASSED.has(text)) {
      skipLine(cursor);
      return { kind: 'nothing', line };
    }
  }
  return parseSimple(cursor, line);
}

function parseCompound(cursor: Cursor, word: string, line: number): Statement | undefined {
  switch (word) {
    case 'class':
      return parseClass(cursor, line);
    case 'async':
      cursor.next();
      return parseStatement(cursor);
    case 'def':
      return parseFunction(cursor, line);
    case 'for':
      return parseFor(cursor, line);
    case 'if':
      return parseIf(cursor, line);
    case 'with':
    case 'while':
    case 'try':
    case 'except':
    case 'finally':
      return parseOther(cursor, word, line);
    case 'return':
      cursor.next();
      return { kind: 'return', value: isEnd(cursor) ? undefined : parseExpressions(cursor), line };
    default:
      return undefined;
  }
}

function isEnd(cursor: Cursor): boolean {
  const token = cursor.peek();
  return token.kind === 'newline' || token.kind === 'end' || isText(token, ';');
}

function skipLine(cursor: Cursor): void {
  while (cursor.peek().kind !== 'newline' && cursor.peek().kind !== 'end') cursor.next();
}

function parseSimple(cursor: Cursor, line: number): Statement {
  const first = parseExpressions(cursor);
  if (cursor.take(':')) parseExpression(cursor);
  const operator = cursor.peek();
  const augmented = operator.kind === 'operator' ? AUGMENTED.exec(operator.text)?.[1] : undefined;
  if (augmented !== undefined) {
    cursor.next();
    const value: Expression = { kind: 'binary', operator: augmented, left: first, right: parseExpressions(cursor), line };
    return ended(cursor, { kind: 'assign', targets: [first], value, line });
  }
  const chain = [first];
  while (cursor.take('=')) chain.push(parseExpressions(cursor));
  const value = chain.at(-1) as Expression;
  return ended(
    cursor,
    chain.length === 1 ? { kind: 'expression', value, line } : { kind: 'assign', targets: chain.slice(0, -1), value, line },
  );
}

function ended(cursor: Cursor, statement: Statement): Statement {
  if (!isEnd(cursor)) cursor.expect('the end of the line');
  cursor.take(';');
  return statement;
}

function parseClass(cursor: Cursor, line: number): Statement {
  cursor.next();
  const name = nameOf(cursor);
  const bases = cursor.take('(') ? parseArguments(cursor) : [];
  return { kind: 'class', name, bases, body: parseBody(cursor), line };
}

function parseFunction(cursor: Cursor, line: number): Statement {
  cursor.next();
  const name = nameOf(cursor);
  cursor.expect('(');
  const parameters = parseParameters(cursor);
  if (cursor.take('->')) parseExpression(cursor);
  return { kind: 'function', name, parameters, body: parseBody(cursor), line };
}

function parseParameters(cursor: Cursor): readonly Parameter[] {
  const parameters: Parameter[] = [];
  while (!cursor.take(')')) {
    if (cursor.take('*') || cursor.take('**') || cursor.take('/')) {
      // `*args` holds what is left over, and is nothing here.
      if (cursor.peek().kind === 'name') cursor.next();
    } else {
      const name = nameOf(cursor);
      if (cursor.take(':')) parseExpression(cursor);
      parameters.push({ name, default: cursor.take('=') ? parseExpression(cursor) : undefined });
    }
    if (!cursor.take(',') && !isText(cursor.peek(), ')')) cursor.expect(')');
  }
  return parameters;
}

function parseFor(cursor: Cursor, line: number): Statement {
  cursor.next();
  const target = parseTarget(cursor);
  cursor.expect('in');
  return { kind: 'for', target, over: parseExpressions(cursor), body: parseBody(cursor), line };
}

function parseIf(cursor: Cursor, line: number): Statement {
  cursor.next();
  const test = parseExpression(cursor);
  const then = parseBody(cursor);
  if (isText(cursor.peek(), 'elif')) return { kind: 'if', test, then, otherwise: [parseIf(cursor, cursor.peek().line)], line };
  return { kind: 'if', test, then, otherwise: cursor.take('else') ? parseBody(cursor) : [], line };
}

/** `with …:` runs as it stands. */
function parseOther(cursor: Cursor, word: string, line: number): Statement {
  while (!isText(cursor.peek(), ':') && !isEnd(cursor)) cursor.next();
  const body = parseBody(cursor);
  return word === 'with' || word === 'try' ? { kind: 'block', body, line } : { kind: 'nothing', line };
}

/** After the colon: the rest of the line, or the indented lines that follow. */
function parseBody(cursor: Cursor): readonly Statement[] {
  const { line } = cursor.expect(':');
  const statements: Statement[] = [];
  if (cursor.peek().kind !== 'newline') {
    while (!isEnd(cursor) || cursor.take(';')) statements.push(cursor.nested(() => parseStatement(cursor)));
    return statements;
  }
  while (cursor.peek().kind === 'newline') cursor.next();
  if (cursor.peek().kind !== 'indent')
    throw new PythonError(line, 'Nothing is indented after the “:”. If the spaces were lost in copying, put them back.');
  cursor.next();
  for (let depth = 1; depth > 0 && cursor.peek().kind !== 'end';) {
    const { kind } = cursor.peek();
    if (kind === 'dedent') depth -= 1;
    if (kind === 'indent') depth += 1;
    if (kind === 'dedent' || kind === 'indent' || kind === 'newline') cursor.next();
    else statements.push(cursor.nested(() => parseStatement(cursor)));
  }
  return statements;
}
