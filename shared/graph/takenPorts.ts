import { changesBetween } from './changes';
import type { Graph, GraphEdge, NodeId } from './graph';
import { edgesOf } from './lists';
import type { TakenPorts } from './ports';
import { wiresAt, type WiresAt } from './wires';

type Table = ReadonlyMap<NodeId, TakenPorts>;
type Edges = Graph['edges'];

const known = new WeakMap<Edges, Table>();

/**
 * Taken ports of every node of a graph that has wires, in one walk, kept as long as its table of wires. With an earlier table of
 * wires, the ports of nodes whose wires are as they were stay the same objects.
 */
export function takenPorts({ edges }: Pick<Graph, 'edges'>, earlier?: Edges): Table {
  const own = known.get(edges);
  if (own) return own;
  const before = earlier && known.get(earlier);
  const taken = before ? takenAfter(before, edges, earlier) : takenBy(wiresAt(edges));
  known.set(edges, taken);
  return taken;
}

function takenBy(wires: WiresAt): Table {
  const taken = new Map<NodeId, TakenPorts>();
  for (const id of wires.from.keys()) taken.set(id, takenAt(wires, id));
  for (const id of wires.to.keys()) if (!taken.has(id)) taken.set(id, takenAt(wires, id));
  return taken;
}

const none: readonly GraphEdge[] = [];

function takenAt({ from, to }: WiresAt, id: NodeId): TakenPorts {
  return { inputs: (to.get(id) ?? none).map((wire) => wire.to.port), outputs: (from.get(id) ?? none).map((wire) => wire.from.port) };
}

function takenAfter(before: Table, edges: Edges, earlier: Edges): Table {
  const { came, gone, moved } = changesBetween(edgesOf({ edges: earlier }), edgesOf({ edges }));
  const at = new Set([...came, ...gone, ...moved].flatMap(({ from, to }) => [from.node, to.node]));
  if (at.size === 0) return before;
  const taken = new Map(before);
  const wires = wiresAt(edges, earlier);
  for (const id of at) {
    const [old, own] = [before.get(id), takenAt(wires, id)];
    if (own.inputs.length + own.outputs.length === 0) taken.delete(id);
    else if (!old || !sameList(old.inputs, own.inputs) || !sameList(old.outputs, own.outputs)) taken.set(id, own);
  }
  return taken;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
