import { getViewportForBounds, type ReactFlowInstance, type ReactFlowState, type Viewport } from '@xyflow/react';
import type { NodeId } from '../../shared/graph/graph';
import { shown } from '../commands/graphEdits';
import { boxOfLayer, overlaps, type Box } from '../../shared/picture/geometry';
import { overviewIn } from './overviewPlace';
import { boundsOf } from './scene';
import { showing } from './showing';

/** From so far away a network of a thousand layers in one row is seen whole. */
export const MIN_ZOOM = 0.01;
export const MAX_ZOOM = 3;

interface Fitting {
  readonly padding: number;
  readonly maxZoom: number;
  readonly duration: number;
  /** Left out: everything. */
  readonly only?: Iterable<NodeId>;
}

/** Looks at all of the network, or at some of its layers, whether they are drawn now or not. False where there is no room yet. */
export function fitInView(
  flow: Pick<ReactFlowInstance, 'setViewport'>,
  { width, height }: Pick<ReactFlowState, 'width' | 'height'>,
  { padding, maxZoom, duration, only }: Fitting,
): boolean {
  if (width === 0 || height === 0) return false;
  const bounds = boundsOf(showing.scene, shown().graph.annotations, only);
  const viewport = bounds && viewOf(bounds, { width, height }, { padding, maxZoom, boxes: boxesOf(only) });
  if (viewport) void flow.setViewport(viewport, { duration });
  if (viewport && !only) whole = viewport;
  return true;
}

type Size = Pick<ReactFlowState, 'width' | 'height'>;

/** All in view, and nothing of it under the overview: where that would lie on a layer, the network stands beside or above it. */
function viewOf(
  bounds: Box,
  { width, height }: Size,
  { padding, maxZoom, boxes }: { readonly padding: number; readonly maxZoom: number; readonly boxes: readonly Box[] },
): Viewport {
  const fitted = (room: Parameters<typeof getViewportForBounds>[5]) => getViewportForBounds(bounds, width, height, MIN_ZOOM, maxZoom, room);
  const centred = fitted(padding);
  const overview = overviewIn({ width, height });
  if (!overview || !boxes.some((box) => overlaps(onScreen(box, centred), overview))) return centred;
  // A padding in numbers is of what is left of the canvas beside it, on both sides.
  const rest = `${(50 * padding) / (1 + padding)}%` as const;
  const choices = [
    fitted({ top: rest, right: rest, bottom: rest, left: `${overview.x + overview.width + CLEAR}px` }),
    fitted({ top: rest, right: rest, left: rest, bottom: `${height - overview.y + CLEAR}px` }),
  ];
  return choices.reduce((best, next) => (next.zoom > best.zoom ? next : best));
}

/** Pixels between the overview and a layer. */
const CLEAR = 16;

function onScreen({ x, y, width, height }: Box, view: Viewport): Box {
  return { x: x * view.zoom + view.x, y: y * view.zoom + view.y, width: width * view.zoom, height: height * view.zoom };
}

function boxesOf(only: Iterable<NodeId> | undefined): readonly Box[] {
  const { layers, byId } = showing.scene;
  return (only === undefined ? layers : [...only].flatMap((id) => byId.get(id) ?? [])).map(boxOfLayer);
}

/** Where one looked when all of the network was shown last. */
let whole: Viewport | null = null;

/** Whether nobody has looked elsewhere since all of the network was shown. */
export function isWhole({ x, y, zoom }: Viewport): boolean {
  return whole !== null && Math.abs(x - whole.x) < 0.5 && Math.abs(y - whole.y) < 0.5 && Math.abs(zoom - whole.zoom) < 1e-4;
}
