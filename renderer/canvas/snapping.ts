import type { Position } from '../../shared/graph/graph';
import type { Box } from '../../shared/picture/geometry';
import { evenPlace } from './evenGaps';
import { noGuides, type Guides } from './gestures';

/** How near, in pixels, a layer must come to a line of another one to stand in it. */
const REACH = 6;
/** In graph units: from near as much as the grid may leave, from afar no more than two steps of it. */
const LEAST = 4;
const MOST = 16;

/** Moves a box that almost stands in line with others, or almost as far from them as they from each other; tells what it then stands in. */
export function snapToNeighbours(box: Box, others: readonly Box[], zoom = 1): { readonly position: Position; readonly guides: Guides } {
  const reach = Math.min(MOST, Math.max(LEAST, REACH / zoom));
  const x = nearest(
    box.x,
    others.map((other) => other.x + (other.width - box.width) / 2),
    reach,
  );
  const y = nearest(
    box.y + box.height / 2,
    others.map((other) => other.y + other.height / 2),
    reach,
  );
  const inLine = { ...box, x: x ?? box.x, y: y === undefined ? box.y : y - box.height / 2 };
  // A line of others goes first: it is what is looked for.
  const across = x === undefined ? evenPlace(inLine, others, 'x', reach) : undefined;
  const down = y === undefined ? evenPlace(inLine, others, 'y', reach) : undefined;
  const position = { x: across?.start ?? inLine.x, y: down?.start ?? inLine.y };
  const gaps = [...(across?.gaps ?? []), ...(down?.gaps ?? [])];
  if (x === undefined && y === undefined && gaps.length === 0) return { position, guides: noGuides };
  return { position, guides: { x: x === undefined ? null : x + box.width / 2, y: y ?? null, gaps } };
}

function nearest(value: number, lines: readonly number[], reach: number): number | undefined {
  let best: number | undefined;
  for (const line of lines) {
    const distance = Math.abs(line - value);
    if (distance <= reach && (best === undefined || distance < Math.abs(best - value))) best = line;
  }
  return best;
}
