import type { EdgeId, NodeId, Position } from '../../shared/graph/graph';

/** The wire under a point of the window; `except` are layers that are in the way because they are being dragged. */
export function wireAt({ x, y }: Position): EdgeId | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<HTMLElement>('.react-flow__edge')?.dataset['id'];
    if (id !== undefined) return id;
  }
  return undefined;
}

/** The layer under a point of the window. */
export function layerAt({ x, y }: Position): NodeId | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<HTMLElement>('.react-flow__node-layer')?.dataset['id'];
    if (id !== undefined) return id;
  }
  return undefined;
}
