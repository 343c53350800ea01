import type { Annotation, Graph, NodeId, Position } from '../../shared/graph/graph';
import { insideFrame } from '../../shared/picture/frames';

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
export function placesInside(graph: Graph, frame: Annotation): ReadonlyMap<NodeId, Position> {
  const { nodes, annotations } = insideFrame(graph, frame);
  return new Map([
    ...nodes.map(({ id, position }) => [id, position] as const),
    ...annotations.map(({ id, position }) => [annotationFlowId(id), position] as const),
  ]);
}
