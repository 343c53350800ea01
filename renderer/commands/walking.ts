import { directionOf } from '../../shared/graph/direction';
import type { EdgeId, GraphEdge, NodeId } from '../../shared/graph/graph';
import type { Port } from '../../shared/graph/ports';
import { readingOrder } from '../../shared/graph/readingOrder';
import { nodeBeside, partsOf, wiresAlong, type Direction, type Part } from '../../shared/graph/walk';
import { portsIn } from '../../shared/edits/ports';
import { isInView, useSession, type Spot } from '../state/session';
import { shown } from './graphEdits';

/** The layer whose ports and wires are walked. */
let owner: NodeId | null = null;

/** What has the focus on the canvas, else what is selected. */
export function here(): Spot | null {
  const { canvasApi } = useSession.getState();
  const { graph, selection } = shown();
  const spot = canvasApi?.spot() ?? null;
  if (spot && spot.kind !== 'layer') return spot;
  const [node] = [...selection.nodes].slice(-1);
  const [edge] = selection.edges;
  // A selection made elsewhere counts more than where the focus was left.
  if (spot && selection.nodes.has(spot.node)) return spot;
  if (node !== undefined) return { kind: 'layer', node };
  if (edge !== undefined) return { kind: 'wire', edge };
  return spot && graph.nodes[spot.node] ? spot : null;
}

/** Selects a layer and gives it the focus. */
export function goToLayer(id: NodeId): void {
  useSession.getState().select([id]);
  focusLayer(id);
}

function focusLayer(id: NodeId): void {
  const { canvasApi } = useSession.getState();
  const position = shown().graph.nodes[id]?.position;
  owner = id;
  canvasApi?.forgetPointer();
  if (position && !isInView(canvasApi, position)) canvasApi?.centerOn(id);
  canvasApi?.focus({ kind: 'layer', node: id });
}

function goToWire(id: EdgeId): void {
  const { canvasApi, select } = useSession.getState();
  canvasApi?.forgetPointer();
  select([], [id]);
  canvasApi?.focus({ kind: 'wire', edge: id });
}

/** After something else had the focus: back to the selected layer or wire, or to the canvas. */
export function returnToCanvas(): void {
  const { canvasApi, selection } = useSession.getState();
  const node = [...selection.nodes].at(-1);
  const [edge] = selection.edges;
  canvasApi?.focus(node !== undefined ? { kind: 'layer', node } : edge !== undefined ? { kind: 'wire', edge } : undefined);
}

/** Into the canvas by the keyboard: to what is selected, else to the first layer. */
export function enterGraph(): void {
  const { graph, selection } = shown();
  useSession.getState().canvasApi?.forgetPointer();
  const [first] = readingOrder(graph);
  const [selected] = selection.nodes;
  if (selected !== undefined) focusLayer(selected);
  else if (first !== undefined) goToLayer(first);
  else useSession.getState().canvasApi?.focus();
}

/** Along a wire: from a layer to the one that it feeds, or that feeds it; from a wire or a port to the layer at its end. */
export function follow(direction: Direction): void {
  const spot = here();
  const { graph, document } = shown();
  if (!spot) return enterGraph();
  if (spot.kind === 'wire') return goToEnd(graph.edges[spot.edge], direction);
  const node = graph.nodes[spot.node];
  if (!node) return enterGraph();
  const wires = wiresAlong(graph, node.id, direction, portsIn(graph, document.blocks, node));
  const wire = spot.kind === 'port' ? wires.find((edge) => edge[direction === 'forward' ? 'from' : 'to'].port === spot.port) : wires[0];
  if (wire) goToEnd(wire, direction);
  else if (spot.kind === 'port') goToLayer(node.id);
  else useSession.getState().announce(direction === 'forward' ? `${node.name} feeds nothing.` : `Nothing feeds ${node.name}.`);
}

function goToEnd(edge: GraphEdge | undefined, direction: Direction): void {
  if (edge) goToLayer(direction === 'forward' ? edge.to.node : edge.from.node);
}

/** The layer beside the flow on the canvas: above or below, left or right in a graph that runs down. */
export function goBeside(side: 'before' | 'after'): void {
  const id = layerHere();
  if (id === undefined) return enterGraph();
  const beside = nodeBeside(shown().graph, id, side);
  if (beside !== undefined) goToLayer(beside);
  else useSession.getState().announce(`Nothing stands ${WHERE[directionOf(shown().graph)][side]}.`);
}

const WHERE = { right: { before: 'above', after: 'below' }, down: { before: 'to the left', after: 'to the right' } } as const;

/** The layer that is meant: the one in focus, the one whose port is, or the one that a wire leads to. */
export function layerHere(): NodeId | undefined {
  const spot = here();
  if (!spot) return undefined;
  return spot.kind === 'wire' ? shown().graph.edges[spot.edge]?.to.node : spot.node;
}

/** The next layer as one reads; false at the end, where Tab leaves the canvas. */
export function readOn(by: 1 | -1): boolean {
  const order = readingOrder(shown().graph);
  const id = layerHere();
  const next = order[id === undefined ? 0 : order.indexOf(id) + by];
  if (next === undefined) return false;
  goToLayer(next);
  return true;
}

export function mayReadOn(by: 1 | -1): true | string {
  const order = readingOrder(shown().graph);
  const id = layerHere();
  const end = by > 0 ? order.at(-1) : order[0];
  return (id !== undefined && id !== end) || (by > 0 ? 'This is the last layer.' : 'This is the first layer.');
}

export function goToFirst(): void {
  const [first] = readingOrder(shown().graph);
  if (first !== undefined) goToLayer(first);
}

export function goToLast(): void {
  const last = readingOrder(shown().graph).at(-1);
  if (last !== undefined) goToLayer(last);
}

/** The next port or wire of the layer; after the last one the layer itself. */
export function goToPart(by: 1 | -1): void {
  const spot = here();
  const { graph, document } = shown();
  const id = spot?.kind === 'wire' ? ownerOf(graph.edges[spot.edge]) : spot?.node;
  const node = id === undefined ? undefined : graph.nodes[id];
  if (!node) return enterGraph();
  const ports = portsIn(graph, document.blocks, node);
  const parts = partsOf(graph, node.id, ports);
  const at = spot ? parts.findIndex((part) => isAt(part, spot)) : -1;
  const next = parts[at < 0 && by < 0 ? parts.length - 1 : at + by];
  owner = node.id;
  if (!next) return goToLayer(node.id);
  if (next.kind === 'wire') return goToWire(next.edge);
  const { canvasApi, select, announce } = useSession.getState();
  canvasApi?.forgetPointer();
  select([node.id]);
  canvasApi?.focus({ ...next, node: node.id });
  announce(portWords(next, [...ports.inputs, ...ports.outputs], node.name));
}

/** The end of a wire from which one came to it. */
function ownerOf(edge: GraphEdge | undefined): NodeId | undefined {
  return edge && (edge.from.node === owner ? owner : edge.to.node);
}

function isAt(part: Part, spot: Spot): boolean {
  if (part.kind === 'wire') return spot.kind === 'wire' && spot.edge === part.edge;
  return spot.kind === 'port' && spot.port === part.port && spot.side === part.side;
}

function portWords(part: Part & { readonly kind: 'port' }, ports: readonly Port[], layer: string): string {
  const { graph } = shown();
  const [near, far] = part.side === 'input' ? (['to', 'from'] as const) : (['from', 'to'] as const);
  const others = Object.values(graph.edges)
    .filter((edge) => edge[near].port === part.port && graph.nodes[edge[near].node]?.name === layer)
    .map((edge) => graph.nodes[edge[far].node]?.name ?? '');
  const name = ports.find(({ id }) => id === part.port)?.name ?? part.port;
  const wired = others.length === 0 ? 'not wired' : `${part.side === 'input' ? 'from' : 'to'} ${others.join(', ')}`;
  return `${part.side === 'input' ? 'Input' : 'Output'} ${name} of ${layer}, ${wired}.`;
}

/** Takes the next layer along the wires into the selection. */
export function extend(direction: Direction): void {
  const { graph, document, selection } = shown();
  const id = layerHere();
  const node = id === undefined ? undefined : graph.nodes[id];
  if (!node) return enterGraph();
  const [wire] = wiresAlong(graph, node.id, direction, portsIn(graph, document.blocks, node));
  const next = wire?.[direction === 'forward' ? 'to' : 'from'].node;
  if (next === undefined) return;
  useSession.getState().select([...[...selection.nodes].filter((each) => each !== next), next]);
  focusLayer(next);
  useSession.getState().announce(`${selection.nodes.size + (selection.nodes.has(next) ? 0 : 1)} layers selected.`);
}
