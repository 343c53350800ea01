import type { GraphEdge, GraphNode, NodeId } from '../graph/graph';

const COLUMN = 240;
const ROW = 112;
/** A long chain goes on in the next line, as text does. */
const COLUMNS = 8;

/** Columns by how far each layer is from the beginning; what stands in one column stands one below the other. */
export function layOut(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): readonly GraphNode[] {
  const depths = depthsOf(nodes, edges);
  const filled = new Map<number, number>();
  const placed = nodes.map((node) => {
    const depth = depths.get(node.id) ?? 0;
    const row = filled.get(depth) ?? 0;
    filled.set(depth, row + 1);
    return { node, depth, row };
  });
  const tops = lineTops(filled);
  return placed.map(({ node, depth, row }) => ({
    ...node,
    position: { x: (depth % COLUMNS) * COLUMN, y: (tops[Math.floor(depth / COLUMNS)] ?? 0) + row * ROW },
  }));
}

/** The longest way to each layer. Layers come after what feeds them. */
function depthsOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ReadonlyMap<NodeId, number> {
  const incoming = new Map<NodeId, NodeId[]>();
  for (const { from, to } of edges) incoming.set(to.node, [...(incoming.get(to.node) ?? []), from.node]);
  const depths = new Map<NodeId, number>();
  for (const { id } of nodes) depths.set(id, Math.max(-1, ...(incoming.get(id) ?? []).map((source) => depths.get(source) ?? 0)) + 1);
  return depths;
}

/** Where each line of columns begins. */
function lineTops(filled: ReadonlyMap<number, number>): readonly number[] {
  const tops = [0];
  const lines = Math.ceil(filled.size / COLUMNS);
  for (let line = 0; line < lines; line += 1) {
    const rows = Array.from({ length: COLUMNS }, (_, column) => filled.get(line * COLUMNS + column) ?? 0);
    tops.push((tops[line] ?? 0) + Math.max(1, ...rows) * ROW + 48);
  }
  return tops;
}
