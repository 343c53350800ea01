import type { EdgeId, NodeId, Position } from '../../shared/graph/graph';
import { useSession } from '../state/session';
import { hitAt, type Hit } from './scene';
import { showing } from './showing';

/** How near a point must come to a painted wire, in pixels. */
const REACH = 8;

/** The wire under a point of the window. */
export function wireAt(point: Position): EdgeId | undefined {
  const found = idUnder(point, '.react-flow__edge');
  if (found !== undefined) return found;
  const hit = paintedAt(point);
  return hit?.kind === 'wire' ? hit.edge : undefined;
}

/** The layer under a point of the window. */
export function layerAt(point: Position): NodeId | undefined {
  const found = idUnder(point, '.react-flow__node-layer');
  if (found !== undefined) return found;
  const hit = paintedAt(point);
  return hit?.kind === 'layer' ? hit.node : undefined;
}

/** The frame or note under a point of the window, by its id on the canvas. */
export function annotationAt(point: Position): string | undefined {
  return idUnder(point, '.react-flow__node-frame, .react-flow__node-note');
}

function idUnder({ x, y }: Position, selector: string): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<HTMLElement>(selector)?.dataset['id'];
    if (id !== undefined) return id;
  }
  return undefined;
}

/** What is painted under a point of the window; undefined where the network is made of elements. */
export function paintedAt(point: Position): Hit | undefined {
  const { canvasApi, zoom } = useSession.getState();
  if (!showing.stage.isPainted || !canvasApi) return undefined;
  return hitAt(canvasApi.screenToGraph(point), showing.scene, REACH / zoom);
}
