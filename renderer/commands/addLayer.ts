import { withLibraryBlock } from '../../shared/blocks/library/index';
import { applyEdits } from '../../shared/graph/applyEdits';
import { blockValues } from '../../shared/edits/blockValues';
import { freeInput, portsIn } from '../../shared/edits/ports';
import { openShortcut, startingValues } from '../../shared/edits/startingValues';
import type { GraphEdit } from '../../shared/graph/edit';
import type { EdgeId, GraphEdge, GraphNode, NodeId, Params, PortRef, Position } from '../../shared/graph/graph';
import { freshIds, newId, uniqueName } from '../../shared/graph/names';
import { nothingTaken, portsOf, type TakenPorts } from '../../shared/graph/ports';
import { takenPorts } from '../../shared/graph/takenPorts';
import { channelAxis, type TensorType } from '../../shared/graph/tensor';
import { findLayer } from '../../shared/layers/index';
import { useDocument } from '../state/document';
import { libraryBlock } from '../state/ownBlocks';
import { currentGraph, pathIn } from '../state/location';
import { useSession } from '../state/session';
import { bringIntoView } from './bringIntoView';
import { shown, type Shown } from './graphEdits';
import { beforeNode, besideNodes, covers, freePlace } from '../../shared/edits/placing';
import { insertMakingRoom } from './insertMakingRoom';
import { inGraph, onlySelected } from './wiring';

/** What can be added: a layer type, or an instance of a block definition of this document or of the library. */
export type Addable = { readonly layer: string } | { readonly block: string } | { readonly library: string };

/** As it crosses a drag: `conv2d`, or `block:` (`library:`) and the definition's id. */
export const LAYER_MIME = 'application/x-skipwire-layer';

export function addableToText(addable: Addable): string {
  if ('layer' in addable) return addable.layer;
  return 'block' in addable ? `block:${addable.block}` : `library:${addable.library}`;
}

export function addableFromText(text: string): Addable {
  const [, kind, id = ''] = /^(block|library):(.*)$/.exec(text) ?? [];
  if (kind === 'block') return { block: id };
  return kind === 'library' ? { library: id } : { layer: text };
}

/** The same with a block of the library taken into the document: an instance needs its definition. */
export function takenIn(addable: Addable, now: Shown): { readonly addable: Addable; readonly now: Shown } {
  const definition = 'library' in addable && libraryBlock(addable.library);
  if (!definition) return { addable, now };
  const { document, block } = withLibraryBlock(now.document, definition);
  return { addable: { block }, now: { ...now, document } };
}

export interface AddOptions {
  /** In graph coordinates; left out: beside the selection, else in the middle of the view, where there is room. */
  readonly at?: Position | null | undefined;
  /** Wires this output to the new layer; left out: the outputs of the selected layers. */
  readonly from?: PortRef | undefined;
  /** Wires the new layer to this input instead; left out: a layer that takes nothing feeds the selected one. */
  readonly into?: PortRef | undefined;
  /** Puts the new layer into this wire instead. */
  readonly onWire?: EdgeId | undefined;
  /** A wire that goes for it: one of its ends was taken off. */
  readonly instead?: EdgeId | undefined;
  /** False: no wires, as for a drop at a place of its own. */
  readonly wire?: boolean;
  /** Values that were given with it; the others follow from the network and the defaults. */
  readonly values?: Params | undefined;
  /** Feeds it, too. */
  readonly also?: readonly NodeId[] | undefined;
}

/** Adds a layer to the shown graph, wires it, selects it. Undefined where there is no such layer. */
export function addLayer(wanted: Addable, options: AddOptions = {}): NodeId | undefined {
  const { addable, now } = takenIn(wanted, shown());
  const isPlain = options.wire !== false && !options.into && options.onWire === undefined;
  const given = isPlain ? sourcesOf(now, options) : [];
  const behind = given[0] ?? (options.onWire === undefined ? undefined : now.graph.edges[options.onWire]?.from);
  const node = newNode(addable, now, options.values, behind);
  if (!node) return undefined;
  const into = options.into ?? (isPlain ? inputBehind(node, now) : undefined);
  const skip = node.type === 'add' && given.length === 1 && given[0] ? openShortcut(now.graph, given[0].node) : undefined;
  const sources = skip ? [...given, skip] : given;
  const placed = { ...node, position: placeOf(now, { ...options, into }, given) };
  const edits = inGraph(now.ref, addEdits(now, placed, { ...options, into }, sources));
  useDocument.getState().edit(`Add ${placed.name}`, () => applyEdits(now.document, edits), 'record');
  useSession.getState().select([placed.id]);
  bringIntoView(placed.id, shown().graph.nodes[placed.id]?.position ?? placed.position);
  return placed.id;
}

function addEdits(now: Shown, node: GraphNode, { into, onWire, instead }: AddOptions, sources: readonly PortRef[]): readonly GraphEdit[] {
  const { graph, document } = now;
  const inserted = onWire === undefined ? [] : insertMakingRoom(graph, document.blocks, node, onWire);
  if (inserted.length > 0) return inserted;
  const output = into && portsIn(graph, document.blocks, node).outputs[0];
  const wires = output ? [{ id: newId(graph, 'e'), from: { node: node.id, port: output.id }, to: into }] : wiresInto(now, node, sources);
  const gone: readonly GraphEdit[] = instead === undefined ? [] : [{ kind: 'disconnect', id: instead }];
  return [...gone, { kind: 'addNode', node }, ...wires.map((edge): GraphEdit => ({ kind: 'connect', edge }))];
}

export function newNode(addable: Addable, { document, graph }: Shown, values: Params = {}, behind?: PortRef): GraphNode | undefined {
  const base = { id: newId(graph, 'n'), position: { x: 0, y: 0 } };
  if ('layer' in addable) {
    const layer = findLayer(addable.layer);
    const params = layer && { ...startingValues(graph, behind?.node, layer, channelsAt(behind)), ...values };
    return layer && params && { ...base, type: layer.type, name: uniqueName(graph, layer.type), params };
  }
  const block = 'block' in addable && Object.hasOwn(document.blocks, addable.block) ? document.blocks[addable.block] : undefined;
  const params = block && { ...blockValues(document, graph, block, behind?.node, typeAt(behind)), ...values };
  return block && params && { ...base, type: 'block', block: block.id, name: uniqueName(graph, block.name), params };
}

/** What a port of the shown graph gives, where that is known. */
function typeAt(from: PortRef | undefined): TensorType | undefined {
  const { document, analysis } = useDocument.getState();
  const { prefix } = currentGraph(document, useSession.getState().location);
  return from && analysis.nodes.get(pathIn(prefix, from.node))?.outputs[from.port];
}

/** How many channels a port gives, where that is a number. */
function channelsAt(from: PortRef | undefined): number | undefined {
  const shape = typeAt(from)?.shape;
  const channels = shape?.[channelAxis(shape.length, useDocument.getState().document.dataFormat)];
  return typeof channels === 'number' ? channels : undefined;
}

/** Outputs that feed the new layer: the given one, or one of each selected layer, and those that were named. */
function sourcesOf({ document, graph, selection }: Shown, { from, also = [] }: AddOptions): readonly PortRef[] {
  const taken = takenPorts(graph);
  const first = from ? [] : [...selection.nodes];
  const named = [...first, ...also.filter((id) => !first.includes(id))].flatMap((id) => {
    const node = graph.nodes[id];
    const port =
      node &&
      freeOutput(
        portsOf(node, document.blocks, taken.get(id) ?? nothingTaken).outputs.map((output) => output.id),
        taken.get(id),
      );
    return port === undefined ? [] : [{ node: id, port }];
  });
  return from ? [from, ...named] : named;
}

/** The first output that feeds nothing yet, else the first. */
function freeOutput(ports: readonly string[], taken: TakenPorts | undefined): string | undefined {
  return ports.find((port) => !taken?.outputs.includes(port)) ?? ports[0];
}

/** The input for which the selected layer waits, where a layer without inputs of its own comes; a merge that has its wires waits for none. */
function inputBehind(node: GraphNode, now: Shown): PortRef | undefined {
  const { graph, document } = now;
  const selected = portsIn(graph, document.blocks, node).inputs.length === 0 ? onlySelected(now) : undefined;
  const free = selected && freeInput(graph, document.blocks, selected);
  const port = free && portsIn(graph, document.blocks, selected).inputs.find(({ id }) => id === free.port);
  return port?.isSpare ? undefined : free;
}

/** No wire leaves the node yet, so none of these closes a cycle. */
function wiresInto({ document, graph }: Shown, node: GraphNode, sources: readonly PortRef[]): readonly GraphEdge[] {
  const ids = freshIds(graph, 'e', sources.length);
  const wires: GraphEdge[] = [];
  for (const from of sources) {
    const taken = wires.map((wire) => wire.to.port);
    const to = portsOf(node, document.blocks, { inputs: taken, outputs: [] }).inputs.find((port) => !taken.includes(port.id));
    if (to) wires.push({ id: ids[wires.length] as string, from, to: { node: node.id, port: to.id } });
  }
  return wires;
}

function placeOf({ graph }: Shown, { at, into }: AddOptions, sources: readonly PortRef[]): Position {
  // A place under the pointer that is taken is not meant: the pointer was just left there.
  if (at && !covers(graph, at)) return at;
  const fed = into && graph.nodes[into.node];
  if (fed) return freePlace(graph, beforeNode(graph, fed));
  const nodes = sources.flatMap(({ node }) => graph.nodes[node] ?? []);
  const wanted = nodes.length > 0 ? besideNodes(graph, nodes) : (at ?? useSession.getState().canvasApi?.viewportCenter() ?? { x: 0, y: 0 });
  return freePlace(graph, wanted);
}
