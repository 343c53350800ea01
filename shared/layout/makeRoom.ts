import type { BlockDefinition } from '../document/document';
import { directionOf, turned } from '../graph/direction';
import type { BlockId, EdgeId, Graph, GraphNode, NodeId, Position } from '../graph/graph';
import { grouped } from '../graph/grouped';
import { overlaps, grown, turnedBox, type Box } from '../picture/geometry';
import { GRIDS, type Grid } from './grid';
import { sizesIn } from './sizes';
import { boxAt, placesOnCanvas } from './standing';

/** Where a layer goes in a wire, and which layers make room for it. */
export interface Room {
  readonly at: Position;
  readonly places: ReadonlyMap<NodeId, Position>;
}

/**
 * Room for a layer in a wire between two layers beside each other: right behind the first, and what is behind it goes on as far as it
 * must, gaps that are wider giving way. Undefined where a layer stands between the two, or where the wire leads back to the next
 * line and nothing is free behind the first: there is no one place then.
 */
export function roomInWire(
  graph: Graph,
  blocks: Readonly<Record<BlockId, BlockDefinition>>,
  wire: EdgeId,
  ignored?: NodeId,
): Room | undefined {
  const direction = directionOf(graph);
  const grid = GRIDS[direction];
  const boxes = boxesOf(graph, blocks, ignored);
  const edge = graph.edges[wire];
  const [from, to] = [boxes.get(edge?.from.node ?? ''), boxes.get(edge?.to.node ?? '')];
  if (!edge || !from || !to) return undefined;
  const isFork = Object.values(graph.edges).some((other) => other.id !== wire && other.from.node === edge.from.node);
  const row = isFork && to.x > from.x ? to : from;
  const at = { x: from.x + grid.column, y: row.y + (row.height - grid.breadth) / 2 };
  const own = boxAt(at, { length: grid.length, height: grid.breadth });
  const places = to.x > from.x ? shifted({ graph, boxes, grid }, edge.to.node, own.x + grid.column - to.x) : new Map<NodeId, Position>();
  const after = [...boxes].map(([id, box]) => ({ ...box, ...places.get(id) }));
  return after.some((box) => overlaps(grown(box, 8), own))
    ? undefined
    : { at: turned(at, direction), places: placesOnCanvas(places, direction) };
}

/** By main and cross axis. */
function boxesOf(graph: Graph, blocks: Readonly<Record<BlockId, BlockDefinition>>, ignored: NodeId | undefined): ReadonlyMap<NodeId, Box> {
  const sizeOf = sizesIn(graph, blocks);
  const direction = directionOf(graph);
  const boxOf = (node: GraphNode) => turnedBox({ ...node.position, ...sizeOf(node) }, direction);
  return new Map(Object.values(graph.nodes).flatMap((node) => (node.id === ignored ? [] : [[node.id, boxOf(node)] as const])));
}

interface Standings {
  readonly graph: Graph;
  readonly boxes: ReadonlyMap<NodeId, Box>;
  readonly grid: Grid;
}

/** Shifts a layer along the flow; each that it would come too near to behind it, or that stands in the way, goes on before it. */
function shifted({ graph, boxes, grid }: Standings, start: NodeId, by: number): Map<NodeId, Position> {
  const outgoing = grouped(Object.values(graph.edges), ({ from }) => from.node);
  const shifts = new Map<NodeId, number>();
  const queue: [NodeId, number][] = by > 0 ? [[start, by]] : [];
  const push = (id: NodeId, distance: number) => {
    if (distance > (shifts.get(id) ?? 0)) queue.push([id, distance]);
  };
  for (const [id, distance] of queue) {
    const box = boxes.get(id);
    if (!box || distance <= (shifts.get(id) ?? 0)) continue;
    shifts.set(id, distance);
    const right = box.x + box.width;
    for (const edge of outgoing.get(id) ?? []) {
      const next = boxes.get(edge.to.node);
      // A wire back leads to another line, in which nothing moves.
      if (next && next.x >= right) push(edge.to.node, distance - Math.max(0, next.x - right - grid.gap));
    }
    const swept = { ...box, width: box.width + distance + 8 };
    for (const [other, next] of boxes)
      if (other !== id && next.x >= right && overlaps(swept, next)) push(other, right + distance + grid.gap / 2 - next.x);
  }
  return new Map(
    [...shifts].map(([id, distance]) => {
      const { x, y } = boxes.get(id) as Box;
      return [id, { x: x + distance, y }];
    }),
  );
}
