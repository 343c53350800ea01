import type { NodePath } from './analysis';

const known = new WeakMap<readonly NodePath[], ReadonlyMap<NodePath, number>>();

/** Where each layer stands in an order. Cost: one walk, the first time. */
export function positionsOf(order: readonly NodePath[]): ReadonlyMap<NodePath, number> {
  const before = known.get(order);
  if (before) return before;
  const positions = new Map<NodePath, number>();
  for (let index = 0; index < order.length; index += 1) positions.set(order[index] as NodePath, index);
  known.set(order, positions);
  return positions;
}
