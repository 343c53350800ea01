import { COST_COLUMN_NAMES, COST_COLUMNS, type CostRow } from './costTable';
import { csvOf, markdownOf } from './tableText';

/** Rows as comma-separated values, with a line of the columns' names. */
export function costsAsCsv(rows: readonly CostRow[]): string {
  return csvOf([COST_COLUMN_NAMES, ...cellsOf(rows)]);
}

/** Rows as a table of Markdown, numbers to the right. */
export function costsAsMarkdown(rows: readonly CostRow[]): string {
  const columns = COST_COLUMN_NAMES.map((column) => COST_COLUMNS[column]);
  return markdownOf(
    columns.map(({ title, unit }) => ({ title, isNumber: unit !== 'words' })),
    cellsOf(rows),
  );
}

function cellsOf(rows: readonly CostRow[]) {
  return rows.map((row) => COST_COLUMN_NAMES.map((column) => row[column]));
}
