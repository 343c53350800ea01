import type { GraphEdge, NodeId, Position } from '../graph/graph';
import { grouped } from '../graph/grouped';
import { flowOf, partsOf, type Flow } from './flow';
import type { Grid } from './grid';
import { rowsFrom } from './heap';
import type { Line } from './lines';
import { rowsOf } from './rows';
import { standingLines, type Near } from './standingLines';

export interface LaidOut {
  /** Layers in the order in which they shall be read where the flow does not say; `height` is across the flow. */
  readonly nodes: readonly { readonly id: NodeId; readonly height: number }[];
  readonly edges: readonly GraphEdge[];
  /** Where layers stand now: what stood in lines goes on in these. Left out: all anew. */
  readonly near?: Near;
  readonly grid: Grid;
}

/**
 * A place for every layer, by main and cross axis, which are x and y in a graph that runs to the right: the main path in one
 * straight row, branches in rows beside it as long as they are, so that merges stand in line with what they follow; parts without a wire
 * between them below each other, and layers without a wire in rows below them.
 * The same graph gives the same places. Linear in layers and wires but for rows that many branches share; a thousand
 * layers take milliseconds, twenty thousand about a second, so nothing is computed elsewhere.
 */
export function layOut({ nodes, edges, near, grid }: LaidOut): ReadonlyMap<NodeId, Position> {
  const heights = new Map(nodes.map(({ id, height }) => [id, height]));
  const inside = edges.filter(({ from, to }) => heights.has(from.node) && heights.has(to.node));
  const places = new Map<NodeId, Position>();
  let top = 0;
  const parts = partsOf([...heights.keys()], inside);
  for (const { ids, wires } of parts)
    if (ids.length > 1) top = placePart(flowOf(ids, wires), { heights, top, near, grid }, places) + grid.lineGap;
  const alone = parts.flatMap(({ ids }) => (ids.length === 1 ? ids : [])).map((id) => ({ id, height: heights.get(id) ?? 0 }));
  rowsFrom({ x: 0, y: top }, alone, grid).forEach((place, index) => places.set((alone[index] as { id: NodeId }).id, place));
  return places;
}

type Heights = ReadonlyMap<NodeId, number>;

interface PartPlace {
  readonly heights: Heights;
  readonly top: number;
  readonly near: Near | undefined;
  readonly grid: Grid;
}

/** Places one part from this height on; gives the height at which it ends. */
function placePart(flow: Flow, { heights, top, near, grid }: PartPlace, places: Map<NodeId, Position>): number {
  const rows = rowsOf(flow);
  const isTall = new Set(rows.values()).size;
  const lines = standingLines(flow, { grid, lineHeight: isTall * (grid.breadth + grid.rowGap) + grid.lineGap }, near);
  const lineAt = lines.flatMap((line, index) => Array.from({ length: line.to - line.from + 1 }, () => index));
  const inLines = grouped(flow.order, (id) => lineAt[flow.column.get(id) ?? 0] ?? 0);
  let at = top;
  for (const [index, line] of lines.entries()) {
    at = placeLine(flow, inLines.get(index) ?? [], { line, rows, heights, grid, top: at }, places);
  }
  return at - grid.lineGap;
}

interface LinePlace {
  readonly line: Line;
  readonly rows: ReadonlyMap<NodeId, number>;
  readonly heights: Heights;
  readonly grid: Grid;
  readonly top: number;
}

function placeLine(
  flow: Flow,
  ids: readonly NodeId[],
  { line, rows, heights, grid, top }: LinePlace,
  places: Map<NodeId, Position>,
): number {
  const tallest = new Map<number, number>();
  for (const id of ids) {
    const row = rows.get(id) ?? 0;
    tallest.set(row, Math.max(tallest.get(row) ?? 0, heights.get(id) ?? 0));
  }
  const middles = new Map<number, number>();
  let at = top;
  for (const [row, height] of [...tallest].sort(([a], [b]) => a - b)) {
    middles.set(row, at + height / 2);
    at += height + grid.rowGap;
  }
  for (const id of ids) {
    const y = (middles.get(rows.get(id) ?? 0) ?? top) - (heights.get(id) ?? 0) / 2;
    places.set(id, { x: ((flow.column.get(id) ?? 0) - line.from) * grid.column, y: Math.round(y) });
  }
  return at - grid.rowGap + grid.lineGap + skipsUnder(flow, ids) * grid.lane;
}

/** How many wires of these layers at most run past the same column. */
export function skipsUnder({ outgoing, column }: Flow, ids: readonly NodeId[]): number {
  const changes = new Map<number, number>();
  const add = (at: number, change: number) => changes.set(at, (changes.get(at) ?? 0) + change);
  for (const id of ids) {
    for (const { to } of outgoing.get(id) ?? []) {
      const [from, until] = [column.get(id) ?? 0, column.get(to.node) ?? 0];
      if (until - from < 2) continue;
      add(from, 1);
      add(until, -1);
    }
  }
  let [sum, most] = [0, 0];
  for (const [, change] of [...changes].sort(([a], [b]) => a - b)) {
    sum += change;
    most = Math.max(most, sum);
  }
  return most;
}
