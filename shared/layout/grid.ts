import type { FlowDirection } from '../graph/direction';
import { EXTENT } from '../picture/geometry';

/** Sizes of a layer and the room between layers, by main and cross axis. */
export interface Grid {
  /** Of a layer along the flow, and across it with no more ports than have room. */
  readonly length: number;
  readonly breadth: number;
  /** Between columns: a wire turns there, and its shape has room. */
  readonly gap: number;
  /** From column to column. */
  readonly column: number;
  /** Between rows, in which one skip wire has room. */
  readonly rowGap: number;
  /** Under a line for the wires to the next, and what each skip wire that runs under it takes. */
  readonly lineGap: number;
  readonly lane: number;
  /** Length to breadth that a whole network should have about: as a window has, or as a page. */
  readonly aspect: number;
  /** Columns that a line has at least. */
  readonly fewest: number;
}

function grid(direction: FlowDirection, room: Omit<Grid, 'length' | 'breadth' | 'column'>): Grid {
  const { length, breadth } = EXTENT[direction];
  return { length, breadth, column: length + room.gap, ...room };
}

/** In a graph that runs down shapes are written beside the wires: they need little room along the flow, and their width across it. */
export const GRIDS: Readonly<Record<FlowDirection, Grid>> = {
  right: grid('right', { gap: 88, rowGap: 48, lineGap: 88, lane: 16, aspect: 2, fewest: 8 }),
  down: grid('down', { gap: 56, rowGap: 64, lineGap: 152, lane: 80, aspect: 1.4, fewest: 16 }),
};
