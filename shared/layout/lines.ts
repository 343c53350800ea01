import type { Flow } from './flow';
import type { Grid } from './grid';

/** Columns from `from` to `to`, both included, that stand in one line. */
export interface Line {
  readonly from: number;
  readonly to: number;
}

export interface LineSizes {
  readonly grid: Grid;
  readonly lineHeight: number;
}

/**
 * Where a long network goes on in the next line, as text does: only where a single wire goes across, so that no skip wire
 * runs from line to line, and never for a line that would be short.
 */
export function linesOf(flow: Flow, { grid, lineHeight }: LineSizes): readonly Line[] {
  const count = 1 + Math.max(0, ...flow.column.values());
  const wanted = Math.max(grid.fewest, Math.round(Math.sqrt((grid.aspect * count * lineHeight) / grid.column)));
  const across = wiresAcross(flow, count);
  const result: Line[] = [];
  let from = 0;
  // Where a line could not end for long, fewer are left than were wanted.
  const linesFor = (columns: number) => Math.max(1, Math.round(columns / wanted));
  for (let left = linesFor(count); left > 1 && from < count; left = Math.min(left - 1, linesFor(count - from))) {
    const length = Math.ceil((count - from) / left);
    const least = Math.ceil(length / 2);
    const to = nearestCut(across, from + least - 1, from + length - 1, count - 1 - least);
    if (to === undefined) break;
    result.push({ from, to });
    from = to + 1;
  }
  return [...result, { from, to: count - 1 }];
}

/** How many wires go over the border behind each of so many columns. */
export function wiresAcross({ outgoing, column }: Flow, count: number): readonly number[] {
  const changes = Array.from({ length: count + 1 }, () => 0);
  const add = (at: number, change: number) => (changes[at] = (changes[at] ?? 0) + change);
  for (const [id, edges] of outgoing) {
    for (const { to } of edges) {
      const [from, until] = [column.get(id) ?? 0, column.get(to.node) ?? 0];
      if (until <= from) continue;
      add(from, 1);
      add(until, -1);
    }
  }
  let sum = 0;
  return changes.slice(0, count).map((change) => (sum += change));
}

/** The column behind which a line may end, nearest to the ideal one. */
function nearestCut(across: readonly number[], least: number, ideal: number, most: number): number | undefined {
  for (let distance = 0; distance <= across.length; distance += 1) {
    const found = [ideal - distance, ideal + distance].find((at) => at >= least && at <= most && (across[at] ?? 2) <= 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
