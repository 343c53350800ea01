import { carried } from '../graph/carried';
import { changesBetween } from '../graph/changes';
import type { GraphEdge, GraphNode, PortRef } from '../graph/graph';
import { grouped, regrouped } from '../graph/grouped';
import { wiresAt } from '../graph/wires';
import type { FlatEdge, FlatGraph, FlatNode, NodePath, OpenInput } from '../infer/analysis';
import { findLayer } from '../layers/index';
import { MAX_COPIES, MAX_DEPTH } from './limits';
import { wireInto, type Place } from './place';
import { hasPort } from './unknownPorts';

/** Borders of blocks that one wire may cross. */
const MAX_BORDERS = 4 * MAX_DEPTH + MAX_COPIES;

/** The wires of an expanded network, and by the layers where they end and begin. */
export interface Wiring extends Pick<FlatGraph, 'incoming' | 'outgoing'> {
  /** In the order of the places and of the wires in them. */
  readonly wires: readonly FlatEdge[];
}

const end = ({ to }: FlatEdge) => to.node;
const start = ({ from }: FlatEdge) => from.node;

/** An earlier expansion: its places by their prefixes, and its wires. */
interface Before {
  readonly places: ReadonlyMap<NodePath, Place>;
  readonly wiring: Wiring;
}

/** The wires between layers, through all borders of blocks. What is as before is the same object: wires, and lists of them. */
export function flatWires(places: readonly Place[], nodes: FlatGraph['nodes'], before: Before | undefined): Wiring {
  const wires: FlatEdge[] = [];
  for (const place of places) {
    place.wires = wiresOf(place, nodes, before);
    for (const wire of place.wires) if (wire) wires.push(wire);
  }
  if (!before) return { wires, incoming: grouped(wires, end), outgoing: grouped(wires, start) };
  const { wires: list, incoming, outgoing } = before.wiring;
  return {
    wires,
    incoming: regrouped(wires, end, { list, groups: incoming }),
    outgoing: regrouped(wires, start, { list, groups: outgoing }),
  };
}

const nothing = { keys: [], values: [] };
/** Where more layers than these are others, all wires are looked at. */
const MANY = 256;

/** A wire between layers of one place depends on itself and on these; what crosses the border of a block on much else. */
function wiresOf(place: Place, nodes: FlatGraph['nodes'], before: Before | undefined): readonly (FlatEdge | undefined)[] {
  const { edges } = place.plan;
  const find = (edge: GraphEdge) => wireOf(place, edge, nodes, before?.wiring);
  const old = before?.places.get(place.prefix);
  if (!old || hasBorders(place) || hasBorders(old)) return carried(edges, nothing, find);
  const { came, gone } = changesBetween(old.layers as readonly FlatNode[], place.layers as readonly FlatNode[]);
  if (came.length > MANY) return carried(edges, nothing, find);
  const wires = [...carried(edges, { keys: old.plan.edges, values: old.wires }, find)];
  const { from, to } = wiresAt(place.graph.edges, old.graph.edges);
  for (const id of new Set([...came, ...gone].map(({ source }) => source.id)))
    for (const edge of [...(from.get(id) ?? []), ...(to.get(id) ?? [])]) wires[edges.indexOf(edge)] = find(edge);
  return wires;
}

/** Whether a place has blocks or ends of one, or layers that are left out. */
function hasBorders({ layers, plan }: Place): boolean {
  return layers.length < plan.nodes.length || layers.includes(undefined);
}

function wireOf(place: Place, edge: GraphEdge, nodes: FlatGraph['nodes'], before: Wiring | undefined): FlatEdge | undefined {
  const layer = place.layers[place.plan.index.get(edge.to.node) ?? -1];
  if (!layer || !hasPort(findLayer(layer.type)?.inputs, edge.to.port)) return undefined;
  const from = sourceOf(place, edge.from);
  if (!from || !nodes.has(from.node)) return undefined;
  const id = place.prefix === '' ? edge.id : place.prefix + edge.id;
  const to = portAt(layer.path, edge.to);
  const same = before?.incoming.get(layer.path)?.find((wire) => wire.id === id);
  return same && isWire(same, from, to) ? same : { id, from, to };
}

/** Whether a wire is from and to these ports. */
function isWire({ from, to }: FlatEdge, source: PortRef, target: PortRef): boolean {
  return from.node === source.node && from.port === source.port && to.node === target.node && to.port === target.port;
}

interface Source {
  readonly place: Place;
  readonly from: PortRef;
}

/** An input of a block to which nothing is wired. */
type OpenEnd = Omit<OpenInput, 'port'>;

/** The layer's port that a port of this place stands for, through blocks in and out; undefined where nothing is wired, or there is no such port. */
export function sourceOf(place: Place, from: PortRef): PortRef | undefined {
  const beginning = beginningOf(place, from);
  return beginning && 'node' in beginning ? beginning : undefined;
}

/** Where what comes out of a port really begins: at a layer's port, or at a block's input to which nothing is wired. */
export function beginningOf(place: Place, from: PortRef): PortRef | OpenEnd | undefined {
  let at: Source | undefined = { place, from };
  // Each step goes through one border of a block; more steps than that are a loop of empty blocks.
  for (let steps = 0; at && steps < MAX_BORDERS; steps += 1) {
    const current: Source = at;
    const index = current.place.plan.index.get(current.from.node);
    if (index === undefined) return undefined;
    const node = current.place.plan.nodes[index] as GraphNode;
    if (node.type === 'blockInput') {
      at = outside(current.place, node);
      if (!at) return openEnd(current.place, node);
    } else if (node.type === 'block' && !current.place.layers[index]) at = within(current.place, node, current.from.port);
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

/** The instance's input that a blockInput stands for, where nothing is wired to it; undefined in a copy, which reads the one before. */
function openEnd({ parent }: Place, input: GraphNode): OpenEnd | undefined {
  if (!parent || parent.copy > 0) return undefined;
  const { place, instance } = parent;
  return { block: place.paths[place.plan.index.get(instance.id) ?? -1] as NodePath, input: input.name };
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
