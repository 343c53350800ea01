import { turned, type FlowDirection } from '../graph/direction';
import type { Position } from '../graph/graph';
import type { Size } from './geometry';

/** More copies of a block than these are not told apart by arcs. */
const MOST = 4;
/** Of the edge, what the arcs leave free at each end; and how high they rise, in the graph's units. */
const INSET = 0.13;
const RISE = 14;

/** As many arcs as a stack of residual blocks shows: one a copy, up to four. */
export function shownSkips(copies: number): number {
  return Math.min(copies, MOST);
}

/** The skip wires of a collapsed residual block, as an SVG path: arcs one behind the other along the edge beside the flow, upper or right. */
export function skipArcs(count: number, { width, height }: Size, direction: FlowDirection, at: Position = { x: 0, y: 0 }): string {
  const length = direction === 'right' ? width : height;
  const inset = Math.round(length * INSET);
  const each = (length - 2 * inset) / count;
  const [edge, outwards] = direction === 'right' ? [0, -1] : [width, 1];
  // A cubic curve rises by three quarters of its handles.
  const top = edge + (outwards * RISE) / 0.75;
  const point = (x: number, y: number) => {
    const place = turned({ x, y }, direction);
    return `${at.x + place.x},${at.y + place.y}`;
  };
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [inset + index * each, inset + (index + 1) * each];
    return `M${point(from, edge)} C${point(from, top)} ${point(to, top)} ${point(to, edge)}`;
  }).join(' ');
}
