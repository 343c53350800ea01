import { directionOf, turned } from './direction';
import type { EdgeId, Graph, GraphEdge, GraphNode, NodeId } from './graph';
import type { NodePorts } from './ports';
import { readingOrder } from './readingOrder';
import { wiresAt } from './wires';

export type Direction = 'forward' | 'back';

/**
 * The wires that leave a node (or with `back` enter it), by port as listed, then as one reads: of a main path and a skip
 * around it the main path first.
 */
export function wiresAlong(graph: Graph, id: NodeId, direction: Direction, ports?: NodePorts): readonly GraphEdge[] {
  const [near, far] = direction === 'forward' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const wires = (wiresAt(graph.edges)[near].get(id) ?? []).filter((edge) => Object.hasOwn(graph.nodes, edge[far].node));
  if (wires.length < 2) return wires;
  const listed = (direction === 'forward' ? ports?.outputs : ports?.inputs)?.map((port) => port.id) ?? [];
  // Made only where two wires share a port: an edit makes another graph, and its order is that of the whole of it.
  let order: ReadonlyMap<NodeId, number> | undefined;
  const place = (edge: GraphEdge) => (order ??= new Map(readingOrder(graph).map((node, index) => [node, index]))).get(edge[far].node) ?? 0;
  return wires.toSorted(
    (a, b) => listed.indexOf(a[near].port) - listed.indexOf(b[near].port) || byPort(a[near].port, b[near].port) || place(a) - place(b),
  );
}

/** `inputs.2` before `inputs.10`. */
const byPort = new Intl.Collator('en', { numeric: true }).compare;

/** Distance sideways counts this often: what stands in the same column is above, what stands beside is not. */
const SIDEWAYS = 2;

/** The nearest node beside the flow, above or below (left or right in a graph that runs down); undefined where there is none. */
export function nodeBeside(graph: Graph, id: NodeId, side: 'before' | 'after'): NodeId | undefined {
  const { nodes } = graph;
  const direction = directionOf(graph);
  const from = nodes[id] && turned(nodes[id].position, direction);
  if (!from) return undefined;
  let best: { readonly node: GraphNode; readonly distance: number } | undefined;
  for (const node of Object.values(nodes)) {
    const { x, y } = turned(node.position, direction);
    const away = (y - from.y) * (side === 'after' ? 1 : -1);
    if (away <= 0) continue;
    const distance = away + Math.abs(x - from.x) * SIDEWAYS;
    if (!best || distance < best.distance) best = { node, distance };
  }
  return best?.node.id;
}

/** A port or a wire of a node. */
export type Part =
  { readonly kind: 'port'; readonly side: 'input' | 'output'; readonly port: string } | { readonly kind: 'wire'; readonly edge: EdgeId };

/** The ports of a node, each with its wires behind it: inputs, then outputs. */
export function partsOf(graph: Graph, id: NodeId, { inputs, outputs }: NodePorts): readonly Part[] {
  const side = (side: 'input' | 'output', ports: NodePorts['inputs'], wires: readonly GraphEdge[], end: 'from' | 'to') =>
    ports.flatMap((port): Part[] => [
      { kind: 'port', side, port: port.id },
      ...wires.filter((edge) => edge[end].port === port.id).map((edge): Part => ({ kind: 'wire', edge: edge.id })),
    ]);
  return [
    ...side('input', inputs, wiresAlong(graph, id, 'back'), 'to'),
    ...side('output', outputs, wiresAlong(graph, id, 'forward'), 'from'),
  ];
}
