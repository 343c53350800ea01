import { changesBetween } from '../graph/changes';
import { turned, type FlowDirection } from '../graph/direction';
import type { GraphEdge, NodeId, PortRef } from '../graph/graph';
import type { NodePorts } from '../graph/ports';
import { isStraight, lastingCount, type Middles, type NodePlace, type PlacedNode } from './geometry';
import { createGroups } from './groups';

/** A layer without and with its ports in the middle. */
interface Known {
  readonly from: PlacedNode;
  readonly made: PlacedNode;
}

/**
 * Lets the main path run straight through layers with several inputs or outputs: of the layers that are wired to it and stand in line
 * with it, the nearest one is wired to the middle of its side, and its other ports stand beside that. So positions alone decide, and a
 * layer that is put in line gets its straight wire. Keeps the objects of what is as before; looks again only at what came, went or
 * moved and at what is wired to it, beside walks that compare.
 */
export function createStraightener() {
  const byId = new Map<NodeId, PlacedNode>();
  const atNode = createGroups<NodeId, GraphEdge>();
  const known = new Map<NodeId, Known>();
  let seen: Seen = { nodes: [], edges: [], direction: 'right' };
  let list: readonly PlacedNode[] = [];

  function follow({ nodes, edges, direction }: Seen): ReadonlySet<NodeId> {
    const wires = changesBetween(seen.edges, edges);
    const layers = changesBetween(seen.nodes, nodes);
    const dirty = new Set<NodeId>();
    for (const edge of wires.gone) for (const id of endsOf(edge)) atNode.remove(id, edge);
    for (const edge of wires.came) for (const id of endsOf(edge)) atNode.add(id, edge);
    for (const edge of [...wires.gone, ...wires.came]) for (const id of endsOf(edge)) dirty.add(id);
    for (const { id } of layers.gone) byId.delete(id);
    for (const layer of layers.came) byId.set(layer.id, layer);
    for (const { id } of [...layers.gone, ...layers.came]) {
      dirty.add(id);
      for (const edge of atNode.of(id)) for (const end of endsOf(edge)) dirty.add(end);
    }
    if (direction !== seen.direction) for (const { id } of nodes) dirty.add(id);
    seen = { nodes, edges, direction };
    return dirty;
  }

  return function straighten(nodes: readonly PlacedNode[], edges: readonly GraphEdge[], direction: FlowDirection): readonly PlacedNode[] {
    if (nodes === seen.nodes && edges === seen.edges && direction === seen.direction) return list;
    for (const id of follow({ nodes, edges, direction })) {
      const node = byId.get(id);
      const middles = node && middlesOf(node, atNode.of(id), { byId, direction });
      if (node && middles) known.set(id, { from: node, made: withMiddles(node, middles, known.get(id)) });
      else known.delete(id);
    }
    const straightened = known.size === 0 ? nodes : nodes.map((node) => known.get(node.id)?.made ?? node);
    const isSame = straightened.length === list.length && straightened.every((node, index) => node === list[index]);
    if (!isSame) list = straightened;
    return list;
  };
}

interface Seen {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly GraphEdge[];
  readonly direction: FlowDirection;
}

function endsOf({ from, to }: GraphEdge): readonly NodeId[] {
  return from.node === to.node ? [from.node] : [from.node, to.node];
}

function withMiddles(node: PlacedNode, middles: Middles, before: Known | undefined): PlacedNode {
  const isAsBefore = before && before.from.data === node.data && sameMiddles(before.made.data.middles, middles);
  if (isAsBefore && before.from === node) return before.made;
  return { ...node, data: isAsBefore ? before.made.data : { ...node.data, middles } };
}

/** Whether the same ports stand in the middle. */
export function sameMiddles(a: NodePlace['middles'], b: NodePlace['middles']): boolean {
  return a === b || (a?.inputs === b?.inputs && a?.outputs === b?.outputs);
}

interface Around {
  readonly byId: ReadonlyMap<NodeId, PlacedNode>;
  readonly direction: FlowDirection;
}

function middlesOf(node: PlacedNode, wires: Iterable<GraphEdge>, around: Around): Middles | undefined {
  const inputs = middleOf(node, 'inputs', wires, around);
  const outputs = middleOf(node, 'outputs', wires, around);
  if (inputs === undefined && outputs === undefined) return undefined;
  return { ...(inputs === undefined ? {} : { inputs }), ...(outputs === undefined ? {} : { outputs }) };
}

/** The port of a side to which the nearest layer in line is wired; where it is wired to several, the one in their midst. */
function middleOf(node: PlacedNode, side: keyof NodePorts, wires: Iterable<GraphEdge>, { byId, direction }: Around): number | undefined {
  const ports = node.data.ports[side];
  if (ports.length < 2 || lastingCount(ports) < 2) return undefined;
  const midst = (lastingCount(ports) - 1) / 2;
  let best: { readonly index: number; readonly distance: number } | undefined;
  for (const { from, to } of wires) {
    const [own, far]: readonly [PortRef, PortRef] = side === 'inputs' ? [to, from] : [from, to];
    const other = byId.get(far.node);
    if (own.node !== node.id || !other) continue;
    const distance = side === 'inputs' ? gapInLine(other, node, direction) : gapInLine(node, other, direction);
    if (distance === undefined || (best && distance > best.distance)) continue;
    const index = ports.findIndex(({ id, isSpare }) => id === own.port && !isSpare);
    if (index >= 0 && (!best || distance < best.distance || isNearer(index, best.index, midst))) best = { index, distance };
  }
  return best?.index;
}

function isNearer(index: number, other: number, midst: number): boolean {
  const [own, theirs] = [Math.abs(index - midst), Math.abs(other - midst)];
  return own < theirs || (own === theirs && index < other);
}

/** The room between two layers of which the second stands behind the first one, in line with it; undefined where it does not. */
function gapInLine(first: PlacedNode, second: PlacedNode, direction: FlowDirection): number | undefined {
  const [a, b] = [extentOf(first, direction), extentOf(second, direction)];
  return b.start >= a.end && isStraight(a.middle, b.middle) ? b.start - a.end : undefined;
}

/** Where a layer stands by main and cross axis: its ends along the flow, and its middle across it. */
function extentOf({ position, data: { width, height } }: PlacedNode, direction: FlowDirection) {
  const { x, y } = turned(position, direction);
  const [length, breadth] = direction === 'right' ? [width, height] : [height, width];
  return { start: x, end: x + length, middle: y + breadth / 2 };
}
