import colors from 'picocolors';
import { toErrorShape } from '../../shared/rpc/messages';

/** 0: well. 1: the network has problems, or what was asked could not be done. 2: wrong use or a file that cannot be read. */
export type ExitCode = 0 | 1 | 2;

export function print(text: string): void {
  process.stdout.write(`${harmless(text)}\n`);
}

/** All control characters but line breaks, tabs and the beginning of a colour, and those that turn the direction of what follows. */
const COMMANDS = /\u001b(?!\[[\d;]*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A terminal obeys what a file says in its ids and kinds, unless that is taken out. */
function harmless(text: string): string {
  return text.replace(COMMANDS, '\uFFFD');
}

/**
 * The same data with every text on one line: names come from documents, and what begins a line is a command to the log of a workflow
 * (`::error::`).
 */
export function onOneLine<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'string' ? each.replace(/[\r\n\u0085\u2028\u2029]/g, '\uFFFD') : each,
  ) as T;
}

/** JSON escapes most control characters by itself; the others are too, so that what is read from it is what was written. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(value, null, 2);
  print(text.replace(COMMANDS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

/** An error on standard error: what happened, and how to mend it. */
export function printError(error: unknown): void {
  printFailure(toErrorShape(error));
}

/** The same, of an error that is in its plain form already. */
export function printFailure({ code, message, fix }: ReturnType<typeof toErrorShape>): void {
  process.stderr.write(harmless(`${colors.red('error')} ${message} ${colors.dim(`[${code}]`)}\n${fix ? `      ${fix}\n` : ''}`));
}

/** Columns aligned, each row on one line; numbers to the right. */
export function table(cells: readonly (readonly (string | number)[])[]): string {
  const rows = cells.map((row) => row.map((cell) => (typeof cell === 'number' ? cell : onOneLine(cell))));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => align(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function align(cell: string | number, width: number): string {
  return typeof cell === 'number' ? grouped(cell).padStart(width) : cell.padEnd(width);
}

/** `73,728`. */
export function grouped(value: number): string {
  return value.toLocaleString('en');
}
