type TableCell = string | number | null;

/**
 * Lines of cells as comma-separated values; nothing stands for what is unknown.
 *
 * @see RFC 4180; a cell that a spreadsheet would compute gets an apostrophe before it.
 */
export function csvOf(lines: readonly (readonly TableCell[])[]): string {
  return lines.map((line) => line.map(csvCell).join(',')).join('\n');
}

function csvCell(value: TableCell): string {
  const text = String(value ?? '');
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The same as a table of Markdown; `?` stands for what is unknown. */
export function markdownOf(
  columns: readonly { readonly title: string; readonly isNumber: boolean }[],
  lines: readonly (readonly TableCell[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ isNumber }) => (isNumber ? '--:' : '---'))),
    ...lines.map((cells) => line(cells.map(markdownCell))),
  ].join('\n');
}

function markdownCell(value: TableCell): string {
  if (value === null) return '?';
  return typeof value === 'number' ? value.toLocaleString('en') : value.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
}
