import type { NodeId, Position } from '../graph/graph';
import type { Grid } from './grid';
import type { Row } from './partRows';

/** A kept layer that leaves its neighbours in a row less than this part of the room pushes them on. */
const LEAST = 1 / 2;
/** Farther off it is in no row. */
const BESIDE_ROW = 32;

/**
 * Where a line's columns stand, by where they would: apart from a kept layer that stands in its row farther right, or farther left,
 * than its place is.
 */
export function pushesIn(
  rows: readonly Row[],
  ideal: ReadonlyMap<NodeId, Position>,
  { line, at, grid }: { readonly line: number; readonly at: Position; readonly grid: Grid },
): (x: number) => number {
  const right: { readonly behind: number; readonly by: number }[] = [];
  const left: { readonly before: number; readonly by: number }[] = [];
  for (const row of rows) {
    if (row.line !== line) continue;
    for (const { id, isKept, place, height } of row.layers) {
      const home = ideal.get(id);
      if (!isKept || !home) continue;
      const [dx, dy] = [place.x - home.x - at.x, place.y - home.y - at.y];
      if (Math.abs(dy) >= height + BESIDE_ROW || Math.abs(dx) <= grid.gap * (1 - LEAST)) continue;
      if (dx > 0) right.push({ behind: home.x, by: dx });
      else left.push({ before: home.x, by: -dx });
    }
  }
  return (x) =>
    x +
    right.reduce((most, { behind, by }) => (x > behind ? Math.max(most, by) : most), 0) -
    left.reduce((most, { before, by }) => (x < before ? Math.max(most, by) : most), 0);
}
