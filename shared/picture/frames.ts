import type { Annotation, Graph, GraphNode } from '../graph/graph';
import { encloses, NODE_HEIGHT, NODE_WIDTH, type Box } from './geometry';

/** The rectangle of a frame or a note. */
export function boxOfAnnotation({ position, size }: Pick<Annotation, 'position' | 'size'>): Box {
  return { ...position, ...size };
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
