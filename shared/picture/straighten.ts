import { turned, type FlowDirection } from '../graph/direction';
import type { GraphEdge, NodeId } from '../graph/graph';
import type { NodePorts } from '../graph/ports';
import { isStraight, lastingCount, type Middles, type NodePlace, type PlacedNode } from './geometry';

interface Known {
  /** Without a port in the middle. */
  readonly from: PlacedNode;
  readonly made: PlacedNode;
}

/**
 * Lets the main path run straight through layers with several inputs or outputs: of the layers that are wired to it and stand in line
 * with it, the nearest one is wired to the middle of its side, and its other ports stand beside that. So positions alone decide, and a
 * layer that is put in line gets its straight wire. Keeps the objects of what is as before. One walk over layers and wires.
 */
export function createStraightener() {
  let known = new Map<NodeId, Known>();
  let list: readonly PlacedNode[] = [];
  return function straighten(nodes: readonly PlacedNode[], edges: readonly GraphEdge[], direction: FlowDirection): readonly PlacedNode[] {
    const middles = middlesIn(nodes, edges, direction);
    const now: typeof known = new Map();
    let isSame = nodes.length === list.length;
    const straightened = nodes.map((node, index) => {
      const own = middles.get(node.id);
      const made = own ? withMiddles(node, own, known.get(node.id)) : node;
      if (own) now.set(node.id, { from: node, made });
      isSame &&= made === list[index];
      return made;
    });
    known = now;
    if (!isSame) list = straightened;
    return list;
  };
}

function withMiddles(node: PlacedNode, middles: Middles, known: Known | undefined): PlacedNode {
  const isAsBefore = known && known.from.data === node.data && sameMiddles(known.made.data.middles, middles);
  if (isAsBefore && known.from === node) return known.made;
  return { ...node, data: isAsBefore ? known.made.data : { ...node.data, middles } };
}

/** Whether the same ports stand in the middle. */
export function sameMiddles(a: NodePlace['middles'], b: NodePlace['middles']): boolean {
  return a === b || (a?.inputs === b?.inputs && a?.outputs === b?.outputs);
}

/** Where a layer stands by main and cross axis: its ends along the flow, and its middle across it. */
interface Extent {
  readonly start: number;
  readonly end: number;
  readonly middle: number;
}

function extentOf({ position, data: { width, height } }: PlacedNode, direction: FlowDirection): Extent {
  const { x, y } = turned(position, direction);
  const [length, breadth] = direction === 'right' ? [width, height] : [height, width];
  return { start: x, end: x + length, middle: y + breadth / 2 };
}

function middlesIn(nodes: readonly PlacedNode[], edges: readonly GraphEdge[], direction: FlowDirection): ReadonlyMap<NodeId, Middles> {
  const several = new Map<NodeId, PlacedNode>();
  const hasSeveral = ({ data: { ports } }: PlacedNode, side: keyof NodePorts) => ports[side].length > 1 && lastingCount(ports[side]) > 1;
  for (const node of nodes) if (hasSeveral(node, 'inputs') || hasSeveral(node, 'outputs')) several.set(node.id, node);
  const found = new Map<NodeId, Middles>();
  if (several.size === 0) return found;
  const wires = edges.filter(({ from, to }) => several.has(from.node) || several.has(to.node));
  const ends = new Set(wires.flatMap(({ from, to }) => [from.node, to.node]));
  const extents = new Map(nodes.flatMap((node) => (ends.has(node.id) ? [[node.id, extentOf(node, direction)] as const] : [])));
  const nearest = { inputs: new Map<NodeId, number>(), outputs: new Map<NodeId, number>() };
  const consider = (id: NodeId, side: keyof NodePorts, port: string, distance: number) => {
    const node = several.get(id);
    if (!node || !hasSeveral(node, side) || distance >= (nearest[side].get(id) ?? Infinity)) return;
    const index = node.data.ports[side].findIndex((each) => each.id === port && !each.isSpare);
    if (index < 0) return;
    nearest[side].set(id, distance);
    found.set(id, { ...found.get(id), [side]: index });
  };
  for (const { from, to } of wires) {
    const [source, target] = [extents.get(from.node), extents.get(to.node)];
    if (!source || !target || target.start < source.end || !isStraight(source.middle, target.middle)) continue;
    consider(to.node, 'inputs', to.port, target.start - source.end);
    consider(from.node, 'outputs', from.port, target.start - source.end);
  }
  return found;
}
