import type { Graph, NodeId } from './graph';

/** Nodes in an order in which each comes after its inputs, and those that no order has: they are on or below a cycle. */
export interface Order {
  readonly order: readonly string[];
  readonly cyclic: readonly string[];
}

/** Kahn's algorithm, linear in nodes and wires; `inputsOf` counts the wires that enter a node. Nodes that are free at the same time keep the order in which they are listed. */
export function topologicalOrder<Wire>(
  nodes: Iterable<string>,
  inputsOf: (id: string) => number,
  outputsOf: (id: string) => readonly Wire[],
  targetOf: (wire: Wire) => string,
): Order {
  const waiting = new Map<string, number>();
  const order: string[] = [];
  for (const id of nodes) {
    const inputs = inputsOf(id);
    waiting.set(id, inputs);
    if (inputs === 0) order.push(id);
  }
  for (let next = 0; next < order.length; next += 1) {
    for (const wire of outputsOf(order[next] as string)) {
      const target = targetOf(wire);
      const left = (waiting.get(target) ?? 0) - 1;
      waiting.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  return { order, cyclic: order.length === waiting.size ? [] : leftOf(waiting, order) };
}

function leftOf(waiting: ReadonlyMap<string, number>, order: readonly string[]): readonly string[] {
  const done = new Set(order);
  return [...waiting.keys()].filter((id) => !done.has(id));
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
