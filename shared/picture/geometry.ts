import type { NodePorts, Port } from '../graph/ports';
import type { NodeId, Position } from '../graph/graph';

/** Size of a layer on the canvas; taller where it has many ports. */
export const NODE_WIDTH = 152;
const NODE_HEIGHT = 64;
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
