import { create } from 'zustand';
import type { NetworkAnalysis, NodePath } from '../../shared/infer/analysis';
import { COST_COLUMNS, costTable, type CostColumn, type CostRow } from '../../shared/infer/costTable';
import { heatOf, type HeatValue } from '../../shared/infer/heat';
import { receptiveField } from '../../shared/infer/reach';
import { formatBytes, formatLarge } from '../ui/numbers';
import { useDocument } from './document';

/** Something of layers and blocks by which the canvas can be coloured: computed, or measured in a run. */
export interface HeatSource {
  readonly id: string;
  /** `MACs`, `measured time of a step`. */
  readonly title: string;
  readonly meaning: string;
  /** By path of layers and blocks in the expanded network; what is not known is left out. Asked after edits, while it is shown. */
  measure(analysis: NetworkAnalysis): ReadonlyMap<NodePath, HeatValue>;
  /** Whether it was taken of another network than this one; left out of what is computed anew after each edit. */
  isOld?(analysis: NetworkAnalysis): boolean;
}

interface HeatState {
  readonly sources: readonly HeatSource[];
  readonly shown: HeatSource | null;
  readonly values: ReadonlyMap<NodePath, HeatValue>;
  /** What is shown was taken before the network was changed. */
  readonly isOld: boolean;
  /** Colours the canvas by this source; null: not at all. */
  choose(id: string | null): void;
  /** Adds a source, or puts it in the place of the one with its id. */
  offer(source: HeatSource): void;
  withdraw(id: string): void;
}

const costs: readonly HeatSource[] = [
  cost('parameters', 'Parameters', formatLarge),
  cost('macs', 'MACs', formatLarge),
  cost('memory', 'Memory of the result', formatBytes),
  cost('kept', 'Memory kept for training', formatBytes),
  cost('intensity', 'Operations a byte', (value) => value.toPrecision(3)),
  {
    id: 'field',
    title: 'Receptive field',
    meaning: COST_COLUMNS.field.meaning,
    measure: (analysis) => heatOf(fields(analysis), (_size, path) => fieldLabel(analysis, path)),
  },
];

function cost(
  column: CostColumn & ('parameters' | 'macs' | 'memory' | 'kept' | 'intensity'),
  title: string,
  label: (value: number) => string,
) {
  const figures = (rows: readonly CostRow[]) => new Map(rows.flatMap((row) => (row[column] === null ? [] : [[row.path, row[column]]])));
  return {
    id: column,
    title,
    meaning: COST_COLUMNS[column].meaning,
    measure: (analysis: NetworkAnalysis) => heatOf(figures(costTable(analysis)), label),
  };
}

/** Widest side of the receptive field; what sees the whole input is as wide as the widest that does not. */
function fields(analysis: NetworkAnalysis): ReadonlyMap<NodePath, number> {
  const known = [...analysis.nodes.keys()].map((path) => [path, receptiveField(analysis, path)] as const);
  const sides = known.flatMap(([path, field]) =>
    field === undefined || field === 'whole' ? [] : [[path, Math.max(...field.size)] as const],
  );
  const widest = sides.reduce((most, [, side]) => Math.max(most, side), 1);
  return new Map([...sides, ...known.flatMap(([path, field]) => (field === 'whole' ? [[path, widest] as const] : []))]);
}

function fieldLabel(analysis: NetworkAnalysis, path: NodePath): string {
  const field = receptiveField(analysis, path);
  return field === undefined || field === 'whole' ? 'all' : field.size.join('×');
}

const nothing: ReadonlyMap<NodePath, HeatValue> = new Map();

export const useHeat = create<HeatState>((set, get) => ({
  sources: costs,
  shown: null,
  values: nothing,
  isOld: false,
  choose(id) {
    const shown = get().sources.find((source) => source.id === id) ?? null;
    const { analysis } = useDocument.getState();
    set({ shown, values: shown?.measure(analysis) ?? nothing, isOld: shown?.isOld?.(analysis) ?? false });
  },
  offer(source) {
    const { sources, shown } = get();
    const at = sources.findIndex(({ id }) => id === source.id);
    // What a run tells again and again must not be a new list each time.
    if (at < 0) set({ sources: [...sources, source] });
    else if (sources[at] !== source) set({ sources: sources.with(at, source) });
    if (shown?.id === source.id) get().choose(source.id);
  },
  withdraw(id) {
    if (get().shown?.id === id) get().choose(null);
    set(({ sources }) => ({ sources: sources.filter((source) => source.id !== id) }));
  },
}));

let waiting: ReturnType<typeof setTimeout> | undefined;

/** Colours follow an edit after its flags: nothing waits for them, and several edits in one turn are one. */
useDocument.subscribe(({ analysis, document }, before) => {
  // What a loss changes in a step is old, too, once there is another one.
  const isSame = analysis === before.analysis && document.training === before.document.training;
  if (isSame || !useHeat.getState().shown) return;
  waiting ??= setTimeout(() => {
    waiting = undefined;
    useHeat.getState().choose(useHeat.getState().shown?.id ?? null);
  }, 0);
});
