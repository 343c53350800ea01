import colors from 'picocolors';
import { formatShape } from '../../shared/graph/tensor';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { activationMemory, intensityOf, memoryOf } from '../../shared/infer/memory';
import { lastLocal, receptiveField } from '../../shared/infer/reach';
import { fieldInWords, strideInWords } from '../../shared/infer/reachInWords';
import { findLayer } from '../../shared/layers/index';
import { loadDocument } from './documents';
import { grouped, print, printJson, table, type ExitCode } from './output';

interface StatsOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly markdown?: boolean;
  readonly sort?: string;
}

/** What there is to know of one layer; null where it is unknown. Memory is in bytes of one sample. */
interface Row {
  readonly name: string;
  readonly layer: string;
  readonly output: string;
  readonly parameters: number | null;
  readonly macs: number | null;
  readonly memory: number | null;
  readonly kept: number | null;
  readonly intensity: number | null;
  readonly field: string;
  readonly stride: string;
}

const TITLES: Readonly<Record<keyof Row, string>> = {
  name: 'name',
  layer: 'layer',
  output: 'output',
  parameters: 'parameters',
  macs: 'MACs',
  memory: 'memory',
  kept: 'kept',
  intensity: 'ops/byte',
  field: 'field',
  stride: 'stride',
};
const COLUMNS = Object.keys(TITLES) as readonly (keyof Row)[];

/** Columns by which the table can be sorted, as they are typed. */
export const STATS_COLUMNS: readonly string[] = COLUMNS;

/** `skipwire stats FILE`: every layer with its shape, cost, memory and receptive field, and the totals. */
export async function stats(path: string, options: StatsOptions): Promise<ExitCode> {
  const { analysis } = await loadDocument(path);
  const rows = sorted(
    analysis.order.map((layer) => rowOf(analysis, layer)),
    options.sort as keyof Row | undefined,
  );
  if (options.json) printJson({ file: path, layers: rows, totals: { ...analysis.totals, ...furtherTotals(analysis) } });
  else if (options.csv) print(csv(rows));
  else if (options.markdown) print(markdown(rows));
  else printTable(rows, analysis);
  return 0;
}

function rowOf(analysis: NetworkAnalysis, path: string): Row {
  const node = analysis.flat.nodes.get(path);
  const known = analysis.nodes.get(path);
  const output = Object.values(known?.outputs ?? {})
    .map((type) => formatShape(type.shape))
    .join(', ');
  const memory = memoryOf(analysis, path);
  const intensity = intensityOf(analysis, path);
  const field = receptiveField(analysis, path);
  return {
    name: node?.name ?? path,
    layer: findLayer(node?.type ?? '')?.title ?? node?.type ?? '',
    output: output || '–',
    parameters: known?.parameters ?? null,
    macs: known?.macs ?? null,
    memory: memory?.result ?? null,
    kept: memory?.kept ?? null,
    intensity: intensity === undefined ? null : Number(intensity.toPrecision(3)),
    field: field === undefined ? '–' : fieldInWords(field),
    stride: field === undefined || field === 'whole' ? '–' : strideInWords(field),
  };
}

/** Numbers from the largest on, unknown ones last; words by the alphabet; equal ones stay in the network's order. */
function sorted(rows: readonly Row[], column: keyof Row | undefined): readonly Row[] {
  if (column === undefined) return rows;
  return rows.toSorted((a, b) => {
    const [x, y] = [a[column], b[column]];
    if (typeof x === 'string' && typeof y === 'string') return x.localeCompare(y, 'en', { numeric: true });
    return Number(y ?? -1) - Number(x ?? -1);
  });
}

function furtherTotals(analysis: NetworkAnalysis) {
  const memory = activationMemory(analysis);
  const last = lastLocal(analysis);
  return {
    peakMemory: memory?.peak ?? null,
    keptForTraining: memory?.training ?? null,
    receptiveField: last ? { layer: analysis.nodes.get(last.path)?.name ?? last.path, ...last.field } : null,
  };
}

/** @see RFC 4180; a cell that a spreadsheet would compute gets an apostrophe before it. */
function csv(rows: readonly Row[]): string {
  const cell = (value: string | number | null) => {
    const text = String(value ?? '');
    const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))].map((line) => line.map(cell).join(',')).join('\n');
}

function markdown(rows: readonly Row[]): string {
  const cell = (value: string | number | null) =>
    value === null ? '?' : typeof value === 'number' ? grouped(value) : value.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const isNumber = (column: keyof Row) => rows.some((row) => typeof row[column] === 'number');
  return [
    line(COLUMNS.map((column) => TITLES[column])),
    line(COLUMNS.map((column) => (isNumber(column) ? '--:' : '---'))),
    ...rows.map((row) => line(COLUMNS.map((column) => cell(row[column])))),
  ].join('\n');
}

function printTable(rows: readonly Row[], analysis: NetworkAnalysis): void {
  print(table([COLUMNS.map((column) => TITLES[column]), ...rows.map((row) => COLUMNS.map((column) => row[column] ?? '?'))]));
  const { parameters, trainableParameters, macs, weightBytes, leftOut } = analysis.totals;
  print('');
  print(
    `${grouped(parameters)} parameters (${grouped(trainableParameters)} trainable), ${grouped(macs)} MACs a sample, ${kibibytes(weightBytes)} of weights`,
  );
  const memory = activationMemory(analysis);
  const last = lastLocal(analysis);
  if (memory)
    print(
      `Results of layers, one sample: at most ${kibibytes(memory.peak)} at once in inference, ${kibibytes(memory.training)} kept for training`,
    );
  if (last)
    print(
      `Receptive field ${fieldInWords(last.field)}, stride ${strideInWords(last.field)} (${analysis.nodes.get(last.path)?.name ?? last.path})`,
    );
  if (leftOut > 0) print(colors.yellow(`Left out: ${leftOut} layers of which something is unknown. Run "skipwire check" to see why.`));
}

function kibibytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
