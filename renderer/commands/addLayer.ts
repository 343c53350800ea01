import { cycleThrough } from '../../shared/graph/order';
import { insertOnWire } from '../../shared/edits/insert';
import { portsIn } from '../../shared/edits/ports';
import type { GraphEdit } from '../../shared/graph/edit';
import type { EdgeId, Graph, GraphEdge, GraphNode, NodeId, PortRef, Position } from '../../shared/graph/graph';
import { newId, uniqueName } from '../../shared/graph/names';
import { nothingTaken, portsOf, takenPorts, type TakenPorts } from '../../shared/graph/ports';
import { findLayer } from '../../shared/layers/index';
import { defaultParams } from '../../shared/layers/parse';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { bringIntoView } from './bringIntoView';
import { shown, type Shown } from './graphEdits';
import { besideNodes, covers, freePlace } from '../../shared/edits/placing';
import { inGraph } from './wiring';

/** What can be added: a layer type, or an instance of a block definition of this document. */
export type Addable = { readonly layer: string } | { readonly block: string };

/** As it crosses a drag: `conv2d`, or `block:` and the definition's id. */
export const LAYER_MIME = 'application/x-skipwire-layer';

export function addableToText(addable: Addable): string {
  return 'layer' in addable ? addable.layer : `block:${addable.block}`;
}

export function addableFromText(text: string): Addable {
  return text.startsWith('block:') ? { block: text.slice('block:'.length) } : { layer: text };
}

export interface AddOptions {
  /** In graph coordinates; left out: beside the selection, else in the middle of the view, where there is room. */
  readonly at?: Position | null | undefined;
  /** Wires this output to the new layer; left out: the outputs of the selected layers. */
  readonly from?: PortRef | undefined;
  /** Wires the new layer to this input instead. */
  readonly into?: PortRef | undefined;
  /** Puts the new layer into this wire instead. */
  readonly onWire?: EdgeId | undefined;
  /** False: no wires, as for a drop at a place of its own. */
  readonly wire?: boolean;
}

/** Adds a layer to the shown graph, wires it, selects it. Undefined where there is no such layer. */
export function addLayer(addable: Addable, options: AddOptions = {}): NodeId | undefined {
  const now = shown();
  const node = newNode(addable, now);
  if (!node) return undefined;
  const isPlain = options.wire !== false && !options.into && options.onWire === undefined;
  const sources = isPlain ? sourcesOf(now, options.from) : [];
  const placed = { ...node, position: placeOf(now, options, sources) };
  useDocument.getState().edit(`Add ${placed.name}`, inGraph(now.ref, addEdits(now, placed, options, sources)), 'record');
  useSession.getState().select([placed.id]);
  bringIntoView(placed.id, placed.position);
  return placed.id;
}

function addEdits(now: Shown, node: GraphNode, { into, onWire }: AddOptions, sources: readonly PortRef[]): readonly GraphEdit[] {
  const { graph, document } = now;
  const inserted = onWire === undefined ? [] : insertOnWire(graph, document.blocks, node, onWire);
  if (inserted.length > 0) return inserted;
  const output = into && portsIn(graph, document.blocks, node).outputs[0];
  const wires = output ? [{ id: newId(graph, 'e'), from: { node: node.id, port: output.id }, to: into }] : wiresInto(now, node, sources);
  return [{ kind: 'addNode', node }, ...wires.map((edge): GraphEdit => ({ kind: 'connect', edge }))];
}

export function newNode(addable: Addable, { document, graph }: Shown): GraphNode | undefined {
  const base = { id: newId(graph, 'n'), position: { x: 0, y: 0 } };
  if ('layer' in addable) {
    const layer = findLayer(addable.layer);
    return layer && { ...base, type: layer.type, name: uniqueName(graph, layer.type), params: defaultParams(layer) };
  }
  const block = Object.hasOwn(document.blocks, addable.block) ? document.blocks[addable.block] : undefined;
  return block && { ...base, type: 'block', block: block.id, name: uniqueName(graph, block.name), params: {} };
}

/** Outputs that feed the new layer: the given one, or one of each selected layer. */
function sourcesOf({ document, graph, selection }: Shown, from: PortRef | undefined): readonly PortRef[] {
  if (from) return [from];
  const taken = takenPorts(graph);
  return [...selection.nodes].flatMap((id) => {
    const node = graph.nodes[id];
    const port =
      node &&
      freeOutput(
        portsOf(node, document.blocks, taken.get(id) ?? nothingTaken).outputs.map((output) => output.id),
        taken.get(id),
      );
    return port === undefined ? [] : [{ node: id, port }];
  });
}

/** The first output that feeds nothing yet, else the first. */
function freeOutput(ports: readonly string[], taken: TakenPorts | undefined): string | undefined {
  return ports.find((port) => !taken?.outputs.includes(port)) ?? ports[0];
}

function wiresInto({ document, graph }: Shown, node: GraphNode, sources: readonly PortRef[]): readonly GraphEdge[] {
  const wires: GraphEdge[] = [];
  let grown: Graph = graph;
  for (const from of sources) {
    const taken = wires.map((wire) => wire.to.port);
    const to = portsOf(node, document.blocks, { inputs: taken, outputs: [] }).inputs.find((port) => !taken.includes(port.id));
    if (!to || cycleThrough(grown, from.node, node.id)) continue;
    const edge = { id: newId(grown, 'e'), from, to: { node: node.id, port: to.id } };
    wires.push(edge);
    grown = { ...grown, edges: { ...grown.edges, [edge.id]: edge } };
  }
  return wires;
}

function placeOf({ graph }: Shown, { at }: AddOptions, sources: readonly PortRef[]): Position {
  // A place under the pointer that is taken is not meant: the pointer was just left there.
  if (at && !covers(graph, at)) return at;
  const nodes = sources.flatMap(({ node }) => graph.nodes[node] ?? []);
  const wanted = nodes.length > 0 ? besideNodes(nodes) : (at ?? useSession.getState().canvasApi?.viewportCenter() ?? { x: 0, y: 0 });
  return freePlace(graph, wanted);
}
