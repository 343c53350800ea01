import type { NodeId, Position } from '../graph/graph';
import { shiftToFree } from './freeRoom';
import { boxAt, type Standing } from './standing';
import { cornerOf, votesOf, type Vote } from './votes';

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
  const votes = [...votesOf(layers, ideal).values()];
  const most = votes.reduce<Vote | undefined>((best, vote) => (best && best.count >= vote.count ? best : vote), undefined);
  return most && most.count * 2 >= layers.length ? most.at : cornerOf(layers, ideal);
}
