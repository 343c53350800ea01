import { turned, type FlowDirection } from '../graph/direction';
import type { NodeId, Position } from '../graph/graph';
import type { Box } from '../picture/geometry';

/** A layer where it stands now, by main and cross axis. */
export interface Standing {
  readonly id: NodeId;
  /** Along the flow, and across it. */
  readonly length: number;
  readonly height: number;
  readonly place: Position;
  /** A person put it there: it stays. */
  readonly isKept: boolean;
}

/** The rectangle of a layer in a place. */
export function boxAt({ x, y }: Position, { length, height }: Pick<Standing, 'length' | 'height'>): Box {
  return { x, y, width: length, height };
}

/** Places by main and cross axis, on the canvas. */
export function placesOnCanvas(places: ReadonlyMap<NodeId, Position>, direction: FlowDirection): ReadonlyMap<NodeId, Position> {
  return direction === 'right' ? places : new Map([...places].map(([id, place]) => [id, turned(place, direction)]));
}
