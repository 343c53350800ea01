import { getViewportForBounds, type ReactFlowInstance, type ReactFlowState, type Viewport } from '@xyflow/react';
import type { NodeId } from '../../shared/graph/graph';
import { shown } from '../commands/graphEdits';
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
  const viewport = bounds && getViewportForBounds(bounds, width, height, MIN_ZOOM, maxZoom, padding);
  if (viewport) void flow.setViewport(viewport, { duration });
  if (viewport && !only) whole = viewport;
  return true;
}

/** Where one looked when all of the network was shown last. */
let whole: Viewport | null = null;

/** Whether nobody has looked elsewhere since all of the network was shown. */
export function isWhole({ x, y, zoom }: Viewport): boolean {
  return whole !== null && Math.abs(x - whole.x) < 0.5 && Math.abs(y - whole.y) < 0.5 && Math.abs(zoom - whole.zoom) < 1e-4;
}
