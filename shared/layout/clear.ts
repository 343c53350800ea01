import type { NodeId, Position } from '../graph/graph';
import { shiftToFree } from './freeRoom';
import { boxAt, type Standing } from './standing';

/**
 * Ideal places put where the layers stand: from where most of them stand already, else from their upper left corner, and from there
 * up or down together until none of the others is in the way.
 */
export function placesClear(
  layers: readonly Standing[],
  ideal: ReadonlyMap<NodeId, Position>,
  others: readonly Standing[],
): ReadonlyMap<NodeId, Position> {
  const { x, y } = startOf(layers, ideal);
  const placed = layers.map((layer) => {
    const place = ideal.get(layer.id) ?? { x: 0, y: 0 };
    return { id: layer.id, box: boxAt({ x: place.x + x, y: place.y + y }, layer) };
  });
  const shift = shiftToFree(
    placed.map(({ box }) => box),
    others.map((layer) => boxAt(layer.place, layer)),
  );
  return new Map(placed.map(({ id, box }) => [id, { x: box.x, y: box.y + shift }]));
}

function startOf(layers: readonly Standing[], ideal: ReadonlyMap<NodeId, Position>): Position {
  const counts = new Map<string, { readonly at: Position; readonly count: number }>();
  let most = { at: { x: 0, y: 0 }, count: 0 };
  const corner = { x: Infinity, y: Infinity };
  for (const { id, place } of layers) {
    const home = ideal.get(id) ?? place;
    const at = { x: place.x - home.x, y: place.y - home.y };
    const key = `${at.x},${at.y}`;
    const vote = { at, count: (counts.get(key)?.count ?? 0) + 1 };
    counts.set(key, vote);
    if (vote.count > most.count) most = vote;
    corner.x = Math.min(corner.x, place.x);
    corner.y = Math.min(corner.y, place.y);
  }
  return most.count * 2 >= layers.length ? most.at : { x: Math.round(corner.x), y: Math.round(corner.y) };
}
