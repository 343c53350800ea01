import type { Connection, IsValidConnection, OnConnectEnd, OnConnectStart } from '@xyflow/react';
import { reached } from '../../shared/edits/between';
import type { NodeId, PortRef, Position } from '../../shared/graph/graph';
import { shown } from '../commands/graphEdits';
import { wiringName } from '../commands/stepNames';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { endsOnLayer, isSameWire, wireEdits, whyNot, withoutWire, type Ends } from './connecting';
import type { WireFlowEdge } from './flowTypes';
import { useGestures } from './gestures';
import { openSearch } from './handlers';
import { layerAt } from './hitTest';

// What React Flow tells of a wire that is drawn, and of a wire of which an end is put elsewhere; made once, as those of handlers.ts.

/** Escape ends the wire: what React Flow makes of it then is not meant. */
let isLeft = false;

export const isValidConnection: IsValidConnection<WireFlowEdge> = ({ source, target, sourceHandle, targetHandle }) => {
  const ends = { source, target, sourceHandle: sourceHandle ?? null, targetHandle: targetHandle ?? null };
  return whyNot(withoutWire(shown().graph, useGestures.getState().moved), ends) === undefined;
};

export function connect(connection: Connection): void {
  draw(connection);
}

export function reconnect(_old: WireFlowEdge, connection: Connection): void {
  draw(connection);
}

/** A wire between two ports; where one of a wire's ends was taken off, that wire. */
function draw(ends: Ends): void {
  if (isLeft) return;
  const { graph, ref } = shown();
  const { moved } = useGestures.getState();
  if (moved !== null && isSameWire(graph, moved, ends)) return;
  const name = moved === null ? wiringName(graph, ends.source, ends.target) : 'Move a wire';
  useDocument.getState().edit(name, wireEdits(graph, ref, ends, moved ?? undefined), 'record');
}

export function startMoving(_event: unknown, { id }: WireFlowEdge): void {
  useGestures.setState({ moved: id });
}

/** Which layers can take the wire is worked out once, when it begins. */
export const startDrawing: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  if (nodeId === null || handleId === null || handleType === null) return;
  const side = handleType === 'source' ? 'output' : 'input';
  const refused = reached(shown().graph, nodeId, side === 'output' ? 'backwards' : 'forwards');
  useGestures.setState({ drawing: { node: nodeId, port: handleId, side, refused } });
};

export const endDrawing: OnConnectEnd = (event, end) => {
  if (!isLeft) drop(event, end);
  useGestures.setState({ drawing: null, moved: null });
};

/** A wire dropped on a layer goes to its free port; dropped on nothing it asks what it shall lead to. */
const drop: OnConnectEnd = (event, { fromHandle, toHandle }) => {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (toHandle || !fromHandle?.id || !point) return;
  const at = { x: point.clientX, y: point.clientY };
  const end = { node: fromHandle.nodeId, port: fromHandle.id };
  const target = layerAt(at);
  if (target === end.node) return;
  const instead = useGestures.getState().moved ?? undefined;
  if (target !== undefined) wireToLayer(end, fromHandle.type, target);
  else if (isOverCanvas(at)) openSearch(at, { ...(fromHandle.type === 'source' ? { from: end } : { into: end }), instead });
};

/** From the port where the wire began to the free port of the layer on which it was dropped. */
function wireToLayer(end: PortRef, type: 'source' | 'target', target: NodeId): void {
  const { document, graph } = shown();
  const ends = endsOnLayer(withoutWire(graph, useGestures.getState().moved), document.blocks, end, type, target);
  if (typeof ends === 'string') useSession.getState().toast({ tone: 'info', message: ends });
  else draw(ends);
}

function isOverCanvas({ x, y }: Position): boolean {
  return document.elementFromPoint(x, y)?.closest('[data-region="canvas"]') instanceof Element;
}

/** Ends a wire that is on its way, and leaves all as it was. `forget` takes it from React Flow. False where there is none. */
export function leaveDrawing(forget: () => void): boolean {
  if (!useGestures.getState().drawing) return false;
  isLeft = true;
  forget();
  // React Flow looks whether it still has its wire when the mouse moves, which may be long after.
  document.dispatchEvent(new MouseEvent('mousemove'));
  isLeft = false;
  useGestures.setState({ drawing: null, moved: null });
  return true;
}
