import type { BlockDefinition } from '../../shared/document/document';
import type { BlockId, Graph, GraphNode, NodeId, Position } from '../../shared/graph/graph';
import { nothingTaken, portsOf, takenPorts, type NodePorts, type TakenPorts } from '../../shared/graph/ports';
import { nodeHeight, type PlacedNode } from '../../shared/picture/geometry';
import type { Positions } from './drag';

type Blocks = Readonly<Record<BlockId, BlockDefinition>>;

/** What decides where a layer stands and which ports it has; compared by identity. */
interface Known {
  readonly node: GraphNode;
  readonly taken: TakenPorts;
  readonly blocks: Blocks;
  readonly position: Position;
  readonly placed: PlacedNode;
}

/** Places the layers of a graph; keeps the object of every layer whose place and ports are as they were, and then the list. */
export function createPlacer() {
  let edges: Graph['edges'] = {};
  let taken: ReadonlyMap<NodeId, TakenPorts> = new Map();
  let known = new Map<NodeId, Known>();
  let list: readonly PlacedNode[] = [];
  return function place(graph: Graph, blocks: Blocks, inFlight: Positions): readonly PlacedNode[] {
    if (graph.edges !== edges) taken = keepingSame(takenPorts(graph), taken);
    edges = graph.edges;
    const now: typeof known = new Map();
    const placed = Object.values(graph.nodes).map((node) => {
      const ports = taken.get(node.id) ?? nothingTaken;
      const own = node.block === undefined ? noBlocks : blocks;
      const position = inFlight.get(node.id) ?? node.position;
      const old = known.get(node.id);
      const isSame = old?.node === node && old.taken === ports && old.blocks === own && old.position === position;
      const entry = isSame ? old : placedAt({ node, taken: ports, blocks: own, position }, old?.placed);
      now.set(node.id, entry);
      return entry.placed;
    });
    known = now;
    if (placed.length !== list.length || placed.some((each, index) => each !== list[index])) list = placed;
    return list;
  };
}

const noBlocks: Blocks = {};

function placedAt(from: Omit<Known, 'placed'>, old: PlacedNode | undefined): Known {
  const { node, taken, blocks, position } = from;
  const ports = portsOf(node, blocks, taken);
  const data = old && samePorts(old.data.ports, ports) ? old.data : { ports, height: nodeHeight(ports) };
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

/** The objects of before wherever they say the same. */
function keepingSame(now: ReadonlyMap<NodeId, TakenPorts>, before: ReadonlyMap<NodeId, TakenPorts>): ReadonlyMap<NodeId, TakenPorts> {
  const kept = new Map<NodeId, TakenPorts>();
  for (const [id, taken] of now) {
    const old = before.get(id);
    const isAsBefore = old !== undefined && sameList(old.inputs, taken.inputs) && sameList(old.outputs, taken.outputs);
    kept.set(id, isAsBefore ? old : taken);
  }
  return kept;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
