import type { DataFormat, TensorType } from '../../shared/graph/tensor';
import { fitOf, type Fit } from '../../shared/infer/fit';
import type { AddableEntry } from './search';

export interface RankedEntry {
  readonly entry: AddableEntry;
  readonly fit: Fit | undefined;
}

const ranks = { gives: 0, waits: 1, refuses: 3 } as const;

/** What can take a wire, each with what it would make of it: those without a problem first, then as they were listed. */
export function rankByFit(entries: readonly AddableEntry[], input: TensorType | undefined, dataFormat: DataFormat): readonly RankedEntry[] {
  const ranked = entries.map((entry): RankedEntry => ({
    entry,
    fit: input && 'layer' in entry.addable ? fitOf(entry.addable.layer, input, dataFormat) : undefined,
  }));
  const rank = ({ fit }: RankedEntry) => (fit ? ranks[fit.kind] : 2);
  return input ? ranked.toSorted((a, b) => rank(a) - rank(b)) : ranked;
}
