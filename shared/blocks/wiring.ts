import type { GraphNode, PortRef } from '../graph/graph';
import { keptTable } from '../graph/keptTable';
import type { FlatEdge, FlatGraph, NodePath } from '../infer/analysis';
import { findLayer } from '../layers/index';
import { MAX_COPIES, MAX_DEPTH } from './limits';
import { wireInto, type Place } from './place';
import { hasPort } from './unknownPorts';

/** Borders of blocks that one wire may cross. */
const MAX_BORDERS = 4 * MAX_DEPTH + MAX_COPIES;

type Wiring = Pick<FlatGraph, 'incoming' | 'outgoing'>;

/** The wires between layers, through all borders of blocks. A node whose wires are as before keeps its list of them. */
export function flatWires(places: readonly Place[], nodes: FlatGraph['nodes'], before: Wiring | undefined): Wiring {
  const incoming = new Map<NodePath, FlatEdge[]>();
  const outgoing = new Map<NodePath, FlatEdge[]>();
  for (const place of places) {
    for (const edge of place.plan.edges) {
      const layer = place.layers[place.plan.index.get(edge.to.node) ?? -1];
      if (!layer || !hasPort(findLayer(layer.type)?.inputs, edge.to.port)) continue;
      const target = layer.path;
      const from = sourceOf(place, edge.from);
      if (!from || !nodes.has(from.node)) continue;
      const id = place.prefix === '' ? edge.id : place.prefix + edge.id;
      const old = before?.incoming.get(target)?.find((each) => each.id === id);
      const flat = old && isWire(old, from, edge.to.port) ? old : { id, from, to: portAt(target, edge.to) };
      append(incoming, target, flat);
      append(outgoing, from.node, flat);
    }
  }
  return before
    ? { incoming: keptLists(incoming, before.incoming), outgoing: keptLists(outgoing, before.outgoing) }
    : { incoming, outgoing };
}

/** Whether a wire into the same layer is from and to these ports. */
function isWire({ from, to }: FlatEdge, source: PortRef, port: string): boolean {
  return from.node === source.node && from.port === source.port && to.port === port;
}

function keptLists(
  lists: Map<NodePath, readonly FlatEdge[]>,
  before: ReadonlyMap<NodePath, readonly FlatEdge[]>,
): ReadonlyMap<NodePath, readonly FlatEdge[]> {
  for (const [path, list] of lists) {
    const old = before.get(path);
    if (old?.length === list.length && old.every((edge, at) => edge === list[at])) lists.set(path, old);
  }
  return keptTable(lists, before);
}

function append(map: Map<NodePath, FlatEdge[]>, key: NodePath, edge: FlatEdge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}

interface Source {
  readonly place: Place;
  readonly from: PortRef;
}

/** The layer's port that a port of this place stands for, through blocks in and out; undefined where nothing is wired, or there is no such port. */
export function sourceOf(place: Place, from: PortRef): PortRef | undefined {
  let at: Source | undefined = { place, from };
  // Each step goes through one border of a block; more steps than that are a loop of empty blocks.
  for (let steps = 0; at && steps < MAX_BORDERS; steps += 1) {
    const current: Source = at;
    const index = current.place.plan.index.get(current.from.node);
    if (index === undefined) return undefined;
    const node = current.place.plan.nodes[index] as GraphNode;
    if (node.type === 'blockInput') at = outside(current.place, node);
    else if (node.type === 'block') at = within(current.place, node, current.from.port);
    else
      return hasPort(findLayer(node.type)?.outputs, current.from.port)
        ? portAt(current.place.paths[index] as NodePath, current.from)
        : undefined;
  }
  return undefined;
}

function portAt(path: NodePath, from: PortRef): PortRef {
  return path === from.node ? from : { node: path, port: from.port };
}

function outside({ parent }: Place, input: GraphNode): Source | undefined {
  if (!parent) return undefined;
  const before = parent.copy > 0 ? parent.place.inside.get(parent.instance.id)?.[parent.copy - 1] : undefined;
  // A later copy reads what the copy before it gives; a repeated block has one output.
  if (before) return endOf(before);
  const edge = wireInto(parent.place, { node: parent.instance.id, port: input.name });
  return edge && { place: parent.place, from: edge.from };
}

function within(place: Place, node: GraphNode, port: string): Source | undefined {
  const last = place.inside.get(node.id)?.at(-1);
  return last && endOf(last, port);
}

/** What is wired to an output of a definition, inside it: the one of this name, or the first. */
function endOf(place: Place, name?: string): Source | undefined {
  const end = place.plan.nodes.find((node) => node.type === 'blockOutput' && (name === undefined || node.name === name));
  const edge = end && wireInto(place, { node: end.id, port: 'x' });
  return edge && { place, from: edge.from };
}
