import type { Annotation, Graph, GraphNode } from '../graph/graph';
import { boundsOfBoxes, encloses, NODE_HEIGHT, NODE_WIDTH, type Box } from './geometry';

/** The rectangle of a frame or a note. */
export function boxOfAnnotation({ position, size }: Pick<Annotation, 'position' | 'size'>): Box {
  return { ...position, ...size };
}

/** Room between a frame and what it is drawn around; more above, for its title. */
const ROOM = { side: 24, top: 40 } as const;

/** Place and size of a frame that is drawn around rectangles; there must be one. */
export function frameAround(boxes: readonly Box[]): Pick<Annotation, 'position' | 'size'> {
  const { x, y, width, height } = boundsOfBoxes(boxes);
  return {
    position: { x: x - ROOM.side, y: y - ROOM.top },
    size: { width: width + 2 * ROOM.side, height: height + ROOM.top + ROOM.side },
  };
}

/** What stands wholly inside a frame, and goes along with it. */
export function insideFrame(
  { nodes, annotations }: Graph,
  frame: Annotation,
): { readonly nodes: readonly GraphNode[]; readonly annotations: readonly Annotation[] } {
  const box = boxOfAnnotation(frame);
  return {
    nodes: Object.values(nodes).filter(({ position }) => encloses(box, { ...position, width: NODE_WIDTH, height: NODE_HEIGHT })),
    annotations: Object.values(annotations ?? {}).filter((other) => other.id !== frame.id && encloses(box, boxOfAnnotation(other))),
  };
}
