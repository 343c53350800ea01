import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
  useStoreApi,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useDocument } from '../state/document';
import { useHeat } from '../state/heat';
import { usePreview } from '../state/preview';
import { currentGraph } from '../state/location';
import { useSession } from '../state/session';
import { useIsDark, useSettings } from '../state/settings';
import './canvas.css';
import { CanvasMenu } from './CanvasMenu';
import { ConnectionNote } from './ConnectionNote';
import { deriveAnnotations } from './deriveAnnotations';
import { createEdgeDeriver } from './deriveEdges';
import { createNodeDeriver } from './deriveNodes';
import type { CanvasFlowNode, WireFlowEdge } from './flowTypes';
import { connect, endDrawing, isValidConnection, reconnect, startDrawing, startMoving } from './drawing';
import { DrawnWire } from './DrawnWire';
import { FrameNode } from './FrameNode';
import { ghostsOf, noGhosts } from './ghosts';
import { Guides } from './Guides';
import { allowLayer, clickNode, clickPane, dropLayer, forgetDrop, keepZoom, openOrRename, searchAtPane } from './handlers';
import { prepareIconPaths } from './iconPaths';
import { useInks } from './inks';
import { enterCanvas, holdFocused } from './keyboardFocus';
import { Lasso } from './Lasso';
import { LayerNode } from './LayerNode';
import { NoteNode } from './NoteNode';
import { TREMBLE } from './menuGesture';
import { LEGIBLE } from './paint';
import { Overview } from './Overview';
import { Painting } from './Painting';
import { Ribbons } from './Ribbons';
import { createScenery } from './scene';
import { fitInView, isWhole, MAX_ZOOM, MIN_ZOOM } from './seeing';
import { noTints, tintsOf } from './tints';
import { FAR } from './stage';
import { useBoxSelection } from './useBoxSelection';
import { isMac } from '../ui/shortcutText';
import { useCanvasApi } from './useCanvasApi';
import { useNodeChanges } from './useNodeChanges';
import { useLinger } from './useLinger';
import { usePointedSkip } from './usePointedSkip';
import { usePinch } from './usePinch';
import { usePaintedPointer } from './usePaintedPointer';
import { usePointerKind } from './usePointerKind';
import { useSettling } from './useSettling';
import { useLeaving } from './useLeaving';
import { useStage } from './useStage';
import { useStreams } from './useStreams';
import { WireEdge } from './WireEdge';
import { WiringHint } from './WiringHint';

const nodeTypes = { layer: LayerNode, frame: FrameNode, note: NoteNode };
const edgeTypes = { wire: WireEdge };
const GRID: [number, number] = [8, 8];
const proOptions = { hideAttribution: true };

/** The canvas: a view of the shown graph. Everything that stays goes through edits of the document. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  );
}

function Flow() {
  const live = useDocument((state) => state.document);
  const preview = usePreview((state) => state.shown);
  const document = preview?.document ?? live;
  const analysis = useDocument((state) => state.analysis);
  const location = useSession((state) => state.location);
  const selection = useSession((state) => state.selection);
  const focusedProblem = useSession((state) => state.focusedProblem);
  const isHeated = useHeat(({ values }) => values.size > 0);
  const distance = useSession(({ zoom }) => (zoom < LEGIBLE ? 'tiny' : zoom < FAR ? 'far' : undefined));
  const wires = useSettings((state) => state.wires);
  const wheelMoves = useSettings((state) => state.wheel === 'moves');
  const isDark = useIsDark();
  const container = useRef<HTMLDivElement>(null);
  const [sceneOf] = useState(createScenery);
  const [deriveNodes] = useState(createNodeDeriver);
  const [deriveEdges] = useState(createEdgeDeriver);

  const shown = preview?.analysis ?? analysis;
  const ghosts = useMemo(
    () => preview && ghostsOf(currentGraph(live, location).graph, currentGraph(preview.document, location).graph),
    [live, preview, location],
  );
  const current = useMemo(
    () => ({ ...currentGraph(document, location), ...(ghosts ? { graph: ghosts.graph } : {}) }),
    [document, location, ghosts],
  );
  const { inFlight, onNodesChange, onEdgesChange, onNodeDragStart, onSelectionDragStart, onNodeDrag, onNodeDragStop } = useNodeChanges();
  const isTouch = usePointerKind(container);
  const box = useBoxSelection();
  const inks = useInks(container);
  const scene = useMemo(() => sceneOf(current.graph, document.blocks, inFlight), [sceneOf, current.graph, document.blocks, inFlight]);
  const stage = useStage(scene);
  const streams = useStreams(current.graph, document.blocks);
  const skip = usePointedSkip(current.graph, current.prefix, stage.edges);
  const parted = useMemo(() => tintsOf(analysis.problems.find(({ id }) => id === focusedProblem)), [analysis, focusedProblem]);
  const tints = parted === noTints ? skip.tints : parted;
  const nodes = useMemo(
    () =>
      deriveNodes({
        document,
        analysis: shown,
        current,
        scene,
        staged: stage.nodes,
        selected: selection.nodes,
        tints: tints.nodes,
        ghosts: (ghosts ?? noGhosts).nodes,
      }),
    [deriveNodes, document, shown, current, scene, stage.nodes, selection.nodes, tints, ghosts],
  );
  const { annotations } = current.graph;
  const all = useMemo<CanvasFlowNode[]>(
    () => (annotations ? [...deriveAnnotations(annotations, stage.covered, selection.annotations, inFlight), ...nodes] : nodes),
    [annotations, stage.covered, selection.annotations, inFlight, nodes],
  );
  const edges = useMemo(
    () =>
      deriveEdges({
        dataFormat: document.dataFormat,
        current,
        selected: selection.edges,
        tints,
        ghosts: (ghosts ?? noGhosts).edges,
        scene,
        staged: stage.edges,
      }),
    [deriveEdges, document.dataFormat, current, selection.edges, tints, ghosts, scene, stage.edges],
  );
  const isPainted = useLinger(stage.isPainted);
  // Elements that are about to go do not change their look before.
  const distanceShown = useRef(distance);
  if (!stage.isLeaving) distanceShown.current = distance;
  const place = `${document.id} ${current.prefix}`;
  useSettling(container, place, scene, inFlight.size > 0);
  usePaintedPointer(container);
  useEffect(prepareIconPaths, []);
  usePinch(container);
  useLeaving();
  useCanvasApi(container);
  useFitOnOpen(current.prefix, document.id);
  useKeepWhole();

  return (
    // Double click, drop and drag belong to the surface; each has a command for the keyboard.

    <div
      ref={container}
      className="h-full"
      data-far={distanceShown.current}
      data-wires={wires}
      data-heat={isHeated || undefined}
      data-touch={isTouch || undefined}
      onDoubleClick={searchAtPane}
      onFocus={holdFocused}
    >
      <ReactFlow<CanvasFlowNode, WireFlowEdge>
        nodes={all}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={isDark ? 'dark' : 'light'}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStart={onNodeDragStart}
        onNodeDrag={onNodeDrag}
        onNodeDragStop={onNodeDragStop}
        onSelectionDragStart={onSelectionDragStart}
        onSelectionDragStop={onNodeDragStop}
        onPaneClick={clickPane}
        onSelectionStart={box.onSelectionStart}
        onSelectionEnd={box.onSelectionEnd}
        onEdgeMouseEnter={skip.onEdgeMouseEnter}
        onEdgeMouseLeave={skip.onEdgeMouseLeave}
        onNodeClick={clickNode}
        onNodeDoubleClick={openOrRename}
        isValidConnection={isValidConnection}
        onConnectStart={startDrawing}
        onConnect={connect}
        onReconnectStart={startMoving}
        onReconnect={reconnect}
        onConnectEnd={endDrawing}
        connectOnClick={false}
        connectionLineComponent={DrawnWire}
        onMove={keepZoom}
        onDragOver={allowLayer}
        onDragLeave={forgetDrop}
        onDrop={dropLayer}
        connectionRadius={28}
        reconnectRadius={14}
        snapToGrid
        snapGrid={GRID}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        panOnScroll={wheelMoves}
        panOnDrag={isTouch || PAN_BUTTONS}
        selectionOnDrag={!isTouch}
        {...(isTouch ? forFingers : {})}
        selectionKeyCode={null}
        selectionMode={SelectionMode.Partial}
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        multiSelectionKeyCode={MULTI_KEYS}
        zoomActivationKeyCode={isMac ? 'Meta' : null}
        onlyRenderVisibleElements
        elevateNodesOnSelect={false}
        proOptions={proOptions}
        aria-label="Network"
        aria-describedby="canvas-keys"
        ariaLabelConfig={labels}
        disableKeyboardA11y
        tabIndex={0}
        onFocus={enterCanvas}
      >
        {/* Where its dots cannot be told apart any more, the pattern would cost more than all else of a move. */}
        {distance !== 'tiny' && <Background variant={BackgroundVariant.Dots} gap={24} size={1} />}
        {inks && isPainted && (
          <Painting
            scene={scene}
            current={current}
            blocks={document.blocks}
            analysis={shown}
            selection={selection}
            tints={tints}
            ghosts={ghosts ?? noGhosts}
            streams={streams}
            inks={inks}
          />
        )}
        {streams.size > 0 && !stage.isPainted && <Ribbons streams={streams} courses={scene.ways.courses} staged={stage.edges} />}
        {inks && scene.layers.length > 3 && <Overview key={place} scene={scene} current={current} analysis={shown} inks={inks} />}
        <Guides />
        <ConnectionNote graph={current.graph} />
      </ReactFlow>
      <p id="canvas-keys" className="sr-only">
        Arrow keys follow the wires, Tab reads layer by layer, P goes to ports and wires. Enter opens, C connects, A adds, F6 leaves.
      </p>
      <CanvasMenu container={container} />
      <Lasso container={container} />
      <WiringHint />
    </div>
  );
}

/** React Flow's own words tell of keys that the commands have taken over. */
const labels = { 'node.a11yDescription.default': '', 'edge.a11yDescription.default': '' };
const PAN_BUTTONS = [1, 2];
const forFingers = { nodeDragThreshold: TREMBLE, nodeClickDistance: TREMBLE, paneClickDistance: TREMBLE, connectionRadius: 40 } as const;
const MULTI_KEYS = ['Meta', 'Control'];
/** Another document or the inside of a block is shown whole. */
function useFitOnOpen(prefix: string, documentId: string): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    let frame = 0;
    const fit = () => {
      // Asked again where the canvas has no size yet.
      if (!fitInView(flow, store.getState(), WHOLE)) frame = requestAnimationFrame(fit);
    };
    frame = requestAnimationFrame(fit);
    return () => cancelAnimationFrame(frame);
  }, [flow, store, prefix, documentId]);
}

const WHOLE = { padding: 0.12, maxZoom: 1, duration: 0 };

/** Who looks at the whole network goes on doing so when the window or a panel changes its size. */
function useKeepWhole(): void {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  useEffect(() => {
    if (isWhole(flow.getViewport())) fitInView(flow, { width, height }, WHOLE);
  }, [flow, width, height]);
}
