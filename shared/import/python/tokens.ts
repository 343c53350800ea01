import { LIMITS, PythonError } from './syntax';

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'newline' | 'indent' | 'dedent' | 'end';
  /** As written; a string without its quotes. */
  readonly text: string;
  readonly line: number;
  /** A string into which values are put: `f'conv{i}'`. */
  readonly isFormatted?: true;
}

const NUMBER = /(?:0[xX][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
/** Word processors and blogs make curly quotes of straight ones. */
const STRING = /[rRbBuUfF]{0,2}("""|'''|"|'|[“”]|[‘’])/y;
const CURLY: Readonly<Record<string, string>> = { '“': '“”', '”': '“”', '‘': '‘’', '’': '‘’' };
const OPERATOR = /\*\*=|\/\/=|->|:=|\*\*|\/\/|==|!=|<=|>=|<<|>>|[+\-*/%@&|^]=|[-+*/%@&|^~<>=()[\]{},:.;]/y;
const SPACE = /[ \t\f]+|#[^\n]*|\\\n/y;
/** Prompts of an interactive session, as manuals print them. */
const PROMPT = /^[ \t]*(?:>>>|\.\.\.)(?: |$)/gm;
/** What is around code in Markdown. */
const FENCE = /^[ \t]*(?:```|~~~)[^\n]*$/gm;

/** Tokens, and the bracket that is never closed, if there is one. */
interface Tokens {
  readonly tokens: readonly Token[];
  readonly open: Bracket | undefined;
}

interface Bracket {
  readonly opener: string;
  readonly line: number;
}

/** Python's tokens with indentation; what is in brackets is one line. Throws `PythonError` with the line. */
export function tokenize(source: string): Tokens {
  if (source.length > LIMITS.characters)
    throw new PythonError(1, `The text has ${source.length} characters. At most ${LIMITS.characters} are read.`);
  const text = source.replaceAll(/\r\n?/g, '\n').replaceAll(FENCE, '').replaceAll(PROMPT, '').replaceAll('\u00a0', ' ');
  const tokens: Token[] = [];
  const indents = [0];
  const brackets: Bracket[] = [];
  let at = 0;
  let line = 1;
  let isLineStart = true;

  const push = (kind: Token['kind'], written: string, isFormatted = false) => {
    tokens.push({ kind, text: written, line, ...(isFormatted ? { isFormatted } : {}) });
    if (tokens.length > LIMITS.tokens) throw new PythonError(line, `The text is too long: more than ${LIMITS.tokens} words.`);
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined || found === '') return undefined;
    at += found.length;
    return found;
  };

  function indent(): void {
    const width = widthOf(match(/[ \t]+/y) ?? '');
    isLineStart = false;
    const next = text[at];
    if (next === undefined || next === '\n' || next === '#') return;
    if (width > (indents.at(-1) ?? 0)) {
      if (indents.length > LIMITS.depth) throw new PythonError(line, 'The lines are nested too deeply.');
      indents.push(width);
      push('indent', '');
    }
    for (; width < (indents.at(-1) ?? 0); indents.pop()) push('dedent', '');
  }

  function newline(): void {
    at += 1;
    if (brackets.length === 0 && tokens.at(-1)?.kind !== 'newline') push('newline', '');
    isLineStart = brackets.length === 0;
    line += 1;
  }

  function string(): boolean {
    const found = stringAt(text, at);
    if (found === 'open') throw new PythonError(line, 'A text in quotes is never closed.');
    if (!found) return false;
    push('string', unescaped(found.content), found.isFormatted);
    line += found.content.split('\n').length - 1;
    at = found.end;
    return true;
  }

  function word(): void {
    const number = match(NUMBER);
    if (number !== undefined) return push('number', number.replaceAll('_', ''));
    const name = match(NAME);
    if (name !== undefined) return push('name', name);
    const operator = match(OPERATOR);
    if (operator === undefined) throw new PythonError(line, `“${String.fromCodePoint(text.codePointAt(at) ?? 63)}” was not expected.`);
    bracket(operator, brackets, line);
    push('operator', operator);
  }

  while (at < text.length) {
    if (isLineStart) indent();
    else if (text[at] === '\n') newline();
    else {
      const space = match(SPACE);
      if (space?.startsWith('\\')) line += 1;
      if (space === undefined && !string()) word();
    }
  }
  push('newline', '');
  for (const width of indents) if (width > 0) push('dedent', '');
  push('end', '');
  return { tokens, open: brackets.at(-1) };
}

function widthOf(space: string): number {
  return [...space].reduce((sum, character) => (character === '\t' ? (Math.floor(sum / 8) + 1) * 8 : sum + 1), 0);
}

/** A text in quotes that begins here; `open` where it does not end. */
function stringAt(
  text: string,
  at: number,
): { readonly content: string; readonly end: number; readonly isFormatted: boolean } | 'open' | undefined {
  STRING.lastIndex = at;
  const opening = STRING.exec(text);
  const quote = opening?.[1];
  if (!opening || quote === undefined) return undefined;
  const start = at + opening[0].length;
  let end = start;
  const isEnd = () => CURLY[quote]?.includes(text.charAt(end)) ?? text.startsWith(quote, end);
  while (end < text.length && !isEnd()) {
    if (quote.length === 1 && text[end] === '\n') return 'open';
    end += text[end] === '\\' ? 2 : 1;
  }
  return end < text.length ? { content: text.slice(start, end), end: end + quote.length, isFormatted: /f/i.test(opening[0]) } : 'open';
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function bracket(operator: string, brackets: Bracket[], line: number): void {
  if (Object.hasOwn(CLOSERS, operator)) brackets.push({ opener: operator, line });
  if (brackets.length > LIMITS.depth) throw new PythonError(line, 'The brackets are nested too deeply.');
  if (!')]}'.includes(operator)) return;
  const open = brackets.pop();
  if (!open) throw new PythonError(line, `“${operator}” closes nothing.`);
  if (CLOSERS[open.opener] !== operator)
    throw new PythonError(
      line,
      `“${operator}” does not close the “${open.opener}” of line ${open.line}. Expected “${CLOSERS[open.opener]}”.`,
    );
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\\'"nt])/g, (_, character: string) => ({ n: '\n', t: '\t' })[character] ?? character);
}
