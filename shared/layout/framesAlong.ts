import type { BlockDefinition } from '../document/document';
import type { Annotation, BlockId, Graph, GraphNode, NodeId, Position } from '../graph/graph';
import { insideFrame } from '../picture/frames';
import { boundsOfBoxes, samePlace, type Box } from '../picture/geometry';
import { sizesIn } from './sizes';

const ROOM = { side: 24, top: 40, bottom: 24 } as const;

/**
 * Frames, and notes in them, that go along when layers come to stand in these places: shifted where all in a frame moves alike, else
 * drawn around all that was in it. Only those that change.
 */
export function framesAlong(
  graph: Graph,
  blocks: Readonly<Record<BlockId, BlockDefinition>>,
  places: ReadonlyMap<NodeId, Position>,
): readonly Annotation[] {
  const sizeOf = sizesIn(graph, blocks);
  const boxOf = (node: GraphNode): Box => ({ ...(places.get(node.id) ?? node.position), ...sizeOf(node) });
  // The smallest frame around a note leads it.
  const frames = Object.values(graph.annotations ?? {})
    .filter(({ kind }) => kind === 'frame')
    .toSorted((a, b) => b.size.width * b.size.height - a.size.width * a.size.height);
  const changed = new Map<string, Annotation>();
  for (const frame of frames) {
    const { nodes, annotations } = insideFrame(graph, frame);
    const shifts = nodes.map(({ id, position }) => shiftOf(position, places.get(id) ?? position));
    const [first] = shifts;
    if (!first || shifts.every((shift) => samePlace(shift, { x: 0, y: 0 }))) continue;
    const box = shifts.every((shift) => samePlace(shift, first)) ? moved(frame, first) : around(nodes.map(boxOf));
    changed.set(frame.id, { ...frame, ...box });
    const shift = shiftOf(frame.position, box.position);
    for (const note of annotations.filter(({ kind }) => kind === 'note')) changed.set(note.id, { ...note, ...moved(note, shift) });
  }
  return [...changed.values()];
}

type Placed = Pick<Annotation, 'position' | 'size'>;

function shiftOf(from: Position, to: Position): Position {
  return { x: to.x - from.x, y: to.y - from.y };
}

function moved({ position, size }: Placed, { x, y }: Position): Placed {
  return { position: { x: position.x + x, y: position.y + y }, size };
}

function around(boxes: readonly Box[]): Placed {
  const { x, y, width, height } = boundsOfBoxes(boxes);
  return {
    position: { x: x - ROOM.side, y: y - ROOM.top },
    size: { width: width + 2 * ROOM.side, height: height + ROOM.top + ROOM.bottom },
  };
}
