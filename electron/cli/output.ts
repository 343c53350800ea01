import colors from 'picocolors';
import { toErrorShape } from '../../shared/rpc/messages';

/** 0: well. 1: the network has problems, or what was asked could not be done. 2: wrong use or a file that cannot be read. */
export type ExitCode = 0 | 1 | 2;

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** An error on standard error: what happened, and how to mend it. */
export function printError(error: unknown): void {
  printFailure(toErrorShape(error));
}

/** The same, of an error that is in its plain form already. */
export function printFailure({ code, message, fix }: ReturnType<typeof toErrorShape>): void {
  process.stderr.write(`${colors.red('error')} ${message} ${colors.dim(`[${code}]`)}\n${fix ? `      ${fix}\n` : ''}`);
}

/** Columns aligned; numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
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
