import { formatDim, isKnown } from '../graph/dim';
import type { MismatchReport, Problem, Repair } from '../graph/problem';
import { formatShape } from '../graph/tensor';
import { costInWords } from './cost';
import { axesInQuestion, pathLabels, pathRoles, sizesInQuestion, type PathRole } from './mismatch';
import type { Suspect } from './suspects';

/** The same text in the terminal, for a screen reader and on the clipboard. */
export function formatProblem(problem: Problem, repairs: readonly Repair[] = [], suspects: readonly Suspect[] = []): string {
  const lines = [`${problem.message}  [${problem.code}]`];
  const need = needInWords(problem);
  if (need) lines.push(`  ${need}`);
  if (problem.mismatch)
    lines.push(
      '',
      ...indent(mismatchTable(problem.mismatch)),
      '',
      ...indent(`Where they part: ${problem.mismatch.cause}`),
      ...partLines(problem.mismatch),
    );
  if (suspects.length > 0) lines.push(`  Probably at fault: ${suspectsInWords(suspects)}.`);
  if (problem.instances) lines.push(`  The same in ${problem.instances.map(({ path }) => path).join(', ')}.`);
  if (repairs.length > 0) lines.push('', '  Repairs:', ...repairLines(repairs));
  if (problem.blocked.length > 0)
    lines.push(
      problem.blocked.length === 1
        ? '  Because of this the shape of 1 layer below is unknown.'
        : `  Because of this the shapes of ${problem.blocked.length} layers below are unknown.`,
    );
  return lines.join('\n');
}

/** What a merge asks of its inputs, for who meets it the first time; undefined of other problems. */
export function needInWords({ code, mismatch }: Problem): string | undefined {
  if (!mismatch) return undefined;
  if (code.startsWith('shape/concatenate-')) return 'Its inputs are joined along one axis; along all others they must be equally large.';
  if (code.startsWith('shape/dot-'))
    return 'It multiplies along one axis of each input and sums up, so these two axes must be equally long.';
  if (code === 'shape/attention-channels') return 'Each query is multiplied with each key, so both must have as many channels.';
  if (code === 'shape/attention-steps') return 'Each key stands for one value, so there must be as many of both.';
  if (code === 'shape/attention-unproven') return 'Queries and keys must have as many channels, keys and values as many steps.';
  return 'Its inputs are put together number by number, so they must have the same shape.';
}

/** `conv2a, or else the wire from image into add2`. */
export function suspectsInWords(suspects: readonly Suspect[]): string {
  return suspects.map(({ name }) => name).join(', or else ');
}

/** `    conv2a  height and width  56 → ⌊(56 + 2·1 − 3)/2⌋ + 1 = 28` */
function partLines({ paths }: MismatchReport): string[] {
  return paths.flatMap(({ parts }) => parts.map(({ path, axes, arithmetic }) => `    ${path}: ${axes} ${arithmetic}`));
}

/** Titles and costs in two columns. */
function repairLines(repairs: readonly Repair[]): string[] {
  const width = Math.min(90, Math.max(...repairs.map(({ title }) => title.length)));
  return repairs.map(
    ({ title, cost, reveals }, index) =>
      `  ${String(index + 1).padStart(2)}  ${title.padEnd(width)}  ${costInWords(cost)}${reveals.length > 0 ? `  (${reveals.length} below ${reveals.length === 1 ? 'comes' : 'come'} to light)` : ''}`,
  );
}

/** One row an input, one column an axis (the batch left out), and the ratio in the last row where it is whole. */
export interface MismatchCells {
  readonly axes: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly role: PathRole;
    readonly from: string;
    readonly cells: readonly string[];
    /** Of this row's cells: a row may have axes of its own in question. */
    readonly differing: readonly boolean[];
  }[];
  /** `×½`, `×2`, `−1`; empty where the axis agrees. Undefined where none can be said. */
  readonly ratios: readonly string[] | undefined;
}

export function mismatchCells(mismatch: MismatchReport): MismatchCells {
  const [roles, labels] = [pathRoles(mismatch.paths), pathLabels(mismatch.paths)];
  // Of values with other numbers of axes there are no columns to put them under.
  const isOfRanks = mismatch.axes.length === 0;
  const axes = isOfRanks ? ['shape'] : mismatch.axes.slice(1);
  const ratios = axes.map((_, index) => (mismatch.differing.includes(index + 1) ? ratio(mismatch, index + 1) : ''));
  return {
    axes,
    rows: mismatch.rows.map((row, index) => ({
      label: labels[index] ?? `input ${index + 1}`,
      role: roles[index] ?? 'other',
      from: mismatch.paths[index]?.fromPath ?? '',
      cells: isOfRanks ? [formatShape(row.shape)] : row.shape.slice(1).map(formatDim),
      differing: isOfRanks ? [true] : row.shape.slice(1).map((_, axis) => axesInQuestion(mismatch, row).includes(axis + 1)),
    })),
    ratios: ratios.some((text) => text !== '') ? ratios : undefined,
  };
}

/** From the shortcut (or the second row) to the main path: `×½` where the main path is half as large. */
function ratio(mismatch: MismatchReport, axis: number): string {
  const main = Math.max(pathRoles(mismatch.paths).indexOf('main'), 0);
  const other = main === 0 ? 1 : 0;
  const sizes = sizesInQuestion(mismatch)[mismatch.differing.indexOf(axis)];
  const [a, b] = [sizes?.[main], sizes?.[other]];
  if (a === undefined || b === undefined || !isKnown(a) || !isKnown(b) || a < 1 || b < 1 || a === b) return '';
  if (a % b === 0) return `×${a / b}`;
  if (b % a === 0) return b / a === 2 ? '×½' : `×1/${b / a}`;
  return a > b ? `+${a - b}` : `−${b - a}`;
}

function mismatchTable(mismatch: MismatchReport): string {
  const { axes, rows, ratios } = mismatchCells(mismatch);
  const table = [['', '', ...axes], ...rows.map((row) => [row.label, row.from, ...row.cells]), ...(ratios ? [['', '', ...ratios]] : [])];
  const widths = (table[0] as string[]).map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table
    .map((row) =>
      row
        .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function indent(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}
