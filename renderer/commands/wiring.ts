import type { Edit, GraphEdit, GraphRef } from '../../shared/graph/edit';
import type { GraphNode, NodeId, PortRef } from '../../shared/graph/graph';
import { byPlaceIn } from '../../shared/graph/readingOrder';
import { newId } from '../../shared/graph/names';
import { cycleThrough } from '../../shared/graph/order';
import { freeInput, nextOutput } from '../../shared/edits/ports';
import { useDocument } from '../state/document';
import { useSession, type ConnectPort } from '../state/session';
import { shown, type Shown } from './graphEdits';

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
  if (!to) return `Every input of “${second.name}” is wired.`;
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
  useDocument.getState().edit('Wire', [{ kind: 'connect', edge: { id: newId(graph, 'e'), from, to }, graph: ref }], 'record');
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

/** A click on a port while one layer is selected wires the two. True where it was done. */
export function wireToPort(node: NodeId, port: string, side: 'input' | 'output'): boolean {
  const now = shown();
  const selected = onlySelected(now);
  if (!selected || selected.id === node) return false;
  const own = side === 'input' ? nextOutput(now.graph, now.document.blocks, selected) : freeInput(now.graph, now.document.blocks, selected);
  const [source, target] = side === 'input' ? [selected.id, node] : [node, selected.id];
  if (!own || cycleThrough(now.graph, source, target)) return false;
  if (side === 'input') wire(own, { node, port });
  else wire({ node, port }, own);
  return true;
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
