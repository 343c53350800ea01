import { takeOut } from '../../shared/edits/heal';
import type { Edit } from '../../shared/graph/edit';
import type { EdgeId, GraphNode, NodeId, Position } from '../../shared/graph/graph';
import { insertMakingRoom } from '../commands/insertMakingRoom';
import { copyWithWires } from '../commands/copies';
import { shown } from '../commands/graphEdits';
import { inGraph, takingOut } from '../commands/wiring';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { annotationFlowId, annotationOf, placesInside } from './annotations';
import { noGuides, useGestures } from './gestures';

export type Positions = ReadonlyMap<NodeId, Position>;

/** What a drag does besides moving: Shift leaves the originals and moves copies, Alt takes a layer out of its wires. */
export interface Drag {
  /** What moves in place of what the pointer holds. */
  readonly standIns: ReadonlyMap<NodeId, NodeId>;
  /** Of what React Flow moves, that by which all else is led. */
  readonly lead: string | undefined;
  /** What moves along, by how far it stands from the lead: layers in a frame, and selected ones that are not in view. */
  readonly followers: ReadonlyMap<string, Position>;
}

/** Begins a drag of what React Flow holds and of what moves along; all until `finishDrag` is one step of undo. */
export function startDrag(held: readonly string[], keys: { readonly shift: boolean; readonly alt: boolean }): Drag {
  const { document, graph, ref } = shown();
  const [lead] = held;
  const moving = withSelection(held);
  const layers = moving.filter((id) => graph.nodes[id]);
  useGestures.setState({ dragged: held.filter((id) => graph.nodes[id]) });
  useDocument.getState().beginGesture(keys.shift ? 'Duplicate' : keys.alt && layers.length > 0 ? takingOut(layers.length) : 'Move');
  if (keys.shift && layers.length > 0) {
    const { document: copied, nodes: standIns } = copyWithWires(document, ref, new Set(layers));
    useDocument.getState().edit('Duplicate', () => copied, 'record');
    useSession.getState().select(standIns.values());
    const others = layers.filter((id) => !held.includes(id));
    return { standIns, lead, followers: offsetsFrom(lead, others, (id) => standIns.get(id) ?? id) };
  }
  if (keys.alt && layers.length > 0)
    useDocument.getState().edit(takingOut(layers.length), inGraph(ref, takeOut(graph, new Set(layers))), 'record');
  const along = new Set([...moving, ...moving.flatMap(insidesOf)].filter((id) => !held.includes(id)));
  return { standIns: new Map(), lead, followers: offsetsFrom(lead, along) };
}

/** All that is selected moves with what is selected of it in view. */
function withSelection(held: readonly string[]): readonly string[] {
  const { nodes, annotations } = useSession.getState().selection;
  const selected = new Set([...nodes, ...[...annotations].map(annotationFlowId)]);
  return held.some((id) => selected.has(id)) ? [...new Set([...held, ...selected])] : held;
}

function insidesOf(id: string): readonly string[] {
  const { graph } = shown();
  const frame = annotationOf(graph, id);
  return frame?.kind === 'frame' ? [...placesInside(graph, frame).keys()] : [];
}

function offsetsFrom(lead: string | undefined, ids: Iterable<string>, named = (id: string) => id): Drag['followers'] {
  const start = lead === undefined ? undefined : positionOf(lead);
  const offsets = new Map<string, Position>();
  for (const id of ids) {
    const at = positionOf(id);
    if (start && at) offsets.set(named(id), { x: at.x - start.x, y: at.y - start.y });
  }
  return offsets;
}

function positionOf(id: string): Position | undefined {
  const { graph } = shown();
  return annotationOf(graph, id)?.position ?? graph.nodes[id]?.position;
}

/** Positions as React Flow reports them, turned into what really moves. */
export function movedBy({ standIns, lead, followers }: Drag, positions: Positions): Positions {
  const moved = new Map([...positions].map(([id, position]) => [standIns.get(id) ?? id, position]));
  const at = lead === undefined ? undefined : positions.get(lead);
  if (at) for (const [id, offset] of followers) moved.set(id, { x: at.x + offset.x, y: at.y + offset.y });
  return moved;
}

/** Ends a drag: positions into the document, and a free layer into the wire on which it was dropped. */
export function finishDrag(positions: Positions, onWire: EdgeId | null): void {
  const { ref } = shown();
  move(positions);
  const node = onWire === null ? undefined : freeLayer([...positions.keys()]);
  if (node && onWire !== null) {
    const { document, graph } = shown();
    const edits = insertMakingRoom(graph, document.blocks, node, onWire);
    if (edits.length > 0) useDocument.getState().edit('Insert', inGraph(ref, edits), 'record');
  }
  useDocument.getState().endGesture();
  useGestures.setState({ guides: noGuides, dropWire: null, dragged: [] });
}

/** The one layer that is dragged, if no wire touches it: it can go into a wire. */
export function freeLayer(ids: readonly string[]): GraphNode | undefined {
  const { graph } = shown();
  const [id] = ids;
  const node = id !== undefined && ids.length === 1 ? graph.nodes[id] : undefined;
  if (!node) return undefined;
  return Object.values(graph.edges).some(({ from, to }) => from.node === node.id || to.node === node.id) ? undefined : node;
}

/** Moves layers and annotations; what did not move is no edit. Layers stay there when all is arranged, unless all moved alike. */
function move(positions: Positions): void {
  const { graph, ref } = shown();
  const isAll = Object.keys(graph.nodes).every((id) => positions.has(id));
  const edits = [...positions].flatMap(([id, position]): Edit[] => {
    const annotation = annotationOf(graph, id);
    const before = annotation?.position ?? graph.nodes[id]?.position;
    if (!before || (before.x === position.x && before.y === position.y)) return [];
    if (annotation) return [{ kind: 'annotate', annotation: { ...annotation, position }, graph: ref }];
    return [{ kind: 'move', id, position, ...(isAll ? {} : { placed: true }), graph: ref }];
  });
  if (edits.length > 0) useDocument.getState().edit('Move', edits, 'record');
}
