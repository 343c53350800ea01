import type { EdgeId, Graph, GraphEdge, GraphNode, NodeId } from '../../shared/graph/graph';
import type { Ghost } from './flowTypes';

/** A graph with what edits would add, change and take away marked; what they take away is still in it. */
export interface GhostGraph {
  readonly graph: Graph;
  readonly nodes: ReadonlyMap<NodeId, Ghost>;
  readonly edges: ReadonlyMap<EdgeId, Ghost>;
}

export function ghostsOf(before: Graph, after: Graph): GhostGraph {
  const nodes = new Map<NodeId, Ghost>();
  const edges = new Map<EdgeId, Ghost>();
  const goneNodes: Record<NodeId, GraphNode> = {};
  const goneEdges: Record<EdgeId, GraphEdge> = {};
  for (const node of Object.values(after.nodes)) {
    const old = before.nodes[node.id];
    if (!old) nodes.set(node.id, 'added');
    else if (old.params !== node.params || old.type !== node.type) nodes.set(node.id, 'changed');
  }
  for (const node of Object.values(before.nodes)) {
    if (after.nodes[node.id]) continue;
    nodes.set(node.id, 'removed');
    goneNodes[node.id] = node;
  }
  for (const edge of Object.values(after.edges)) if (!isSameWire(before.edges[edge.id], edge)) edges.set(edge.id, 'added');
  for (const edge of Object.values(before.edges)) {
    if (after.edges[edge.id]) continue;
    edges.set(edge.id, 'removed');
    goneEdges[edge.id] = edge;
  }
  return { graph: { ...after, nodes: { ...after.nodes, ...goneNodes }, edges: { ...after.edges, ...goneEdges } }, nodes, edges };
}

function isSameWire(a: GraphEdge | undefined, b: GraphEdge): boolean {
  return a?.from.node === b.from.node && a.from.port === b.from.port && a.to.node === b.to.node && a.to.port === b.to.port;
}

export const noGhosts: Pick<GhostGraph, 'nodes' | 'edges'> = { nodes: new Map(), edges: new Map() };
