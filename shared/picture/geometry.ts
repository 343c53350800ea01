import { turned, type FlowDirection } from '../graph/direction';
import type { NodePorts, Port } from '../graph/ports';
import type { NodeId, Position } from '../graph/graph';

/** Size of a layer on the canvas; larger across the flow where it has many ports. */
export const NODE_WIDTH = 152;
export const NODE_HEIGHT = 64;
const PORT_ROOM = 22;

/** Width and height in pixels of the canvas. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A layer along the flow and across it, with no more ports than have room; the same in both directions but for what is turned. */
export const EXTENT: Readonly<Record<FlowDirection, { readonly length: number; readonly breadth: number }>> = {
  right: { length: NODE_WIDTH, breadth: NODE_HEIGHT },
  down: { length: NODE_HEIGHT, breadth: NODE_WIDTH },
};

/** How large a layer with these ports is: they stand at its sides, or at its top and bottom in a graph that runs down. */
export function nodeSize({ inputs, outputs }: NodePorts, direction: FlowDirection): Size {
  const room = Math.max(lasting(inputs).length, outputs.length) * PORT_ROOM + 8;
  return direction === 'right'
    ? { width: NODE_WIDTH, height: Math.max(NODE_HEIGHT, room) }
    : { width: Math.max(NODE_WIDTH, room), height: NODE_HEIGHT };
}

/** Ports with a place of their own; a spare one waits at the lower or right corner. */
function lasting(ports: readonly Port[]): readonly Port[] {
  return ports.filter(({ isSpare }) => !isSpare);
}

/** How many ports of a side have a place of their own. */
export function lastingCount(ports: readonly Port[]): number {
  return lasting(ports).length;
}

/** Distance of the `index`-th port from the beginning of the side on which it stands, which is so long; all beside the one in the middle. */
function portOffset(ports: readonly Port[], index: number, breadth: number, middle: number | undefined): number {
  if (ports[index]?.isSpare) return breadth - 4;
  const count = lasting(ports).length;
  if (middle !== undefined) {
    const half = breadth / 2;
    return index <= middle ? (half * (index + 1)) / (middle + 1) : half + (half * (index - middle)) / (count - middle);
  }
  return count === 2 ? breadth / 2 + (index === 0 ? -14 : 14) : (breadth * (index + 1)) / (count + 1);
}

/** Where the `index`-th port of a layer stands, from the layer's upper left corner. */
export function portPlace(
  { ports, width, height, middles }: NodePlace,
  side: keyof NodePorts,
  index: number,
  direction: FlowDirection,
): Position {
  const isRight = direction === 'right';
  const along = side === 'outputs' ? (isRight ? width : height) : 0;
  return turned({ x: along, y: portOffset(ports[side], index, isRight ? height : width, middles?.[side]) }, direction);
}

/** A layer's rectangle. */
export interface Box extends Position, Size {}

/** What decides where a layer's ports stand. */
export interface NodePlace extends Size {
  readonly ports: NodePorts;
  /** The port of a side that stands in its middle, where a wire comes straight from another layer; left out where none does. */
  readonly middles?: Middles;
}

/** Indexes of ports. */
export interface Middles {
  readonly inputs?: number;
  readonly outputs?: number;
}

/** A layer where it stands, with its ports. */
export interface PlacedNode {
  readonly id: NodeId;
  readonly position: Position;
  readonly data: NodePlace;
}

/** The rectangle of a layer where it stands. */
export function boxOfLayer({ position, data }: PlacedNode): Box {
  return { x: position.x, y: position.y, width: data.width, height: data.height };
}

/** The rectangle turned as places are. */
export function turnedBox({ x, y, width, height }: Box, direction: FlowDirection): Box {
  return direction === 'right' ? { x, y, width, height } : { x: y, y: x, width: height, height: width };
}

/** Whether two places are the same. */
export function samePlace(a: Position, b: Position): boolean {
  return a.x === b.x && a.y === b.y;
}

/** Whether two places on one axis are the same as they are drawn: a piece of a wire between them runs straight. */
export function isStraight(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.5;
}

/** The least rectangle around points; there must be one. */
export function boundsOfPoints(points: readonly Position[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The least rectangle around rectangles; there must be one. */
export function boundsOfBoxes(boxes: readonly Box[]): Box {
  return boundsOfPoints(
    boxes.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );
}

/** Whether two rectangles share a point. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}

/** Whether the second rectangle lies wholly in the first. */
export function encloses(a: Box, b: Box): boolean {
  return b.x >= a.x && b.y >= a.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height;
}

/** A rectangle with so much more on every side. */
export function grown({ x, y, width, height }: Box, across: number, down = across): Box {
  return { x: x - across, y: y - down, width: width + 2 * across, height: height + 2 * down };
}
