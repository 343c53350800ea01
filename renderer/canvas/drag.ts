import { takeOut } from '../../shared/edits/heal';
import { insertOnWire } from '../../shared/edits/insert';
import type { Edit } from '../../shared/graph/edit';
import type { EdgeId, GraphNode, NodeId, Position } from '../../shared/graph/graph';
import { copyWithWires } from '../commands/copies';
import { shown } from '../commands/graphEdits';
import { inGraph } from '../commands/wiring';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { annotationOf, insideFrame } from './annotations';
import { noGuides, useGestures } from './gestures';

export type Positions = ReadonlyMap<NodeId, Position>;

/** What a drag does besides moving: Shift leaves the originals and moves copies, Alt takes a layer out of its wires. */
export interface Drag {
  /** What moves in place of what the pointer holds. */
  readonly standIns: ReadonlyMap<NodeId, NodeId>;
  /** What moves along, by where it stood: the layers in a frame. */
  readonly followers: ReadonlyMap<string, { readonly leader: string; readonly offset: Position }>;
}

/** Begins a drag; all until `finishDrag` is one step of undo. */
export function startDrag(ids: readonly string[], keys: { readonly shift: boolean; readonly alt: boolean }): Drag {
  const { document, graph, ref } = shown();
  const layers = ids.filter((id) => graph.nodes[id]);
  const [only] = layers;
  useDocument.getState().beginGesture(keys.shift ? 'Duplicate' : keys.alt ? 'Take a layer out' : 'Move');
  if (keys.shift && layers.length > 0) {
    const copies = copyWithWires(document, ref, new Set(layers));
    useDocument.getState().edit('Duplicate', () => copies.document, 'record');
    useSession.getState().select(copies.nodes.values());
    return { standIns: copies.nodes, followers: new Map() };
  }
  if (keys.alt && only !== undefined && layers.length === 1)
    useDocument.getState().edit('Take a layer out', inGraph(ref, takeOut(graph, only)), 'record');
  return { standIns: new Map(), followers: followersOf(ids) };
}

function followersOf(ids: readonly string[]): Drag['followers'] {
  const { graph } = shown();
  const followers = new Map<string, { leader: string; offset: Position }>();
  for (const id of ids) {
    const frame = annotationOf(graph, id);
    if (frame?.kind !== 'frame') continue;
    for (const [inside, position] of insideFrame(graph, frame))
      if (!ids.includes(inside))
        followers.set(inside, { leader: id, offset: { x: position.x - frame.position.x, y: position.y - frame.position.y } });
  }
  return followers;
}

/** Positions as React Flow reports them, turned into what really moves. */
export function movedBy({ standIns, followers }: Drag, positions: Positions): Positions {
  const moved = new Map([...positions].map(([id, position]) => [standIns.get(id) ?? id, position]));
  for (const [id, { leader, offset }] of followers) {
    const at = positions.get(leader);
    if (at) moved.set(id, { x: at.x + offset.x, y: at.y + offset.y });
  }
  return moved;
}

/** Ends a drag: positions into the document, and a free layer into the wire on which it was dropped. */
export function finishDrag(positions: Positions, onWire: EdgeId | null): void {
  const { ref } = shown();
  move(positions);
  const node = onWire === null ? undefined : freeLayer([...positions.keys()]);
  if (node && onWire !== null) {
    const { document, graph } = shown();
    const edits = insertOnWire(graph, document.blocks, node, onWire);
    if (edits.length > 0) useDocument.getState().edit('Insert', inGraph(ref, edits), 'record');
  }
  useDocument.getState().endGesture();
  useGestures.setState({ guides: noGuides, dropWire: null });
}

/** The one layer that is dragged, if no wire touches it: it can go into a wire. */
export function freeLayer(ids: readonly string[]): GraphNode | undefined {
  const { graph } = shown();
  const [id] = ids;
  const node = id !== undefined && ids.length === 1 ? graph.nodes[id] : undefined;
  if (!node) return undefined;
  return Object.values(graph.edges).some(({ from, to }) => from.node === node.id || to.node === node.id) ? undefined : node;
}

/** Moves layers and annotations; what did not move is no edit. */
function move(positions: Positions): void {
  const { graph, ref } = shown();
  const edits = [...positions].flatMap(([id, position]): Edit[] => {
    const annotation = annotationOf(graph, id);
    const before = annotation?.position ?? graph.nodes[id]?.position;
    if (!before || (before.x === position.x && before.y === position.y)) return [];
    if (annotation) return [{ kind: 'annotate', annotation: { ...annotation, position }, graph: ref }];
    return [{ kind: 'move', id, position, graph: ref }];
  });
  if (edits.length > 0) useDocument.getState().edit('Move', edits, 'record');
}
