import { Panel, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef, useState, type PointerEvent, type WheelEvent } from 'react';
import type { NodeId } from '../../shared/graph/graph';
import { kindOf } from '../../shared/picture/face';
import { boundsOfPoints, boxOfLayer, type Box } from '../../shared/picture/geometry';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { pathIn, type CurrentGraph } from '../state/location';
import type { Inks } from './inks';
import { OVERVIEW, overviewIn } from './overviewPlace';
import { boundsOf, type Scene } from './scene';
import type { View } from './stage';
import { useLater } from './useLater';
import { followView, viewOf } from './useStage';

const { width: WIDTH, height: HEIGHT } = OVERVIEW;
const PADDING = 6;

interface OverviewProps {
  readonly scene: Scene;
  readonly current: CurrentGraph;
  readonly analysis: NetworkAnalysis;
  readonly inks: Inks;
}

/** The whole network in a corner, with its problems and what of it is seen; a press or a drag looks there, the wheel zooms. */
export function Overview(props: OverviewProps) {
  const hasRoom = useStore((size) => overviewIn(size) !== undefined);
  return hasRoom && <LaterDrawing {...props} />;
}

function LaterDrawing({ scene, current, analysis, inks }: OverviewProps) {
  return <Drawing {...useLater(useMemo(() => ({ scene, current, analysis, inks }), [scene, current, analysis, inks]))} />;
}

/** Memoised: it is not rendered with every edit, but a moment later. */
const Drawing = memo(function Drawing({ scene, current, analysis, inks }: OverviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const { setCenter, getZoom, zoomIn, zoomOut } = useReactFlow();
  const bounds = useMemo(() => boundsOf(scene, current.graph.annotations), [scene, current.graph.annotations]);
  // Drawn once for all views of it, and anew where a colour or a place is another one.
  const [colour] = useState(createColouring);
  const layers = useMemo(() => colour({ scene, current, analysis, inks }), [colour, scene, current, analysis, inks]);
  useEffect(() => {
    const print = createPrint(layers, inks);
    const draw = () => {
      if (canvas.current && bounds) drawOverview(canvas.current, { bounds, print, view: viewOf(store.getState()), inks });
    };
    draw();
    let frame = 0;
    const stop = followView(store, () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  }, [store, bounds, layers, inks]);
  const lookAt = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>) => {
    if (!bounds) return;
    const box = currentTarget.getBoundingClientRect();
    const { scale, x, y } = placing(around(bounds, viewOf(store.getState())));
    void setCenter((clientX - box.left - x) / scale, (clientY - box.top - y) / scale, { zoom: getZoom(), duration: 0 });
  };
  return (
    <Panel position="bottom-left" className="overview">
      <canvas
        ref={canvas}
        role="img"
        aria-label="Overview"
        style={{ width: WIDTH, height: HEIGHT }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          lookAt(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && lookAt(event)}
        onWheel={({ deltaY }: WheelEvent) => void (deltaY < 0 ? zoomIn() : zoomOut())}
      />
    </Panel>
  );
});

/** Layers by their colour, so that each colour is set once. */
type Coloured = ReadonlyMap<string, readonly Box[]>;

/** Sorts layers by colour; the same object again where none has got another place or colour. */
function createColouring() {
  let colours: readonly string[] = [];
  let scene: Scene | undefined;
  let coloured: Coloured = new Map();
  return function colouredLayers(inputs: OverviewProps): Coloured {
    const now = inputs.scene.layers.map(({ id }) => colourOf(id, inputs));
    if (inputs.scene === scene && now.every((colour, index) => colour === colours[index])) return coloured;
    [scene, colours] = [inputs.scene, now];
    const boxes = new Map<string, Box[]>(now.map((colour) => [colour, []]));
    scene.layers.forEach((layer, index) => boxes.get(now[index] ?? '')?.push(boxOfLayer(layer)));
    coloured = boxes;
    return coloured;
  };
}

function colourOf(id: NodeId, { current, analysis, inks }: OverviewProps): string {
  const node = current.graph.nodes[id];
  if (!node) return inks.canvas;
  const isWrong = analysis.nodes.get(pathIn(current.prefix, id))?.problems[0]?.severity === 'error';
  return isWrong ? inks.error : inks.kinds[kindOf(node)].solid;
}

interface Drawn {
  readonly bounds: Box;
  readonly print: ReturnType<typeof createPrint>;
  readonly view: View;
  readonly inks: Inks;
}

function drawOverview(canvas: HTMLCanvasElement, { bounds, print, view, inks }: Drawn): void {
  const density = window.devicePixelRatio;
  const context = cleared(canvas, density);
  if (!context) return;
  const at = placing(around(bounds, view));
  context.setTransform(1, 0, 0, 1, 0, 0);
  // Looking within the network moves nothing here, and looking out of it moves all alike.
  const printed = print(at.scale, density, bounds);
  context.drawImage(printed, Math.round((bounds.x * at.scale + at.x) * density), Math.round((bounds.y * at.scale + at.y) * density));
  context.setTransform(density, 0, 0, density, 0, 0);
  veil(
    context,
    { x: view.x * at.scale + at.x, y: view.y * at.scale + at.y, width: view.width * at.scale, height: view.height * at.scale },
    inks,
  );
}

/** A canvas with nothing on it, as large as it is shown. */
function cleared(canvas: HTMLCanvasElement, density: number): CanvasRenderingContext2D | null {
  const [width, height] = [Math.round(WIDTH * density), Math.round(HEIGHT * density)];
  const context = canvas.getContext('2d');
  context?.setTransform(1, 0, 0, 1, 0, 0);
  if (canvas.width === width && canvas.height === height) context?.clearRect(0, 0, width, height);
  else Object.assign(canvas, { width, height });
  return context;
}

/** Draws all layers once for all places that they are shown at, and anew for another size only. */
function createPrint(layers: Coloured, inks: Inks) {
  const sheet = document.createElement('canvas');
  let known = 0;
  return function print(scale: number, density: number, bounds: Box): HTMLCanvasElement {
    if (known === scale * density) return sheet;
    known = scale * density;
    const [width, height] = [bounds.width, bounds.height].map((length) => Math.ceil((length * scale + 2) * density)) as [number, number];
    Object.assign(sheet, { width, height });
    const context = sheet.getContext('2d');
    context?.setTransform(density, 0, 0, density, 0, 0);
    if (context) drawLayers(context, layers, { scale, x: -bounds.x * scale, y: -bounds.y * scale }, inks);
    return sheet;
  };
}

function drawLayers(context: CanvasRenderingContext2D, layers: Coloured, { scale, x, y }: ReturnType<typeof placing>, inks: Inks): void {
  // What is wrong is drawn last: it must be seen also where a pixel holds many layers.
  const wrongLast = [...layers].sort(([a], [b]) => Number(a === inks.error) - Number(b === inks.error));
  for (const [colour, boxes] of wrongLast) {
    context.fillStyle = colour;
    const least = colour === inks.error ? 2 : 0.75;
    for (const box of boxes)
      context.fillRect(box.x * scale + x, box.y * scale + y, Math.max(box.width * scale, least), Math.max(box.height * scale, least));
  }
}

/** Dims what is not seen. */
function veil(context: CanvasRenderingContext2D, seen: Box, inks: Inks): void {
  context.globalAlpha = 0.62;
  context.fillStyle = inks.canvas;
  context.beginPath();
  context.rect(0, 0, WIDTH, HEIGHT);
  context.rect(seen.x, seen.y, seen.width, seen.height);
  context.fill('evenodd');
  context.globalAlpha = 1;
  context.strokeStyle = inks.border;
  context.strokeRect(seen.x, seen.y, seen.width, seen.height);
}

function around(bounds: Box, view: Box): Box {
  return boundsOfPoints(
    [bounds, view].flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );
}

/** Puts a rectangle into the middle of the overview. */
function placing({ x, y, width, height }: Box) {
  const scale = Math.min((WIDTH - 2 * PADDING) / width, (HEIGHT - 2 * PADDING) / height);
  return { scale, x: (WIDTH - width * scale) / 2 - x * scale, y: (HEIGHT - height * scale) / 2 - y * scale };
}
