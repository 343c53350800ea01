import type { Position } from '../graph/graph';
import { NODE_WIDTH } from './geometry';

/** More copies of a block than these are not told apart by arcs. */
const MOST = 4;
/** From the block's corner to the first arc, and how high they rise, in the graph's units. */
const INSET = 20;
const RISE = 14;

/** As many arcs as a stack of residual blocks shows: one a copy, up to four. */
export function shownSkips(copies: number): number {
  return Math.min(copies, MOST);
}

/** The skip wires of a collapsed residual block, as an SVG path: arcs over its upper edge, one behind the other. */
export function skipArcs(count: number, { x, y }: Position = { x: 0, y: 0 }): string {
  const width = (NODE_WIDTH - 2 * INSET) / count;
  // A cubic curve rises by three quarters of its handles.
  const top = y - RISE / 0.75;
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [x + INSET + index * width, x + INSET + (index + 1) * width];
    return `M${from},${y} C${from},${top} ${to},${top} ${to},${y}`;
  }).join(' ');
}
