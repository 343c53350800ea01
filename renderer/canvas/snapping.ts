import type { Position } from '../../shared/graph/graph';
import { noGuides, type Guides } from './gestures';
import type { Box } from '../../shared/picture/geometry';

/** How near, in graph units, a layer must come to a line of another one to stand in it. */
const REACH = 6;

/** Moves a box that almost stands in line with others into line; tells the lines that it stands in. */
export function snapToNeighbours(box: Box, others: readonly Box[]): { readonly position: Position; readonly guides: Guides } {
  const x = nearest(
    box.x,
    others.map((other) => other.x + (other.width - box.width) / 2),
  );
  const y = nearest(
    box.y + box.height / 2,
    others.map((other) => other.y + other.height / 2),
  );
  return {
    position: { x: x ?? box.x, y: y === undefined ? box.y : y - box.height / 2 },
    guides: x === undefined && y === undefined ? noGuides : { x: x === undefined ? null : x + box.width / 2, y: y ?? null },
  };
}

function nearest(value: number, lines: readonly number[]): number | undefined {
  let best: number | undefined;
  for (const line of lines) {
    const distance = Math.abs(line - value);
    if (distance <= REACH && (best === undefined || distance < Math.abs(best - value))) best = line;
  }
  return best;
}
