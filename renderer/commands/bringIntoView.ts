import type { NodeId, Position } from '../../shared/graph/graph';
import { useSession } from '../state/session';

/** Moves the view to a layer that was just put where nobody looks; one that is in view stays where it is. */
export function bringIntoView(id: NodeId, { x, y }: Position): void {
  const { canvasApi } = useSession.getState();
  if (!canvasApi) return;
  // The canvas draws the new layer first.
  requestAnimationFrame(() => {
    const box = document.querySelector('[data-region="canvas"]')?.getBoundingClientRect();
    if (!box) return;
    const first = canvasApi.screenToGraph({ x: box.left, y: box.top });
    const last = canvasApi.screenToGraph({ x: box.right, y: box.bottom });
    const isSeen = x >= first.x && y >= first.y && x + LAYER_WIDTH <= last.x && y + LAYER_HEIGHT <= last.y;
    if (!isSeen) canvasApi.centerOn(id);
  });
}

const LAYER_WIDTH = 152;
const LAYER_HEIGHT = 64;
