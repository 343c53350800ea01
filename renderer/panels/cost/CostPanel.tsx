import { ChevronDown, Table2 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { COST_COLUMNS, costTable, sortedCosts, type CostColumn, type CostRow, type Direction } from '../../../shared/infer/costTable';
import { costsAsCsv, costsAsMarkdown } from '../../../shared/infer/costText';
import { copyAndTell } from '../../commands/copying';
import { runCommand } from '../../commands/commands';
import { fileName } from '../../commands/saving';
import { download } from '../../host/download';
import { useDocument } from '../../state/document';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Menu } from '../../ui/Menu';
import type { MenuItem } from '../../ui/menuItem';
import { RadioSegments } from '../../ui/RadioSegments';
import { HeatChoice } from '../heat/HeatChoice';
import { CostTable, type Sorting } from './CostTable';

const PARTS = [
  { value: 'layers', label: 'Layers' },
  { value: 'blocks', label: 'Blocks' },
  { value: 'both', label: 'Both' },
] as const;
type Part = (typeof PARTS)[number]['value'];

/** What every layer and block costs, in a table to sort, to copy and to walk the network by. */
export function CostPanel() {
  const analysis = useDeferredValue(useDocument((state) => state.analysis));
  const [part, setPart] = useState<Part>('layers');
  const [sorting, setSorting] = useState<Sorting>();
  const all = useMemo(() => costTable(analysis), [analysis]);
  const hasBlocks = all.some(({ kind }) => kind === 'block');
  const rows = useMemo(() => shownRows(all, hasBlocks ? part : 'layers', sorting), [all, hasBlocks, part, sorting]);
  if (all.length === 0) {
    return (
      <EmptyState
        icon={<Table2 size="1.375rem" aria-hidden />}
        title="No layers yet"
        action={<Button onClick={() => runCommand('graph.addLayer')}>Add a layer…</Button>}
      >
        Parameters, operations, memory and receptive field of every layer will be listed here.
      </EmptyState>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-3 py-1.5">
        {hasBlocks && <RadioSegments label="Rows" value={part} options={PARTS} onChange={(value) => setPart(value as Part)} />}
        <span className="ml-auto text-sm text-secondary">Colour the canvas by</span>
        <div className="flex w-52">
          <HeatChoice />
        </div>
        <Menu
          trigger={<Button icon={<ChevronDown size="0.875rem" aria-hidden />}>Copy or save</Button>}
          items={() => waysOut(rows)}
          align="end"
        />
      </div>
      <CostTable rows={rows} totals={analysis.totals} sorting={sorting} onSort={(column) => setSorting(nextSorting(sorting, column))} />
    </div>
  );
}

function shownRows(all: readonly CostRow[], part: Part, sorting: Sorting | undefined): readonly CostRow[] {
  const rows = part === 'both' ? all : all.filter(({ kind }) => kind === (part === 'layers' ? 'layer' : 'block'));
  return sorting ? sortedCosts(rows, sorting.column, sorting.direction) : rows;
}

/** The first press sorts the way that is wanted most: numbers from the largest; the third one gives the network's order back. */
function nextSorting(sorting: Sorting | undefined, column: CostColumn): Sorting | undefined {
  const first: Direction = COST_COLUMNS[column].unit === 'words' ? 'ascending' : 'descending';
  if (sorting?.column !== column) return { column, direction: first };
  return sorting.direction === first ? { column, direction: first === 'ascending' ? 'descending' : 'ascending' } : undefined;
}

function waysOut(rows: readonly CostRow[]): readonly MenuItem[] {
  return [
    { kind: 'item', label: 'Copy as Markdown', onSelect: () => void copyAndTell(costsAsMarkdown(rows), 'The table') },
    { kind: 'item', label: 'Copy as CSV', onSelect: () => void copyAndTell(costsAsCsv(rows), 'The table') },
    { kind: 'separator' },
    { kind: 'item', label: 'Save as Markdown…', onSelect: () => download(costsAsMarkdown(rows), fileName('costs.md'), 'text/markdown') },
    { kind: 'item', label: 'Save as CSV…', onSelect: () => download(costsAsCsv(rows), fileName('costs.csv'), 'text/csv') },
  ];
}
