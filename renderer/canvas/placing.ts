import type { BlockDefinition } from '../../shared/document/document';
import { carried, type Followed } from '../../shared/graph/carried';
import { changesBetween } from '../../shared/graph/changes';
import { directionOf, type FlowDirection } from '../../shared/graph/direction';
import { emptyGraph, type BlockId, type Graph, type GraphNode, type NodeId, type Position } from '../../shared/graph/graph';
import { nothingTaken, portsOf, type NodePorts, type TakenPorts } from '../../shared/graph/ports';
import { edgesOf, nodesOf } from '../../shared/graph/lists';
import { takenPorts } from '../../shared/graph/takenPorts';
import { nodeSize, type PlacedNode } from '../../shared/picture/geometry';
import type { Positions } from './drag';

type Blocks = Readonly<Record<BlockId, BlockDefinition>>;

/** What decides where a layer stands and which ports it has; compared by identity. */
interface Known {
  readonly node: GraphNode;
  readonly taken: TakenPorts;
  readonly blocks: Blocks;
  readonly position: Position;
  readonly direction: FlowDirection;
  readonly placed: PlacedNode;
}

/**
 * Places the layers of a graph; keeps the object of every layer whose place and ports are as they were, and then the list. Looked at are
 * layers that are others or have other wires, and what is on its way in a drag.
 */
export function createPlacer() {
  let seen: Seen = { graph: emptyGraph, blocks: noBlocks, inFlight: new Map() };
  let known: Followed<GraphNode, Known> = nothing;
  let indexes = new Map<NodeId, number>();
  const byId = new Map<NodeId, Known>();
  let list: readonly PlacedNode[] = [];

  const indexOf = (id: NodeId) => {
    if (indexes.size === 0) known.keys.forEach((node, index) => indexes.set(node.id, index));
    return indexes.get(id);
  };

  function find(node: GraphNode): Known {
    const { graph, blocks, inFlight } = seen;
    const taken = takenPorts(graph).get(node.id) ?? nothingTaken;
    const own = node.block === undefined ? noBlocks : blocks;
    const position = inFlight.get(node.id) ?? node.position;
    const direction = directionOf(graph);
    const old = byId.get(node.id);
    if (old?.node === node && old.taken === taken && old.blocks === own && old.position === position && old.direction === direction)
      return old;
    const entry = placedAt({ node, taken, blocks: own, position, direction }, old);
    byId.set(node.id, entry);
    return entry;
  }

  return function place(graph: Graph, blocks: Blocks, inFlight: Positions): readonly PlacedNode[] {
    const before = seen;
    seen = { graph, blocks, inFlight };
    takenPorts(graph, before.graph.edges);
    const keys = nodesOf(graph);
    const again = mayAllDiffer(seen, before) ? undefined : lookedAgain(seen, before);
    if (keys === known.keys && again?.size === 0) return list;
    if (keys !== known.keys) indexes = new Map();
    const values = keys === known.keys && again ? [...known.values] : [...carried(keys, again ? known : nothing, find)];
    known = { keys, values };
    for (const id of again ?? []) {
      const at = indexOf(id);
      if (at !== undefined) values[at] = find(keys[at] as GraphNode);
    }
    if (byId.size > keys.length) for (const id of byId.keys()) if (!Object.hasOwn(graph.nodes, id)) byId.delete(id);
    const placed = values.map((entry) => entry.placed);
    if (!sameList(placed, list)) list = placed;
    return list;
  };
}

interface Seen {
  readonly graph: Graph;
  readonly blocks: Blocks;
  readonly inFlight: Positions;
}

const nothing: Followed<never, never> = { keys: [], values: [] };

function mayAllDiffer(now: Seen, before: Seen): boolean {
  return now.blocks !== before.blocks || directionOf(now.graph) !== directionOf(before.graph);
}

/** The layers whose wires are others, or that are or were on their way. */
function lookedAgain(now: Seen, before: Seen): ReadonlySet<NodeId> {
  const wired = now.graph.edges === before.graph.edges ? [] : rewired(before.graph, now.graph);
  return new Set([...wired, ...(now.inFlight === before.inFlight ? [] : [...now.inFlight.keys(), ...before.inFlight.keys()])]);
}

function rewired(before: Graph, now: Graph): readonly NodeId[] {
  const { came, gone, moved } = changesBetween(edgesOf(before), edgesOf(now));
  return [...came, ...gone, ...moved].flatMap(({ from, to }) => [from.node, to.node]);
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((thing, index) => thing === b[index]);
}

const noBlocks: Blocks = {};

function placedAt(from: Omit<Known, 'placed'>, known: Known | undefined): Known {
  const { node, taken, blocks, position, direction } = from;
  const old = known?.direction === direction ? known.placed : undefined;
  const ports = portsOf(node, blocks, taken);
  const data = old && samePorts(old.data.ports, ports) ? old.data : { ports, ...nodeSize(ports, direction) };
  return { ...from, placed: old?.data === data && old.position === position ? old : { id: node.id, position, data } };
}

function samePorts(a: NodePorts, b: NodePorts): boolean {
  const same = (side: keyof NodePorts) =>
    a[side].length === b[side].length &&
    a[side].every(({ id, name, isSpare }, index) => {
      const other = b[side][index];
      return other?.id === id && other.name === name && other.isSpare === isSpare;
    });
  return same('inputs') && same('outputs');
}
