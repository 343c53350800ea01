import type { NodePorts, Port } from '../graph/ports';
import type { NodeId, Position } from '../graph/graph';

/** Size of a layer on the canvas; taller where it has many ports. */
export const NODE_WIDTH = 152;
export const NODE_HEIGHT = 64;
const PORT_ROOM = 22;

export function nodeHeight({ inputs, outputs }: NodePorts): number {
  return Math.max(NODE_HEIGHT, Math.max(lasting(inputs).length, outputs.length) * PORT_ROOM + 8);
}

/** Ports with a place of their own; a spare one waits at the lower corner. */
function lasting(ports: readonly Port[]): readonly Port[] {
  return ports.filter(({ isSpare }) => !isSpare);
}

/** Distance of the `index`-th port from the node's top. */
export function portOffset(ports: readonly Port[], index: number, height: number): number {
  if (ports[index]?.isSpare) return height - 4;
  const count = lasting(ports).length;
  return count === 2 ? height / 2 + (index === 0 ? -14 : 14) : (height * (index + 1)) / (count + 1);
}

/** A layer's rectangle. */
export interface Box extends Position {
  readonly width: number;
  readonly height: number;
}

/** A layer where it stands, with its ports. */
export interface PlacedNode {
  readonly id: NodeId;
  readonly position: Position;
  readonly data: { readonly ports: NodePorts; readonly height: number };
}

/** The rectangle of a layer where it stands. */
export function boxOfLayer({ position, data }: PlacedNode): Box {
  return { x: position.x, y: position.y, width: NODE_WIDTH, height: data.height };
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
