import type { GraphEdit } from '../graph/edit';
import type { Graph, GraphEdge, NodeId, PortRef } from '../graph/graph';
import { edgesOf } from '../graph/lists';

/**
 * Removes nodes; what they fed is fed by what fed them, so that a chain stays a chain. Healed first: a wire that is led elsewhere before
 * its node goes keeps its place among the wires.
 */
export function removeAndHeal(graph: Graph, removed: ReadonlySet<NodeId>): readonly GraphEdit[] {
  const heals = healedEdges(graph, removed).map((edge): GraphEdit => ({ kind: 'connect', edge }));
  return [...heals, ...[...removed].map((id): GraphEdit => ({ kind: 'removeNode', id }))];
}

/** Takes the wires off nodes, but for those among them, and closes the gap; the nodes stay where they are, free of all others. */
export function takeOut(graph: Graph, taken: ReadonlySet<NodeId>): readonly GraphEdit[] {
  const healed = healedEdges(graph, taken);
  const kept = new Set(healed.map((edge) => edge.id));
  const loose = edgesOf(graph).filter((edge) => taken.has(edge.from.node) !== taken.has(edge.to.node) && !kept.has(edge.id));
  return [
    ...healed.map((edge): GraphEdit => ({ kind: 'connect', edge })),
    ...loose.map((edge): GraphEdit => ({ kind: 'disconnect', id: edge.id })),
  ];
}

/** The wires that lead out of the removed nodes, from where they lead now. A wire keeps its id: it is still that wire. */
function healedEdges(graph: Graph, removed: ReadonlySet<NodeId>): readonly GraphEdge[] {
  const mainInput = mainInputs(graph, removed);
  return edgesOf(graph).flatMap((edge) => {
    if (!removed.has(edge.from.node) || removed.has(edge.to.node)) return [];
    const from = sourceBefore(edge.from, removed, mainInput);
    return from && from.node !== edge.to.node ? [{ ...edge, from }] : [];
  });
}

/** What feeds the first wired input of each of these nodes: of an add, its main path. */
function mainInputs(graph: Graph, nodes: ReadonlySet<NodeId>): ReadonlyMap<NodeId, GraphEdge> {
  const first = new Map<NodeId, GraphEdge>();
  for (const edge of edgesOf(graph)) {
    if (!nodes.has(edge.to.node)) continue;
    const known = first.get(edge.to.node);
    if (!known || portOrder(edge.to.port) < portOrder(known.to.port)) first.set(edge.to.node, edge);
  }
  return first;
}

/** `inputs.10` comes after `inputs.2`; ports without a number come first. */
function portOrder(port: string): number {
  const match = /\.(\d+)$/.exec(port);
  return match ? Number(match[1]) : -1;
}

/** Up the main path to the first output that stays; undefined where that path begins at a removed node, or is a circle. */
function sourceBefore(from: PortRef, removed: ReadonlySet<NodeId>, mainInput: ReadonlyMap<NodeId, GraphEdge>): PortRef | undefined {
  const seen = new Set<NodeId>();
  let at: PortRef | undefined = from;
  while (at && removed.has(at.node)) {
    if (seen.has(at.node)) return undefined;
    seen.add(at.node);
    at = mainInput.get(at.node)?.from;
  }
  return at;
}
