import type { BlockDefinition } from '../document/document';
import type { BlockId, Graph, NodeId, Position } from '../graph/graph';
import { nothingTaken, portsOf } from '../graph/ports';
import { takenPorts } from '../graph/takenPorts';
import { nodeHeight } from '../picture/geometry';
import { layOut } from './layout';

/** Places for all layers of a graph; the uppermost and leftmost ones begin at 0. The graph itself is not changed. */
export function arranged(graph: Graph, blocks: Readonly<Record<BlockId, BlockDefinition>>): ReadonlyMap<NodeId, Position> {
  const taken = takenPorts(graph);
  const nodes = Object.values(graph.nodes).map((node) => ({
    id: node.id,
    height: nodeHeight(portsOf(node, blocks, taken.get(node.id) ?? nothingTaken)),
  }));
  return layOut({ nodes, edges: Object.values(graph.edges) });
}

/** The same graph with its layers in these places. */
export function placedAt(graph: Graph, places: ReadonlyMap<NodeId, Position>): Graph {
  return {
    ...graph,
    nodes: Object.fromEntries(
      Object.values(graph.nodes).map((node) => [node.id, { ...node, position: places.get(node.id) ?? node.position }]),
    ),
  };
}
