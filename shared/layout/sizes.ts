import type { BlockDefinition } from '../document/document';
import { directionOf } from '../graph/direction';
import type { BlockId, Graph, GraphNode } from '../graph/graph';
import { nothingTaken, portsOf } from '../graph/ports';
import { takenPorts } from '../graph/takenPorts';
import { nodeSize, type Size } from '../picture/geometry';

/** How large the layers of a graph are on the canvas, as it wires them. */
export function sizesIn(graph: Graph, blocks: Readonly<Record<BlockId, BlockDefinition>>): (node: GraphNode) => Size {
  const taken = takenPorts(graph);
  const direction = directionOf(graph);
  return (node) => nodeSize(portsOf(node, blocks, taken.get(node.id) ?? nothingTaken), direction);
}
