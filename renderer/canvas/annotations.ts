import type { Annotation, Graph, NodeId, Position } from '../../shared/graph/graph';
import { NODE_WIDTH } from '../../shared/picture/geometry';

/** Frames and notes are among React Flow's nodes under ids that no layer has. */
const PREFIX = '@';

export function annotationFlowId(id: string): string {
  return PREFIX + id;
}

/** The annotation behind a node of React Flow, or undefined where that is a layer. */
export function annotationOf(graph: Graph, flowId: string): Annotation | undefined {
  return flowId.startsWith(PREFIX) ? graph.annotations?.[flowId.slice(PREFIX.length)] : undefined;
}

/** Where everything that stands wholly inside a frame is: it moves along. */
export function insideFrame(graph: Graph, frame: Annotation): ReadonlyMap<NodeId, Position> {
  const right = frame.position.x + frame.size.width;
  const bottom = frame.position.y + frame.size.height;
  const holds = ({ x, y }: Position, width: number, height: number) =>
    x >= frame.position.x && y >= frame.position.y && x + width <= right && y + height <= bottom;
  const layers = Object.values(graph.nodes).filter(({ position }) => holds(position, NODE_WIDTH, 64));
  const others = Object.values(graph.annotations ?? {}).filter(
    ({ id, position, size }) => id !== frame.id && holds(position, size.width, size.height),
  );
  return new Map([
    ...layers.map(({ id, position }) => [id, position] as const),
    ...others.map(({ id, position }) => [annotationFlowId(id), position] as const),
  ]);
}
