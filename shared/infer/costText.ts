import { COST_COLUMN_NAMES, COST_COLUMNS, type CostColumn, type CostRow } from './costTable';

/**
 * Rows as comma-separated values, with a line of the columns' names.
 *
 * @see RFC 4180; a cell that a spreadsheet would compute gets an apostrophe before it.
 */
export function costsAsCsv(rows: readonly CostRow[]): string {
  const cell = (value: string | number | null) => {
    const text = String(value ?? '');
    const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  return [COST_COLUMN_NAMES, ...rows.map((row) => COST_COLUMN_NAMES.map((column) => row[column]))]
    .map((line) => line.map(cell).join(','))
    .join('\n');
}

/** Rows as a table of Markdown, numbers to the right. */
export function costsAsMarkdown(rows: readonly CostRow[]): string {
  const cell = (value: string | number | null) =>
    value === null
      ? '?'
      : typeof value === 'number'
        ? value.toLocaleString('en')
        : value.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const isNumber = (column: CostColumn) => COST_COLUMNS[column].unit !== 'words';
  return [
    line(COST_COLUMN_NAMES.map((column) => COST_COLUMNS[column].title)),
    line(COST_COLUMN_NAMES.map((column) => (isNumber(column) ? '--:' : '---'))),
    ...rows.map((row) => line(COST_COLUMN_NAMES.map((column) => cell(row[column])))),
  ].join('\n');
}
