import type { Graph, NodeId } from './graph';

/** Nodes in an order in which each comes after its inputs, and those that no order has: they are on or below a cycle. */
export interface Order {
  readonly order: readonly string[];
  readonly cyclic: readonly string[];
}

/** Kahn's algorithm, linear in nodes and wires. Nodes that are free at the same time keep the order in which they are listed. */
export function topologicalOrder(
  nodes: Iterable<string>,
  inputsOf: (id: string) => readonly string[],
  outputsOf: (id: string) => readonly string[],
): Order {
  const waiting = new Map<string, number>();
  for (const id of nodes) waiting.set(id, inputsOf(id).length);
  const order = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
  for (let next = 0; next < order.length; next += 1) {
    for (const target of outputsOf(order[next] as string)) {
      const left = (waiting.get(target) ?? 0) - 1;
      waiting.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  const done = new Set(order);
  return { order, cyclic: [...waiting.keys()].filter((id) => !done.has(id)) };
}

/** The nodes of one cycle that wiring `from` → `to` would close, in the order of the flow; undefined where it closes none. */
export function cycleThrough(graph: Graph, from: NodeId, to: NodeId): readonly NodeId[] | undefined {
  const next = new Map<NodeId, NodeId[]>();
  for (const { from: source, to: target } of Object.values(graph.edges)) {
    const list = next.get(source.node);
    if (list) list.push(target.node);
    else next.set(source.node, [target.node]);
  }
  const cameFrom = new Map<NodeId, NodeId | undefined>([[to, undefined]]);
  const queue = [to];
  for (let index = 0; index < queue.length; index += 1) {
    const node = queue[index] as NodeId;
    if (node === from) return pathTo(node, cameFrom);
    for (const target of next.get(node) ?? []) {
      if (cameFrom.has(target)) continue;
      cameFrom.set(target, node);
      queue.push(target);
    }
  }
  return undefined;
}

function pathTo(node: NodeId, cameFrom: ReadonlyMap<NodeId, NodeId | undefined>): NodeId[] {
  const path: NodeId[] = [];
  for (let at: NodeId | undefined = node; at !== undefined; at = cameFrom.get(at)) path.unshift(at);
  return path;
}
