import type { Statement } from './python/syntax';
import { LIMITS, PythonError } from './python/syntax';
import { parsePython } from './python/statements';
import type { Note } from './run/run';

/**
 * The code in a text as it was copied from a page: Markdown around it, prompts of a notebook, numbers of lines. Every line keeps its
 * number, so that what is told of a line is told of the line that the reader sees.
 */
export function codeOf(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n');
  return withoutNumbers(insideFences(lines).map(withoutPrompt)).join('\n');
}

const FENCE = /^[ \t]*(?:```|~~~)/;

/** Only what stands between fences, where there are pairs of them; sentences may hold anything. */
function insideFences(lines: readonly string[]): readonly string[] {
  if (lines.filter((line) => FENCE.test(line)).length < 2) return lines;
  let isInside = false;
  return lines.map((line) => {
    const isFence = FENCE.test(line);
    if (isFence) isInside = !isInside;
    return isInside && !isFence ? line : '';
  });
}

/** `In [3]:` and `Out[3]: …` of a notebook, `%matplotlib inline`, `!pip install`. */
function withoutPrompt(line: string): string {
  if (/^\s*(?:Out ?\[\d*\]:|[%!]\w)/.test(line)) return '';
  return line.replace(/^\s*In ?\[[\d* ]*\]:\s?/, '');
}

/** The fewest lines of which each beginning with its number is no accident. */
const FEWEST_NUMBERED = 3;

function withoutNumbers(lines: readonly string[]): readonly string[] {
  const written = lines.filter((line) => line.trim() !== '');
  const numbers = written.map((line) => Number(/^\s*(\d+)(?=[ \t.:|]|$)/.exec(line)?.[1] ?? NaN));
  const isCounted = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] as number));
  if (written.length < FEWEST_NUMBERED || numbers.some(Number.isNaN) || !isCounted) return lines;
  return lines.map((line) => line.replace(/^\s*\d+[.:|]?(?:[ \t]|$)/, ''));
}

/** So many characters may be looked at again and again for lines that are none of the code. */
const MOST_LOOKED_AT = 4_000_000;

/**
 * The statements of a text. A line that is no Python and makes no layer – a heading, a sentence, what a program printed – is left out and
 * told; `isCode` says which lines are not to be left out. Throws `PythonError` for those.
 */
export function statementsOf(
  code: string,
  isCode: (line: string) => boolean,
): { readonly statements: readonly Statement[]; readonly notes: readonly Note[] } {
  const lines = code.split('\n');
  const left: number[] = [];
  for (let looked = 0; ; looked += code.length) {
    try {
      return { statements: parsePython(lines.join('\n')), notes: notesOf(left) };
    } catch (error) {
      if (!(error instanceof PythonError) || looked > MOST_LOOKED_AT || code.length > LIMITS.characters) throw error;
      const line = lines[error.line - 1];
      if (line === undefined || line.trim() === '' || isCode(line)) throw error;
      lines[error.line - 1] = '';
      left.push(error.line);
    }
  }
}

/** One note for all of them: what the layers are is told, not what was around them. */
function notesOf(left: readonly number[]): readonly Note[] {
  const lines = [...left].toSorted((a, b) => a - b);
  const [first] = lines;
  if (first === undefined) return [];
  const starts = lines.filter((line, index) => lines[index - 1] !== line - 1);
  const parts = starts.map((line, index) => {
    const last = lines.findLast((other) => other < (starts[index + 1] ?? Infinity)) ?? line;
    return last === line ? `${line}` : `${line}–${last}`;
  });
  if (lines.length === 1) return [{ line: first, text: 'This is no code and is left out.' }];
  const shown = parts.length > MOST_PARTS ? [...parts.slice(0, MOST_PARTS), '…'] : parts;
  return [{ line: first, text: `This is no code and is left out, and so are others: lines ${shown.join(', ')}.` }];
}

const MOST_PARTS = 8;
