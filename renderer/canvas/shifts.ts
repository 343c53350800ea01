import type { NodeId, Position } from '../../shared/graph/graph';
import type { Scene } from './scene';

type Places = Pick<Scene, 'layers' | 'byId'>;

/** Less is a nudge by an arrow key: it is there at once. */
const LEAST = 48;

/** From where each layer came that is still there; none where nothing has moved far. */
export function shiftsBetween(old: Places, now: Places): ReadonlyMap<NodeId, Position> {
  const shifts = new Map<NodeId, Position>();
  if (old.layers === now.layers) return shifts;
  let farthest = 0;
  for (const layer of now.layers) {
    const was = old.byId.get(layer.id);
    if (!was || was === layer) continue;
    const shift = { x: was.position.x - layer.position.x, y: was.position.y - layer.position.y };
    const distance = Math.hypot(shift.x, shift.y);
    if (distance > 0) shifts.set(layer.id, shift);
    farthest = Math.max(farthest, distance);
  }
  return farthest < LEAST ? new Map() : shifts;
}
