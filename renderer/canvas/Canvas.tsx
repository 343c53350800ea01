import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  type Connection,
  type IsValidConnection,
  type NodeMouseHandler,
  type OnConnectEnd,
  type OnMove,
} from '@xyflow/react';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type DragEvent, type MouseEvent } from 'react';
import type { PortRef } from '../../shared/graph/graph';
import { addableFromText, addLayer, LAYER_MIME } from '../commands/addLayer';
import { shown } from '../commands/graphEdits';
import { useDocument } from '../state/document';
import { currentGraph, useSession } from '../state/session';
import './canvas.css';
import { ConnectionNote } from './ConnectionNote';
import { wireEdits, whyNot } from './connecting';
import { createEdgeDeriver } from './deriveEdges';
import { createNodeDeriver } from './deriveNodes';
import type { LayerFlowNode, WireFlowEdge } from './flowTypes';
import { LayerNode } from './LayerNode';
import { tintsOf } from './tints';
import { useCanvasApi } from './useCanvasApi';
import { useNodeChanges } from './useNodeChanges';
import { WireEdge } from './WireEdge';

const nodeTypes = { layer: LayerNode };
const edgeTypes = { wire: WireEdge };
const GRID: [number, number] = [8, 8];
const proOptions = { hideAttribution: true };
/** Below this zoom a layer is a coloured block with its name. */
const FAR = 0.42;

/** The canvas: a view of the shown graph. Everything that stays goes through edits of the document. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  );
}

function Flow() {
  const document = useDocument((state) => state.document);
  const analysis = useDocument((state) => state.analysis);
  const location = useSession((state) => state.location);
  const selection = useSession((state) => state.selection);
  const focusedProblem = useSession((state) => state.focusedProblem);
  const isFar = useSession((state) => state.zoom < FAR);
  const container = useRef<HTMLDivElement>(null);
  const [deriveNodes] = useState(createNodeDeriver);
  const [deriveEdges] = useState(createEdgeDeriver);

  // A new flag is drawn in the frame after the edit; the shapes on a thousand wires may take the next one.
  const settled = useDeferredValue(analysis);
  const current = useMemo(() => currentGraph(document, location), [document, location]);
  const tints = useMemo(() => tintsOf(analysis.problems.find(({ id }) => id === focusedProblem)), [analysis, focusedProblem]);
  const { inFlight, onNodesChange, onEdgesChange, onNodeDragStart, onNodeDragStop } = useNodeChanges();
  const nodes = useMemo(
    () => deriveNodes({ document, settled, current, selected: selection.nodes, tints: tints.nodes, inFlight }),
    [deriveNodes, document, settled, current, selection.nodes, tints, inFlight],
  );
  const edges = useMemo(
    () => deriveEdges({ analysis: settled, current, selected: selection.edges, tints: tints.edges, nodes }),
    [deriveEdges, settled, current, selection.edges, tints, nodes],
  );
  useCanvasApi(container);
  useFitOnOpen(current.prefix, document.id);

  return (
    // Double click, drop and drag belong to the surface; each has a command for the keyboard.

    <div ref={container} className={isFar ? 'canvas-far h-full' : 'h-full'} onDoubleClick={searchAtPane}>
      <ReactFlow<LayerFlowNode, WireFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStart={onNodeDragStart}
        onNodeDragStop={onNodeDragStop}
        onSelectionDragStart={onNodeDragStart}
        onSelectionDragStop={onNodeDragStop}
        onNodeDoubleClick={openBlock}
        isValidConnection={isValidConnection}
        onConnect={connect}
        onReconnect={reconnect}
        onConnectEnd={searchFromWire}
        onMove={keepZoom}
        onDragOver={allowLayer}
        onDrop={dropLayer}
        connectionRadius={28}
        reconnectRadius={14}
        snapToGrid
        snapGrid={GRID}
        minZoom={0.05}
        maxZoom={3}
        panOnScroll
        panOnDrag={PAN_BUTTONS}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        multiSelectionKeyCode={MULTI_KEYS}
        onlyRenderVisibleElements
        elevateNodesOnSelect={false}
        proOptions={proOptions}
        aria-label="Network"
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1} />
        {nodes.length > 3 && (
          <MiniMap<LayerFlowNode>
            position="bottom-left"
            pannable
            zoomable
            nodeColor={minimapColour}
            nodeBorderRadius={4}
            style={MINIMAP}
            ariaLabel="Overview"
          />
        )}
        <ConnectionNote graph={current.graph} />
      </ReactFlow>
    </div>
  );
}

// Handlers are made once and ask for the graph when they are called: a new function at a render is news for React Flow, which
// then asks each of its layers and wires whether it changed.
const isValidConnection: IsValidConnection<WireFlowEdge> = ({ source, target, sourceHandle, targetHandle }) =>
  whyNot(shown().graph, { source, target, sourceHandle: sourceHandle ?? null, targetHandle: targetHandle ?? null }) === undefined;

function connect(connection: Connection): void {
  const { graph, ref } = shown();
  useDocument.getState().edit('Wire', wireEdits(graph, ref, connection), 'record');
}

function reconnect(old: WireFlowEdge, connection: Connection): void {
  const { graph, ref } = shown();
  useDocument.getState().edit('Move a wire', wireEdits(graph, ref, connection, old.id), 'record');
}

/** A wire dropped on nothing asks what it shall lead to. */
const searchFromWire: OnConnectEnd = (event, { fromHandle, toHandle, toNode }) => {
  if (toHandle || toNode || fromHandle?.type !== 'source' || !fromHandle.id) return;
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (point) openSearch(point.clientX, point.clientY, { node: fromHandle.nodeId, port: fromHandle.id });
};

function searchAtPane(event: MouseEvent): void {
  if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return;
  openSearch(event.clientX, event.clientY);
}

function openSearch(x: number, y: number, from?: PortRef): void {
  const { canvasApi, openDialog } = useSession.getState();
  const at = canvasApi?.screenToGraph({ x, y }) ?? { x: 0, y: 0 };
  openDialog({ kind: 'addLayer', at: { x: snap(at.x), y: snap(at.y - 32) }, screen: { x, y }, from });
}

const openBlock: NodeMouseHandler<LayerFlowNode> = (_event, { id }) => {
  if (shown().graph.nodes[id]?.type === 'block') useSession.getState().openBlock(id);
};

const keepZoom: OnMove = (_event, { zoom }) => useSession.getState().setZoom(zoom);

function allowLayer(event: DragEvent): void {
  if (event.dataTransfer.types.includes(LAYER_MIME)) event.preventDefault();
}

function dropLayer(event: DragEvent): void {
  const text = event.dataTransfer.getData(LAYER_MIME);
  if (text === '') return;
  event.preventDefault();
  const at = useSession.getState().canvasApi?.screenToGraph({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 };
  addLayer(addableFromText(text), { at: { x: snap(at.x - 76), y: snap(at.y - 32) }, wire: false });
}

const PAN_BUTTONS = [1, 2];
const MULTI_KEYS = ['Shift', 'Meta', 'Control'];
const MINIMAP = { width: 148, height: 84 };

function minimapColour({ data }: LayerFlowNode): string {
  return isWrong(data.path) ? 'var(--error)' : `var(--kind-${data.face.kind}-9, var(--text-disabled))`;
}

/** Asked while the overview draws itself, which it does when the label of a layer tells of a problem. */
function isWrong(path: string): boolean {
  return useDocument.getState().analysis.nodes.get(path)?.problems[0]?.severity === 'error';
}

function snap(value: number): number {
  return Math.round(value / 8) * 8;
}

/** Another document or the inside of a block is shown whole. */
function useFitOnOpen(prefix: string, documentId: string): void {
  const flow = useReactFlow();
  useEffect(() => {
    const frame = requestAnimationFrame(() => void flow.fitView({ padding: 0.12, maxZoom: 1, duration: 0 }));
    return () => cancelAnimationFrame(frame);
  }, [flow, prefix, documentId]);
}
