import type { NodePorts } from '../../shared/graph/ports';
import type { Position } from '../../shared/graph/graph';

/** Size of a layer on the canvas; taller where it has many ports. */
export const NODE_WIDTH = 152;
const NODE_HEIGHT = 64;
const PORT_ROOM = 22;

export function nodeHeight({ inputs, outputs }: NodePorts): number {
  return Math.max(NODE_HEIGHT, Math.max(inputs.length, outputs.length) * PORT_ROOM + 8);
}

/** Distance of the `index`-th of `count` ports from the node's top. */
export function portOffset(index: number, count: number, height: number): number {
  return count === 2 ? height / 2 + (index === 0 ? -14 : 14) : (height * (index + 1)) / (count + 1);
}

/** A layer's rectangle. */
export interface Box extends Position {
  readonly width: number;
  readonly height: number;
}
