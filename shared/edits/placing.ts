import type { Graph, GraphNode, Position } from '../graph/graph';

/** Width and height that a layer takes on the canvas with the room around it. */
const CELL = { width: 240, height: 96 } as const;
/** A layer with the least room that must stay around it. */
const NODE = { width: 160, height: 72 } as const;
const GRID = 8;

/** The place for a layer that follows these: one column to the right, at their mean height. */
export function besideNodes(nodes: readonly GraphNode[]): Position {
  const right = Math.max(...nodes.map((node) => node.position.x));
  const middle = nodes.reduce((sum, node) => sum + node.position.y, 0) / nodes.length;
  return snap({ x: right + CELL.width, y: middle });
}

/** The place for a layer that feeds this one: a column to the left. */
export function beforeNode({ position }: GraphNode): Position {
  return snap({ x: position.x - CELL.width, y: position.y });
}

/** The wanted place, or the nearest one below or above it that no layer covers. */
export function freePlace(graph: Graph, wanted: Position): Position {
  const place = snap(wanted);
  // Only what stands in the same columns can be in the way: few, whatever the network's size.
  const near = Object.values(graph.nodes).filter((node) => Math.abs(node.position.x - place.x) < CELL.width - GRID);
  for (let row = 0; row <= near.length; row += 1) {
    for (const y of [place.y + row * CELL.height, place.y - row * CELL.height]) {
      if (near.every((node) => Math.abs(node.position.y - y) >= CELL.height - GRID)) return { x: place.x, y };
    }
  }
  return place;
}

/** Whether a layer that stood here would cover another. */
export function covers(graph: Graph, { x, y }: Position): boolean {
  return Object.values(graph.nodes).some(({ position }) => Math.abs(position.x - x) < NODE.width && Math.abs(position.y - y) < NODE.height);
}

function snap({ x, y }: Position): Position {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}
