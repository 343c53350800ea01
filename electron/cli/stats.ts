import colors from 'picocolors';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { COST_COLUMN_NAMES, COST_COLUMNS, costTable, sortedCosts, type CostColumn, type CostRow } from '../../shared/infer/costTable';
import { costsAsCsv, costsAsMarkdown } from '../../shared/infer/costText';
import { activationMemory } from '../../shared/infer/memory';
import { lastLocal } from '../../shared/infer/reach';
import { fieldInWords, strideInWords } from '../../shared/infer/reachInWords';
import { loadDocument } from './documents';
import { grouped, print, printJson, table, type ExitCode } from './output';

interface StatsOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly markdown?: boolean;
  readonly sort?: string;
  readonly blocks?: boolean;
}

/** `skipwire stats FILE`: every layer with its shape, cost, memory and receptive field, and the totals. */
export async function stats(path: string, options: StatsOptions): Promise<ExitCode> {
  const { analysis } = await loadDocument(path);
  const all = costTable(analysis).filter(({ kind }) => options.blocks === true || kind === 'layer');
  const column = options.sort as CostColumn | undefined;
  const rows = column === undefined ? all : sortedCosts(all, column, COST_COLUMNS[column].unit === 'words' ? 'ascending' : 'descending');
  if (options.json) printJson({ file: path, layers: rows, totals: { ...analysis.totals, ...furtherTotals(analysis) } });
  else if (options.csv) print(costsAsCsv(rows));
  else if (options.markdown) print(costsAsMarkdown(rows));
  else printTable(rows, analysis);
  return 0;
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

function printTable(rows: readonly CostRow[], analysis: NetworkAnalysis): void {
  print(
    table([
      COST_COLUMN_NAMES.map((column) => COST_COLUMNS[column].title),
      ...rows.map((row) => COST_COLUMN_NAMES.map((column) => row[column] ?? '?')),
    ]),
  );
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
