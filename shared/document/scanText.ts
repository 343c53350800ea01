import { err, ok, type Result } from '../graph/result';
import { documentError, type DocumentError } from './documentError';
import { LIMITS } from './fileForm';

const BACKUP = 'If there is a file with the ending .bak beside it, open that.';

/** From the bytes of a file to JSON, with everything checked that `JSON.parse` would not say well or not survive. */
export function readJson(text: string): Result<unknown, DocumentError> {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const wrong = whatIsWrong(source);
  if (wrong) return err(wrong);
  try {
    return ok(JSON.parse(source));
  } catch (error) {
    return err(jsonError(source, error instanceof Error ? error.message : String(error)));
  }
}

function whatIsWrong(text: string): DocumentError | undefined {
  if (text.trim() === '') return documentError('E_EMPTY', 'The file is empty.', BACKUP);
  if (/^\0+$/.test(text.slice(0, 4096))) return documentError('E_ZEROED', 'The file holds only zeros, as after a power cut.', BACKUP);
  if (text.length > LIMITS.bytes)
    return documentError(
      'E_TOO_BIG',
      `The file has ${text.length.toLocaleString('en')} characters; at most ${LIMITS.bytes.toLocaleString('en')} are read.`,
    );
  if (text.startsWith('\uFFFD\uFFFD') || text.slice(0, 200).includes('\0'))
    return documentError('E_ENCODING', 'The file is not UTF-8 (it looks like UTF-16).', 'Save it as UTF-8.');
  const broken = text.indexOf('\uFFFD');
  if (broken >= 0)
    return documentError('E_ENCODING', `The file is not UTF-8: byte sequence at character ${broken} cannot be read.`, BACKUP);
  const conflict = /^(<{7}|>{7}|={7})( |$)/m.exec(text);
  if (conflict)
    return documentError(
      'E_MERGE',
      `Line ${lineOf(text, conflict.index)} is a mark of a merge conflict.`,
      'Resolve the conflict in your version control, then open the file again.',
    );
  return tooDeep(text);
}

/** Brackets are counted before `JSON.parse` recurses into them. */
function tooDeep(text: string): DocumentError | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) depth -= 1;
    if (depth > LIMITS.depth)
      return documentError('E_TOO_DEEP', `The file is nested more than ${LIMITS.depth} deep, at line ${lineOf(text, index)}.`);
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x5c) index += 1;
    else if (code === 0x22) return index;
  }
  return text.length;
}

function jsonError(text: string, message: string): DocumentError {
  const position = placeIn(message) ?? (isUnfinished(text, message) ? text.length : firstBad(text));
  if (isUnfinished(text, message) || position >= text.trimEnd().length) {
    return documentError('E_TRUNCATED', `The file ends in the middle, after ${text.length.toLocaleString('en')} characters.`, BACKUP);
  }
  const line = lineOf(text, position);
  const column = position - text.lastIndexOf('\n', position - 1);
  return documentError(
    'E_JSON',
    `The file is not JSON: line ${line}, column ${column}.`,
    'Mend that place in a text editor, or open a backup.',
  );
}

/** The place that the engine's message tells; it tells none of most characters that do not belong where they are. */
function placeIn(message: string): number | undefined {
  const place = /position (\d+)/.exec(message)?.[1];
  return place === undefined ? undefined : Number(place);
}

/** Whether nothing is wrong but that more would have to come. */
function isUnfinished(text: string, message: string): boolean {
  return /Unexpected end|Unterminated string/.test(message) || (placeIn(message) ?? 0) >= text.length;
}

/**
 * The first character that cannot be there, by halving: all that ends before it is only unfinished. Read from the last comma that is
 * known to be right, so that each step costs half of the one before and not the whole file.
 */
function firstBad(text: string): number {
  let [low, high] = [0, text.length];
  let start: Start = { at: 0, open: '' };
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBegun(leadTo(start) + text.slice(start.at, middle + 1))) {
      low = middle + 1;
      start = lastComma(text, start, low);
    } else high = middle;
  }
  return low;
}

/** A place right behind a comma, or the beginning, and the brackets that are open there. */
interface Start {
  readonly at: number;
  readonly open: string;
}

/** The last such place up to an end before which nothing is wrong. */
function lastComma(text: string, start: Start, end: number): Start {
  let found = start;
  let { open } = start;
  for (let index = start.at; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x5b || code === 0x7b) open += text.charAt(index);
    else if (code === 0x5d || code === 0x7d) open = open.slice(0, -1);
    else if (code === 0x2c) found = { at: index + 1, open };
  }
  return found;
}

/** The shortest text that leads to such a place. */
function leadTo({ open }: Start): string {
  if (open === '') return '';
  const around = [...open.slice(0, -1)].map((bracket) => (bracket === '{' ? '{"":' : '['));
  return `${around.join('')}${open.endsWith('{') ? '{"":0,' : '[0,'}`;
}

function isBegun(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return isUnfinished(text, error instanceof Error ? error.message : '');
  }
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
