import type { BlockDefinition } from '../../shared/document/document';
import { directionOf, type FlowDirection } from '../../shared/graph/direction';
import type { BlockId, Graph, GraphNode, NodeId, Position } from '../../shared/graph/graph';
import { nothingTaken, portsOf, type NodePorts, type TakenPorts } from '../../shared/graph/ports';
import { nodesOf } from '../../shared/graph/lists';
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

/** Places the layers of a graph; keeps the object of every layer whose place and ports are as they were, and then the list. */
export function createPlacer() {
  let edges: Graph['edges'] = {};
  let known = new Map<NodeId, Known>();
  let list: readonly PlacedNode[] = [];
  let before: { readonly graph: Graph; readonly blocks: Blocks; readonly inFlight: Positions } | undefined;
  let indexes: ReadonlyMap<NodeId, number> | undefined;

  /** In a drag of the same graph: only what is on its way is looked at. */
  function moveOnly(graph: Graph, inFlight: Positions, was: Positions): void {
    const nodes = nodesOf(graph);
    indexes ??= new Map(nodes.map(({ id }, index) => [id, index]));
    const moved = [...list];
    let isSame = true;
    for (const id of new Set([...was.keys(), ...inFlight.keys()])) {
      const [index, old] = [indexes.get(id), known.get(id)];
      if (index === undefined || !old) continue;
      const position = inFlight.get(id) ?? old.node.position;
      if (position === old.position) continue;
      const entry = placedAt({ ...old, position }, old);
      known.set(id, entry);
      moved[index] = entry.placed;
      isSame = false;
    }
    if (!isSame) list = moved;
  }

  return function place(graph: Graph, blocks: Blocks, inFlight: Positions): readonly PlacedNode[] {
    const last = before;
    before = { graph, blocks, inFlight };
    if (last?.graph === graph && last.blocks === blocks) {
      if (last.inFlight !== inFlight) moveOnly(graph, inFlight, last.inFlight);
      return list;
    }
    indexes = undefined;
    const taken = takenPorts(graph, edges);
    edges = graph.edges;
    const nodes = nodesOf(graph);
    const direction = directionOf(graph);
    let isSame = nodes.length === list.length;
    const placed = nodes.map((node, index) => {
      const ports = taken.get(node.id) ?? nothingTaken;
      const own = node.block === undefined ? noBlocks : blocks;
      const position = inFlight.get(node.id) ?? node.position;
      const old = known.get(node.id);
      const isAsBefore =
        old?.node === node && old.taken === ports && old.blocks === own && old.position === position && old.direction === direction;
      const entry = isAsBefore ? old : placedAt({ node, taken: ports, blocks: own, position, direction }, old);
      if (!isAsBefore) known.set(node.id, entry);
      isSame &&= entry.placed === list[index];
      return entry.placed;
    });
    if (known.size > nodes.length) known = new Map(nodes.map(({ id }) => [id, known.get(id) as Known]));
    if (!isSame) list = placed;
    return list;
  };
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
