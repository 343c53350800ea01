import type { NodeId } from '../graph/graph';
import type { Flow } from './flow';
import { linesOf, wiresAcross, type Line, type LineSizes } from './lines';
import type { Standing } from './standing';

/** Where layers stand now. */
export type Near = ReadonlyMap<NodeId, Standing>;

/** A line goes on in the next one where layers stand this many columns farther back than they would in the same line. */
const BACK = 2.5;
/** So much longer than the ideal ones lines may have become. */
const LONGER = 1.5;
const SHORTEST = 4;

/**
 * The lines in which a network stands already, as long as they are fit for it; else the ideal ones. A layer that comes in
 * then shifts its own line and no other.
 */
export function standingLines(flow: Flow, sizes: LineSizes, near: Near | undefined): readonly Line[] {
  const ideal = linesOf(flow, sizes);
  if (!near) return ideal;
  const count = 1 + Math.max(0, ...flow.column.values());
  const lines = between(cuts(flow, near, sizes.grid.column, count), count);
  const lengths = lines.map(lengthOf);
  const isFit =
    Math.max(...lengths) <= LONGER * Math.max(...ideal.map(lengthOf)) && (lines.length === 1 || Math.min(...lengths) >= SHORTEST);
  return isFit ? lines : ideal;
}

const lengthOf = ({ from, to }: Line) => to - from + 1;

function between(ends: readonly number[], count: number): readonly Line[] {
  return [...ends, count - 1].map((to, index) => ({ from: (ends[index - 1] ?? -1) + 1, to }));
}

/** The columns behind which lines end. */
function cuts(flow: Flow, near: Near, columnWidth: number, count: number): readonly number[] {
  const starts = lineStarts(flow, near, columnWidth);
  const known = smoothed(starts.filter(({ isKept }) => !isKept));
  const kept = starts.filter(({ isKept }) => isKept);
  const across = wiresAcross(flow, count);
  const ends: number[] = [];
  for (let index = 1; index < known.length; index += 1) {
    const [a, b] = [known[index - 1], known[index]] as [Start, Start];
    if (a.start - b.start < BACK * columnWidth) continue;
    const cut = cutBetween(
      a,
      b,
      kept.filter(({ column }) => column > a.column && column < b.column),
      across,
    );
    if (cut !== undefined) ends.push(cut);
  }
  return ends;
}

/** Between two columns whose lines are known stand only kept layers: each is of the line in which it stands, if that may be. */
function cutBetween(a: Start, b: Start, kept: readonly Start[], across: readonly number[]): number | undefined {
  let best: { readonly column: number; readonly wrong: number } | undefined;
  for (let column = a.column; column < b.column; column += 1) {
    if ((across[column] ?? 2) > 1) continue;
    const wrong = kept.filter((own) => own.column <= column !== 2 * own.start > a.start + b.start).length;
    if (!best || wrong < best.wrong) best = { column, wrong };
  }
  return best?.column;
}

interface Start {
  readonly column: number;
  /** Where the first column would stand in the same line. */
  readonly start: number;
  /** Only a layer that a person placed stands in the column. */
  readonly isKept: boolean;
}

function lineStarts(flow: Flow, near: Near, columnWidth: number): readonly Start[] {
  const byColumn = new Map<number, Start>();
  for (const id of flow.order) {
    const column = flow.column.get(id) ?? 0;
    const standing = near.get(id);
    const known = byColumn.get(column);
    if (!standing || (known && (standing.isKept || !known.isKept))) continue;
    byColumn.set(column, { column, start: standing.place.x - column * columnWidth, isKept: standing.isKept });
  }
  return [...byColumn.values()].sort((a, b) => a.column - b.column);
}

/** One layer that stands elsewhere says nothing: of three neighbours the middle value counts. */
function smoothed(starts: readonly Start[]): readonly Start[] {
  return starts.map((own, index) => {
    const around = [starts[index - 1] ?? own, own, starts[index + 1] ?? own].map(({ start }) => start).sort((a, b) => a - b);
    return { ...own, start: around[1] ?? own.start };
  });
}
