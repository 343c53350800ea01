import type { NodeMouseHandler, OnMove } from '@xyflow/react';
import type { DragEvent, MouseEvent } from 'react';
import { nodesBetween } from '../../shared/edits/between';
import { directionOf } from '../../shared/graph/direction';
import type { EdgeId, NodeId, PortRef, Position } from '../../shared/graph/graph';
import { NODE_HEIGHT, NODE_WIDTH, portPlace } from '../../shared/picture/geometry';
import { addableFromText, addLayer, LAYER_MIME } from '../commands/addLayer';
import { shown } from '../commands/graphEdits';
import { wireNodes } from '../commands/wiring';
import { useSession } from '../state/session';
import type { CanvasFlowNode } from './flowTypes';
import { useGestures } from './gestures';
import { paintedAt, wireAt } from './hitTest';

// Handlers are made once and ask for the graph when they are called: a new function at a render is news for React Flow, which
// then asks each of its layers and wires whether it changed.

export function searchAtPane(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const onWire = event.target.closest<HTMLElement>('.react-flow__edge')?.dataset['id'];
  if (onWire === undefined && !event.target.classList.contains('react-flow__pane')) return;
  openSearch({ x: event.clientX, y: event.clientY }, { onWire });
}

/** A click on nothing leaves nothing selected, also of what is not in view. A finger may touch what is painted. */
export function clickPane({ clientX: x, clientY: y }: MouseEvent): void {
  const hit = paintedAt({ x, y });
  useSession.getState().select(hit?.kind === 'layer' ? [hit.node] : [], hit?.kind === 'wire' ? [hit.edge] : []);
}

/** Asks for a layer to stand at a point of the window, wired to what is named. */
export function openSearch(
  screen: Position,
  ends: {
    readonly from?: PortRef;
    readonly into?: PortRef;
    readonly onWire?: EdgeId | undefined;
    readonly instead?: EdgeId | undefined;
  },
): void {
  const { canvasApi, openDialog } = useSession.getState();
  const at = canvasApi?.screenToGraph(screen) ?? { x: 0, y: 0 };
  openDialog({ kind: 'addLayer', at: placeAtEnd(at, ends.into ? 'outputs' : 'inputs'), screen, ...ends });
}

/** Where a layer stands of which this is the middle of the side with its inputs or outputs. */
function placeAtEnd(at: Position, side: 'inputs' | 'outputs'): Position {
  const direction = directionOf(shown().graph);
  const place = { ports: { inputs: [ONE_PORT], outputs: [ONE_PORT] }, width: NODE_WIDTH, height: NODE_HEIGHT };
  const port = portPlace(place, side, 0, direction);
  return { x: snap(at.x - port.x), y: snap(at.y - port.y) };
}

const ONE_PORT = { id: '', name: '' };

/** Where a path selection begins: the layer that was last clicked by itself. */
let anchor: NodeId | null = null;

/** Wires where a wire is waiting for its other end; with Shift, selects all between the last clicked layer and this one. */
export const clickNode: NodeMouseHandler<CanvasFlowNode> = (event, { id, type }) => {
  const { wiringFrom, setWiringFrom, select } = useSession.getState();
  if (type !== 'layer') return;
  if (wiringFrom !== null) {
    if (wireNodes(wiringFrom, id)) select([id]);
    setWiringFrom(null);
  } else if (event.shiftKey && anchor !== null && shown().graph.nodes[anchor]) {
    select(nodesBetween(shown().graph, anchor, id));
  } else if (!event.ctrlKey && !event.metaKey) {
    anchor = id;
    // React Flow leaves several selected, which a drag wants; a click means this one.
    if (useSession.getState().selection.nodes.size > 1) select([id]);
  }
};

/** A block is opened; a double click on the name of any other layer edits it. */
export const openOrRename: NodeMouseHandler<CanvasFlowNode> = (event, { id, type }) => {
  if (type !== 'layer') return;
  if (shown().graph.nodes[id]?.type === 'block') useSession.getState().openBlock(id);
  else if (event.target instanceof Element && event.target.closest('.layer-name')) useSession.getState().setRenaming(id);
};

export const keepZoom: OnMove = (_event, { zoom }) => useSession.getState().setZoom(zoom);

/** A layer that is dragged over a wire shows that it would go into it. */
export function allowLayer(event: DragEvent): void {
  if (!event.dataTransfer.types.includes(LAYER_MIME)) return;
  event.preventDefault();
  const dropWire = wireAt({ x: event.clientX, y: event.clientY }) ?? null;
  if (dropWire !== useGestures.getState().dropWire) useGestures.setState({ dropWire });
}

export function dropLayer(event: DragEvent): void {
  useGestures.setState({ dropWire: null });
  const text = event.dataTransfer.getData(LAYER_MIME);
  if (text === '') return;
  event.preventDefault();
  const point = { x: event.clientX, y: event.clientY };
  const at = useSession.getState().canvasApi?.screenToGraph(point) ?? { x: 0, y: 0 };
  addLayer(addableFromText(text), {
    at: { x: snap(at.x - NODE_WIDTH / 2), y: snap(at.y - NODE_HEIGHT / 2) },
    wire: false,
    onWire: wireAt(point),
  });
}

export function forgetDrop(): void {
  useGestures.setState({ dropWire: null });
}

function snap(value: number): number {
  return Math.round(value / 8) * 8;
}
