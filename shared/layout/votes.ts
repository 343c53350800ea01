import type { NodeId, Position } from '../graph/graph';
import type { Standing } from './standing';

type Places = ReadonlyMap<NodeId, Position>;

/** How far from their ideal places so many layers stand. */
export interface Vote {
  readonly at: Position;
  readonly count: number;
}

/** The key of a vote among the others. */
export const keyOf = ({ x, y }: Position) => `${x},${y}`;

/** How far layers stand from their ideal places, and how many do so. */
export function votesOf(layers: readonly Standing[], ideal: Places): ReadonlyMap<string, Vote> {
  const votes = new Map<string, Vote>();
  for (const layer of layers) {
    const at = offsetOf(layer, ideal);
    const key = keyOf(at);
    votes.set(key, { at, count: (votes.get(key)?.count ?? 0) + 1 });
  }
  return votes;
}

/** How far a layer stands from its ideal place. */
export function offsetOf({ id, place }: Standing, ideal: Places): Position {
  const { x, y } = ideal.get(id) ?? place;
  return { x: place.x - x, y: place.y - y };
}

/** So that its upper left corner stays. */
export function cornerOf(layers: readonly Standing[], ideal: Places): Position {
  const least = (of: (layer: Standing) => number) => layers.reduce((found, layer) => Math.min(found, of(layer)), Infinity);
  return {
    x: Math.round(least(({ place }) => place.x) - least(({ id }) => ideal.get(id)?.x ?? 0)),
    y: Math.round(least(({ place }) => place.y) - least(({ id }) => ideal.get(id)?.y ?? 0)),
  };
}
