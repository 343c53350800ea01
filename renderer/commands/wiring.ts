import type { Edit, GraphEdit, GraphRef } from '../../shared/graph/edit';
import type { GraphNode, NodeId, PortRef } from '../../shared/graph/graph';
import { byPlaceIn } from '../../shared/graph/readingOrder';
import { newId } from '../../shared/graph/names';
import { cycleThrough } from '../../shared/graph/order';
import { freeInput, nextOutput } from '../../shared/edits/ports';
import { findLayer } from '../../shared/layers/index';
import { useDocument } from '../state/document';
import { useSession, type ConnectPort } from '../state/session';
import { shown, type Shown } from './graphEdits';
import { wiringName } from './stepNames';

/** Edits of one graph as edits of the document. */
export function inGraph(ref: GraphRef, edits: readonly GraphEdit[]): readonly Edit[] {
  return edits.map((edit) => ({ ...edit, graph: ref }));
}

/** The wire that two layers would get: from the next output of one to the first free input of the other. */
export interface Proposal {
  readonly from: PortRef;
  readonly to: PortRef;
}

/** How `source` could feed `target`, or why not, in words. */
export function proposeWire({ document, graph }: Shown, source: NodeId, target: NodeId): Proposal | string {
  const [first, second] = [graph.nodes[source], graph.nodes[target]];
  if (!first || !second || source === target) return 'A layer cannot feed itself.';
  const cycle = cycleThrough(graph, source, target);
  if (cycle) return `That would be a circle: “${second.name}” feeds “${first.name}” already.`;
  const from = nextOutput(graph, document.blocks, first);
  if (!from) return `“${first.name}” has no output.`;
  const to = freeInput(graph, document.blocks, second);
  if (!to) return noFreeInput(second);
  return { from, to };
}

/**
 * The wire that a layer, or one of its ports, would get with another layer: it feeds the other where that goes, else it is
 * fed by it; why not, in words, where neither goes.
 */
export function proposeFor(now: Shown, node: NodeId, other: NodeId, port?: ConnectPort): Proposal | string {
  const forwards = port?.side === 'input' ? '' : proposeWire(now, node, other);
  if (typeof forwards !== 'string') return port ? { ...forwards, from: { node, port: port.port } } : forwards;
  if (port?.side === 'output') return forwards;
  const backwards = proposeWire(now, other, node);
  // A wire that leads to the port already makes room.
  if (typeof backwards === 'string' && port) return proposeInto(now, other, { node, port: port.port });
  if (typeof backwards === 'string') return forwards;
  return port ? { ...backwards, to: { node, port: port.port } } : backwards;
}

function proposeInto({ document, graph }: Shown, source: NodeId, to: PortRef): Proposal | string {
  const node = graph.nodes[source];
  if (cycleThrough(graph, source, to.node)) return 'That would be a circle.';
  const from = node && nextOutput(graph, document.blocks, node);
  return from ? { from, to } : `“${node?.name ?? ''}” has no output.`;
}

/** Wires two ports as one step. A wire that leads to the input already makes room. */
export function wire(from: PortRef, to: PortRef): void {
  const { graph, ref } = shown();
  useDocument
    .getState()
    .edit(wiringName(graph, from.node, to.node), [{ kind: 'connect', edge: { id: newId(graph, 'e'), from, to }, graph: ref }], 'record');
}

/** Wires two layers, whichever way round works; says why where neither does. True where it was done. */
export function wireNodes(source: NodeId, target: NodeId): boolean {
  const now = shown();
  const forwards = proposeWire(now, source, target);
  const proposal = typeof forwards === 'string' ? proposeWire(now, target, source) : forwards;
  if (typeof proposal !== 'string') wire(proposal.from, proposal.to);
  else if (typeof forwards === 'string') useSession.getState().toast({ tone: 'info', message: forwards });
  return typeof proposal !== 'string';
}

/** A click on a port while one layer is selected wires the two; where that does not go it says why. True where it was done. */
export function wireToPort(node: NodeId, port: string, side: 'input' | 'output'): boolean {
  const now = shown();
  const selected = onlySelected(now);
  if (!selected || selected.id === node) return false;
  const proposal = proposeToPort(now, selected, { node, port }, side);
  if (typeof proposal !== 'string') wire(proposal.from, proposal.to);
  else useSession.getState().toast({ tone: 'info', message: proposal });
  return typeof proposal !== 'string';
}

/** The wire between a layer and a port of another one. A wire that leads to the port already stays: only who drags one there means that. */
function proposeToPort({ document, graph }: Shown, selected: GraphNode, port: PortRef, side: 'input' | 'output'): Proposal | string {
  const [source, target] = side === 'input' ? [selected.id, port.node] : [port.node, selected.id];
  const name = (id: NodeId) => graph.nodes[id]?.name ?? id;
  const isWired = Object.values(graph.edges).some(({ to }) => to.node === port.node && to.port === port.port);
  if (side === 'input' && isWired) return `This input of “${name(port.node)}” is wired. Drag a wire to it to put that one in its place.`;
  const own = side === 'input' ? nextOutput(graph, document.blocks, selected) : freeInput(graph, document.blocks, selected);
  if (!own) return side === 'input' ? `“${selected.name}” has no output.` : noFreeInput(selected);
  if (cycleThrough(graph, source, target)) return `That would be a circle: “${name(target)}” feeds “${name(source)}” already.`;
  return side === 'input' ? { from: own, to: port } : { from: port, to: own };
}

/** Why no wire can lead to a layer, in words. */
export function noFreeInput({ type, name }: GraphNode): string {
  return findLayer(type)?.inputs.length === 0 ? `“${name}” has no input.` : `Every input of “${name}” is wired.`;
}

/** Name of the step that frees so many layers of their wires. */
export function takingOut(count: number): string {
  return count === 1 ? 'Take a layer out' : `Take ${count} layers out`;
}

/** The selected layer where exactly one is. */
export function onlySelected({ graph, selection }: Shown): GraphNode | undefined {
  const [id] = selection.nodes;
  return id !== undefined && selection.nodes.size === 1 ? graph.nodes[id] : undefined;
}

/** Selected layers as they are read: along the flow, then across it. */
export function selectedInOrder({ graph, selection }: Shown): readonly GraphNode[] {
  return [...selection.nodes].flatMap((id) => graph.nodes[id] ?? []).toSorted(byPlaceIn(graph));
}
