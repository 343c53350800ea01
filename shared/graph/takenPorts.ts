import { changesBetween } from './changes';
import type { Graph, GraphEdge, NodeId } from './graph';
import { edgesOf } from './lists';
import type { TakenPorts } from './ports';

type Table = ReadonlyMap<NodeId, TakenPorts>;

const known = new WeakMap<Graph['edges'], Table>();

/**
 * Taken ports of every node of a graph that has wires, in one walk, kept as long as its table of wires. With an earlier table of
 * wires, the ports of nodes whose wires are as they were stay the same objects.
 */
export function takenPorts({ edges }: Pick<Graph, 'edges'>, earlier?: Graph['edges']): Table {
  const own = known.get(edges);
  if (own) return own;
  const before = earlier && known.get(earlier);
  const taken = before ? takenAfter(before, edgesOf({ edges: earlier }), edgesOf({ edges })) : takenBy(edgesOf({ edges }));
  known.set(edges, taken);
  return taken;
}

type Growing = Map<NodeId, { readonly inputs: string[]; readonly outputs: string[] }>;

function takenBy(edges: readonly GraphEdge[], only?: ReadonlySet<NodeId>): Growing {
  const taken: Growing = new Map();
  const entry = (id: NodeId) => {
    const old = taken.get(id);
    if (old) return old;
    const own = { inputs: [], outputs: [] };
    taken.set(id, own);
    return own;
  };
  for (const { from, to } of edges) {
    if (!only || only.has(from.node)) entry(from.node).outputs.push(from.port);
    if (!only || only.has(to.node)) entry(to.node).inputs.push(to.port);
  }
  return taken;
}

function takenAfter(before: Table, edges: readonly GraphEdge[], now: readonly GraphEdge[]): Table {
  const { came, gone } = changesBetween(edges, now);
  const at = new Set([...came, ...gone].flatMap(({ from, to }) => [from.node, to.node]));
  if (at.size === 0) return before;
  const taken = new Map(before);
  const fresh = takenBy(now, at);
  for (const id of at) {
    const [old, own] = [before.get(id), fresh.get(id)];
    if (!own) taken.delete(id);
    else if (!old || !sameList(old.inputs, own.inputs) || !sameList(old.outputs, own.outputs)) taken.set(id, own);
  }
  return taken;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
