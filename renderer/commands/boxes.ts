import { directionOf } from '../../shared/graph/direction';
import type { GraphNode, NodeId } from '../../shared/graph/graph';
import { nothingTaken, portsOf } from '../../shared/graph/ports';
import { takenPorts } from '../../shared/graph/takenPorts';
import { nodeSize, type Box } from '../../shared/picture/geometry';
import type { Shown } from './graphEdits';

/** Layers of the shown graph with their rectangles: many ports make one longer across the flow. */
export function boxesOf({ document, graph }: Shown, ids: Iterable<NodeId>): readonly { readonly node: GraphNode; readonly box: Box }[] {
  const [taken, direction] = [takenPorts(graph), directionOf(graph)];
  return [...ids].flatMap((id) => {
    const node = graph.nodes[id];
    if (!node) return [];
    const size = nodeSize(portsOf(node, document.blocks, taken.get(id) ?? nothingTaken), direction);
    return [{ node, box: { ...node.position, ...size } }];
  });
}

export type Axis = 'x' | 'y';

/** Where boxes begin along an axis when they stand in line: by their beginnings (0), their middles (0.5) or their ends (1). */
export function aligned(boxes: readonly Box[], axis: Axis, share: 0 | 0.5 | 1): readonly number[] {
  const length = axis === 'x' ? 'width' : 'height';
  const [first, last] = [Math.min(...boxes.map((box) => box[axis])), Math.max(...boxes.map((box) => box[axis] + box[length]))];
  const line = first + (last - first) * share;
  return boxes.map((box) => line - box[length] * share);
}
