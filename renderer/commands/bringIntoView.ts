import type { NodeId, Position } from '../../shared/graph/graph';
import { isSeen, useSession } from '../state/session';

/** Moves the view to a layer that was just put where nobody looks; one that is in view stays where it is. */
export function bringIntoView(id: NodeId, position: Position): void {
  const { canvasApi } = useSession.getState();
  if (!canvasApi) return;
  // The canvas draws the new layer first.
  requestAnimationFrame(() => {
    if (!isSeen(canvasApi, position)) canvasApi.centerOn(id);
  });
}
