import type { Connection, IsValidConnection, NodeMouseHandler, OnConnectEnd, OnConnectStart, OnMove } from '@xyflow/react';
import type { DragEvent, MouseEvent } from 'react';
import { nodesBetween, reached } from '../../shared/edits/between';
import { directionOf } from '../../shared/graph/direction';
import type { EdgeId, NodeId, PortRef, Position } from '../../shared/graph/graph';
import { NODE_HEIGHT, NODE_WIDTH, portPlace } from '../../shared/picture/geometry';
import { addableFromText, addLayer, LAYER_MIME } from '../commands/addLayer';
import { shown } from '../commands/graphEdits';
import { wireNodes } from '../commands/wiring';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { endsOnLayer, wireEdits, whyNot } from './connecting';
import type { CanvasFlowNode, WireFlowEdge } from './flowTypes';
import { useGestures } from './gestures';
import { layerAt, paintedAt, wireAt } from './hitTest';

// Handlers are made once and ask for the graph when they are called: a new function at a render is news for React Flow, which
// then asks each of its layers and wires whether it changed.

export const isValidConnection: IsValidConnection<WireFlowEdge> = ({ source, target, sourceHandle, targetHandle }) =>
  whyNot(shown().graph, { source, target, sourceHandle: sourceHandle ?? null, targetHandle: targetHandle ?? null }) === undefined;

export function connect(connection: Connection): void {
  const { graph, ref } = shown();
  useDocument.getState().edit('Wire', wireEdits(graph, ref, connection), 'record');
}

export function reconnect(old: WireFlowEdge, connection: Connection): void {
  const { graph, ref } = shown();
  useDocument.getState().edit('Move a wire', wireEdits(graph, ref, connection, old.id), 'record');
}

/** Which layers can take the wire is worked out once, when it begins. */
export const startDrawing: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  if (nodeId === null || handleId === null || handleType === null) return;
  const side = handleType === 'source' ? 'output' : 'input';
  const refused = reached(shown().graph, nodeId, side === 'output' ? 'backwards' : 'forwards');
  useGestures.setState({ drawing: { node: nodeId, port: handleId, side, refused } });
};

/** A wire dropped on a layer goes to its free port; dropped on nothing it asks what it shall lead to. */
export const endDrawing: OnConnectEnd = (event, { fromHandle, toHandle }) => {
  useGestures.setState({ drawing: null });
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (toHandle || !fromHandle?.id || !point) return;
  const at = { x: point.clientX, y: point.clientY };
  const end = { node: fromHandle.nodeId, port: fromHandle.id };
  const target = layerAt(at);
  if (target === end.node) return;
  if (target !== undefined) wireToLayer(end, fromHandle.type, target);
  else if (isOverCanvas(at)) openSearch(at, fromHandle.type === 'source' ? { from: end } : { into: end });
};

/** From the port where the wire began to the free port of the layer on which it was dropped. */
function wireToLayer(end: PortRef, type: 'source' | 'target', target: NodeId): void {
  const { document, graph, ref } = shown();
  const ends = endsOnLayer(graph, document.blocks, end, type, target);
  if (typeof ends === 'string') useSession.getState().toast({ tone: 'info', message: ends });
  else useDocument.getState().edit('Wire', wireEdits(graph, ref, ends), 'record');
}

function isOverCanvas({ x, y }: Position): boolean {
  return document.elementFromPoint(x, y)?.closest('[data-region="canvas"]') instanceof Element;
}

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
  ends: { readonly from?: PortRef; readonly into?: PortRef; readonly onWire?: EdgeId | undefined },
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
