import { useStoreApi, type EdgeChange, type NodeChange, type OnNodeDrag, type SelectionDragHandler } from '@xyflow/react';
import { useEffect, useState } from 'react';
import type { NodeId, Position } from '../../shared/graph/graph';
import { shown } from '../commands/graphEdits';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { annotationOf } from './annotations';
import { finishDrag, freeLayer, movedBy, startDrag, type Drag, type Positions } from './drag';
import type { CanvasFlowNode, WireFlowEdge } from './flowTypes';
import { overlaps } from '../../shared/picture/geometry';
import { noGuides, useGestures } from './gestures';
import { wireAt } from './hitTest';
import { boxOfAnnotation } from '../../shared/picture/frames';
import { showing, sizeOf } from './showing';
import { snapToNeighbours } from './snapping';

const nowhere: Positions = new Map();

/**
 * What React Flow reports, sorted: selections go to the session, a finished move is one edit of the document, positions
 * on the way stay here, measurements go nowhere – taking one for an edit would fill the history.
 */
export function useNodeChanges() {
  const [inFlight, setInFlight] = useState(nowhere);
  // One set of handlers for the life of the canvas; see Canvas.tsx for why.
  const store = useStoreApi();
  const [handlers] = useState(() => createHandlers(setInFlight, () => store.getState().multiSelectionActive));
  useEffect(() => {
    const cancel = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && handlers.cancelDrag()) event.stopPropagation();
    };
    window.addEventListener('keydown', cancel, { capture: true });
    return () => window.removeEventListener('keydown', cancel, { capture: true });
  }, [handlers]);
  return { inFlight, ...handlers };
}

function createHandlers(show: (inFlight: Positions) => void, isAdding: () => boolean) {
  let drag: Drag | 'none' | 'cancelled' = 'none';
  let inFlight = nowhere;
  const fly = (positions: Positions) => {
    inFlight = positions;
    show(positions);
  };
  const begin = (event: { readonly shiftKey: boolean; readonly altKey: boolean }, nodes: readonly CanvasFlowNode[]) => {
    drag = startDrag(
      nodes.map(({ id }) => id),
      { shift: event.shiftKey, alt: event.altKey },
    );
  };
  return {
    /** True where a drag was on its way. */
    cancelDrag(): boolean {
      if (typeof drag === 'string') return false;
      drag = 'cancelled';
      useDocument.getState().cancelGesture();
      useGestures.setState({ guides: noGuides, dropWire: null, dragged: [] });
      fly(nowhere);
      return true;
    },
    onNodesChange(changes: NodeChange<CanvasFlowNode>[]): void {
      const positions = new Map<NodeId, Position>();
      const selected = new Map<NodeId, boolean>();
      for (const change of changes) {
        if (change.type === 'select') selected.set(change.id, change.selected);
        if (change.type === 'position' && change.position) positions.set(change.id, change.position);
      }
      if (selected.size > 0 && (typeof drag === 'string' || drag.standIns.size === 0)) changeSelection('node', selected, isAdding());
      if (positions.size > 0 && typeof drag !== 'string') fly(new Map([...inFlight, ...movedBy(drag, snapped(positions, drag))]));
    },
    onEdgesChange(changes: EdgeChange<WireFlowEdge>[]): void {
      const selected = new Map(changes.flatMap((change) => (change.type === 'select' ? [[change.id, change.selected] as const] : [])));
      if (selected.size > 0) changeSelection('edge', selected, isAdding());
    },
    onNodeDragStart: ((event, _node, nodes) => begin(event, nodes)) satisfies OnNodeDrag<CanvasFlowNode>,
    onSelectionDragStart: begin satisfies SelectionDragHandler<CanvasFlowNode>,
    /** A free layer over a wire shows that it would go into it. */
    onNodeDrag: ((event, _node, nodes) => {
      const point = 'touches' in event ? event.touches[0] : event;
      const isFree = typeof drag !== 'string' && freeLayer(nodes.map(({ id }) => id)) !== undefined;
      const dropWire = (isFree && point && wireAt({ x: point.clientX, y: point.clientY })) || null;
      if (dropWire !== useGestures.getState().dropWire) useGestures.setState({ dropWire });
    }) satisfies OnNodeDrag<CanvasFlowNode>,
    onNodeDragStop(): void {
      if (typeof drag !== 'string') {
        finishDrag(inFlight, useGestures.getState().dropWire);
        focusCopy(drag);
      }
      drag = 'none';
      fly(nowhere);
    },
  };
}

/** The copy that was dragged has the focus in place of its original, which was pressed. */
function focusCopy({ standIns, lead = '' }: Drag): void {
  const node = standIns.get(lead);
  if (node !== undefined) useSession.getState().canvasApi?.focus({ kind: 'layer', node });
}

/** The first dragged layer goes into line with those that stay; all others keep their distance from it. */
function snapped(positions: Positions, { standIns, lead, followers }: Drag): Positions {
  const { graph } = shown();
  const id = lead !== undefined && positions.has(lead) ? lead : undefined;
  const position = id === undefined ? undefined : positions.get(id);
  if (id === undefined || !position || !graph.nodes[id]) return positions;
  // Where copies are dragged the originals stay, at the places from which the copies came.
  const moving = new Set<string>(standIns.size > 0 ? standIns.values() : [...positions.keys(), ...followers.keys()]);
  const others = Object.values(graph.nodes)
    .filter((node) => !moving.has(node.id) && Math.abs(node.position.x - position.x) < 900 && Math.abs(node.position.y - position.y) < 700)
    .map((node) => ({ ...node.position, ...sizeOf(node.id) }));
  const snap = snapToNeighbours({ ...position, ...sizeOf(id) }, others, useSession.getState().zoom);
  useGestures.setState({ guides: snap.guides });
  const off = { x: snap.position.x - position.x, y: snap.position.y - position.y };
  return new Map([...positions].map(([each, { x, y }]) => [each, { x: x + off.x, y: y + off.y }]));
}

/** React Flow speaks only for what it was given: where nothing is added, all else is no longer selected. A box selects by itself. */
function changeSelection(of: 'node' | 'edge', changes: ReadonlyMap<string, boolean>, isAdding: boolean): void {
  if (useGestures.getState().isBoxing) return;
  const { graph } = shown();
  const { selection, select } = useSession.getState();
  const { nodes, edges, covered } = showing.stage;
  const kept = (ids: ReadonlySet<string>, staged: ReadonlySet<string>) =>
    isAdding ? ids : new Set([...ids].filter((id) => staged.has(id)));
  const isAnnotation = (id: string) => annotationOf(graph, id) !== undefined;
  const own = (wanted: boolean) => new Map([...changes].filter(([id]) => of === 'node' && isAnnotation(id) === wanted));
  const others = new Map([...own(true)].map(([id, selected]) => [id.slice(1), selected]));
  const seen = Object.values(graph.annotations ?? {}).filter((annotation) => overlaps(boxOfAnnotation(annotation), covered));
  select(
    changed(kept(selection.nodes, nodes), own(false)),
    changed(kept(selection.edges, edges), of === 'edge' ? changes : new Map()),
    changed(kept(selection.annotations, new Set(seen.map(({ id }) => id))), others),
  );
}

function changed(before: ReadonlySet<string>, changes: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  const next = new Set(before);
  for (const [id, isSelected] of changes) {
    if (isSelected) next.add(id);
    else next.delete(id);
  }
  return next;
}
