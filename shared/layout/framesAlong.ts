import type { BlockDefinition } from '../document/document';
import type { Annotation, BlockId, Graph, GraphNode, NodeId, Position } from '../graph/graph';
import { boxOfAnnotation, frameAround, insideFrame } from '../picture/frames';
import { samePlace, type Box } from '../picture/geometry';
import { sizesIn } from './sizes';

/**
 * Frames, and what is in them, that go along when layers come to stand in these places: shifted where all in a frame moves alike, else
 * drawn around all that was in it. Only those that change.
 */
export function framesAlong(
  graph: Graph,
  blocks: Readonly<Record<BlockId, BlockDefinition>>,
  places: ReadonlyMap<NodeId, Position>,
): readonly Annotation[] {
  const sizeOf = sizesIn(graph, blocks);
  const boxOf = (node: GraphNode): Box => ({ ...(places.get(node.id) ?? node.position), ...sizeOf(node) });
  const after = new Map<string, Annotation>();
  for (const { frame, nodes, annotations } of framesIn(graph)) {
    const shifts = nodes.map(({ id, position }) => shiftOf(position, places.get(id) ?? position));
    const [first = { x: 0, y: 0 }] = shifts;
    const inside = annotations.flatMap(({ id }) => after.get(id) ?? []);
    const isAlike = shifts.every((shift) => samePlace(shift, first));
    const box = isAlike ? moved(frame, first) : frameAround([...nodes.map(boxOf), ...inside.map(boxOfAnnotation)]);
    after.set(frame.id, { ...frame, ...box });
    const shift = shiftOf(frame.position, box.position);
    for (const each of annotations.filter(({ id }) => !after.has(id))) after.set(each.id, { ...each, ...moved(each, shift) });
  }
  return [...after.values()].filter((each) => !isAsBefore(each, graph));
}

/** Frames with layers, from the inside out: one is drawn around those in it, and the smallest one around what holds no layer leads that. */
function framesIn(graph: Graph) {
  return Object.values(graph.annotations ?? {})
    .filter(({ kind }) => kind === 'frame')
    .toSorted((a, b) => a.size.width * a.size.height - b.size.width * b.size.height)
    .map((frame) => ({ frame, ...insideFrame(graph, frame) }))
    .filter(({ nodes }) => nodes.length > 0);
}

function isAsBefore({ id, position, size }: Annotation, { annotations }: Graph): boolean {
  const before = annotations?.[id];
  return !!before && samePlace(before.position, position) && before.size.width === size.width && before.size.height === size.height;
}

type Placed = Pick<Annotation, 'position' | 'size'>;

function shiftOf(from: Position, to: Position): Position {
  return { x: to.x - from.x, y: to.y - from.y };
}

function moved({ position, size }: Placed, { x, y }: Position): Placed {
  return { position: { x: position.x + x, y: position.y + y }, size };
}
