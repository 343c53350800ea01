import type { BlockDefinition } from '../document/document';
import { variadicPort, type BlockId, type Graph, type GraphEdge, type GraphNode, type NodeId, type PortRef } from '../graph/graph';
import { nothingTaken, portsOf, type NodePorts } from '../graph/ports';
import { takenPorts } from '../graph/takenPorts';
import { findLayer } from '../layers/index';

export type Blocks = Readonly<Record<BlockId, BlockDefinition>>;

/** The ports of a node as its graph wires it. */
export function portsIn(graph: Graph, blocks: Blocks, node: GraphNode): NodePorts {
  return portsOf(node, blocks, takenPorts(graph).get(node.id) ?? nothingTaken);
}

/** The ports of a node with room for this many wires where a merge takes any number. */
export function portsWithInputs(node: GraphNode, blocks: Blocks, count: number): NodePorts {
  const spec = findLayer(node.type)?.inputs.find(({ variadic }) => variadic);
  const inputs = spec ? Array.from({ length: count }, (_, index) => variadicPort(spec.name, index)) : [];
  return portsOf(node, blocks, { inputs, outputs: [] });
}

/** The first input that no wire leads to; a merge always has one. */
export function freeInput(graph: Graph, blocks: Blocks, node: GraphNode): PortRef | undefined {
  const taken = new Set(wiresInto(graph, node.id).map(({ to }) => to.port));
  const port = portsIn(graph, blocks, node).inputs.find(({ id }) => !taken.has(id));
  return port && { node: node.id, port: port.id };
}

/** The first output that feeds nothing yet, else the first. */
export function nextOutput(graph: Graph, blocks: Blocks, node: GraphNode): PortRef | undefined {
  const { outputs } = portsIn(graph, blocks, node);
  const taken = new Set(
    Object.values(graph.edges)
      .filter(({ from }) => from.node === node.id)
      .map(({ from }) => from.port),
  );
  const port = outputs.find(({ id }) => !taken.has(id)) ?? outputs[0];
  return port && { node: node.id, port: port.id };
}

export function wiresInto(graph: Graph, id: NodeId): readonly GraphEdge[] {
  return Object.values(graph.edges).filter(({ to }) => to.node === id);
}
