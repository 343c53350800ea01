import type { Position } from '../../shared/graph/graph';

/**
 * Where the name of the first or the last of several outputs stands from its port, in a graph that runs to the right: its left end and its
 * middle. Clear of the wires: over or under a wire that runs straight, and beside one that turns off between it and its neighbour, which
 * turns off the other way or not at all.
 * Undefined for all others, which are named only when they are pointed at.
 */
export function portNameAt(index: number, count: number, middle: number | undefined): Position | undefined {
  if (count < 2 || (index > 0 && index < count - 1)) return undefined;
  const outwards = index === 0 ? -1 : 1;
  if (middle === undefined) return { x: 8, y: index === 0 ? 13.5 : 15 };
  return index === middle ? { x: 4, y: outwards * 16 } : { x: 8, y: outwards * -8 };
}
