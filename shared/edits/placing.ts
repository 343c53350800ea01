import { directionOf, turned, type FlowDirection } from '../graph/direction';
import type { Graph, GraphNode, Position } from '../graph/graph';
import { nodesOf } from '../graph/lists';
import { GRIDS } from '../layout/grid';

/** Between layers beside each other. */
const BESIDE = 32;
/** What a layer takes on the canvas with the room around it, along the flow (as arranging has it) and across it. */
export const CELL: Readonly<Record<FlowDirection, { readonly length: number; readonly breadth: number }>> = {
  right: { length: GRIDS.right.column, breadth: GRIDS.right.breadth + BESIDE },
  down: { length: GRIDS.down.column, breadth: GRIDS.down.breadth + BESIDE },
};
/** A layer with the least room that must stay around it. */
const NODE = { width: 160, height: 72 } as const;
const GRID = 8;

/** The place for a layer that follows these: one step on along the flow, in their middle across it. */
export function besideNodes(graph: Graph, nodes: readonly GraphNode[]): Position {
  const direction = directionOf(graph);
  const places = nodes.map(({ position }) => turned(position, direction));
  const last = Math.max(...places.map(({ x }) => x));
  const middle = places.reduce((sum, { y }) => sum + y, 0) / places.length;
  return snap(turned({ x: last + CELL[direction].length, y: middle }, direction));
}

/** The place for a layer that feeds this one: one step back. */
export function beforeNode(graph: Graph, { position }: GraphNode): Position {
  const direction = directionOf(graph);
  const { x, y } = turned(position, direction);
  return snap(turned({ x: x - CELL[direction].length, y }, direction));
}

/** The wanted place, or the nearest one across the flow that no layer covers. */
export function freePlace(graph: Graph, wanted: Position): Position {
  const direction = directionOf(graph);
  const { length, breadth } = CELL[direction];
  const place = turned(snap(wanted), direction);
  // Only what stands in the same columns can be in the way: few, whatever the network's size.
  const near = nodesOf(graph)
    .map(({ position }) => turned(position, direction))
    .filter(({ x }) => Math.abs(x - place.x) < length - GRID);
  for (let row = 0; row <= near.length; row += 1) {
    for (const y of [place.y + row * breadth, place.y - row * breadth]) {
      if (near.every((other) => Math.abs(other.y - y) >= breadth - GRID)) return turned({ x: place.x, y }, direction);
    }
  }
  return turned(place, direction);
}

/** Whether a layer that stood here would cover another. */
export function covers(graph: Graph, { x, y }: Position): boolean {
  return nodesOf(graph).some(({ position }) => Math.abs(position.x - x) < NODE.width && Math.abs(position.y - y) < NODE.height);
}

function snap({ x, y }: Position): Position {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}
