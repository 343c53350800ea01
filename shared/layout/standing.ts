import type { NodeId, Position } from '../graph/graph';
import { NODE_WIDTH, type Box } from '../picture/geometry';

/** A layer where it stands now. */
export interface Standing {
  readonly id: NodeId;
  readonly height: number;
  readonly place: Position;
  /** A person put it there: it stays. */
  readonly isKept: boolean;
}

/** Whether two places are the same. */
export function samePlace(a: Position, b: Position): boolean {
  return a.x === b.x && a.y === b.y;
}

/** The rectangle of a layer of this height in a place. */
export function boxAt({ x, y }: Position, height: number): Box {
  return { x, y, width: NODE_WIDTH, height };
}
