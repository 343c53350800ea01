import type { EdgeId, Position } from '../graph/graph';
import { HOP } from './wirePath';

/** A wire as it runs, and the port from which it comes. */
export interface Course {
  readonly id: EdgeId;
  readonly origin: string;
  readonly corners: readonly Position[];
}

interface Upright {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly origin: string;
}

/** How far from a corner a crossing must be to have room for a hop. */
const CLEAR = HOP + 9;

/**
 * Where level pieces cross the upright pieces of other wires. Wires from one port are branches of one: they do not hop
 * over each other. Uprights are sorted by x once, so that a piece looks only at those between its ends.
 */
export function findCrossings(courses: readonly Course[]): ReadonlyMap<EdgeId, readonly Position[]> {
  const uprights = courses.flatMap(uprightsOf).sort((a, b) => a.x - b.x);
  const crossings = new Map<EdgeId, readonly Position[]>();
  for (const { id, origin, corners } of courses) {
    const found = corners.slice(1).flatMap((to, index) => crossingsOf(corners[index] as Position, to, origin, uprights));
    if (found.length > 0) crossings.set(id, found);
  }
  return crossings;
}

function uprightsOf({ origin, corners }: Course): Upright[] {
  return corners.slice(1).flatMap((to, index) => {
    const from = corners[index] as Position;
    if (Math.abs(from.x - to.x) >= 0.5) return [];
    return [{ x: from.x, top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y), origin }];
  });
}

function crossingsOf(from: Position, to: Position, origin: string, uprights: readonly Upright[]): Position[] {
  if (Math.abs(from.y - to.y) >= 0.5) return [];
  const [left, right] = [Math.min(from.x, to.x) + CLEAR, Math.max(from.x, to.x) - CLEAR];
  const found: Position[] = [];
  for (let at = firstAfter(uprights, left); at < uprights.length; at += 1) {
    const upright = uprights[at] as Upright;
    if (upright.x > right) break;
    const isNew = found.every(({ x }) => Math.abs(x - upright.x) > 2 * HOP);
    if (isNew && upright.origin !== origin && upright.top < from.y - 2 && upright.bottom > from.y + 2)
      found.push({ x: upright.x, y: from.y });
  }
  return found;
}

function firstAfter(uprights: readonly Upright[], x: number): number {
  let low = 0;
  let high = uprights.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((uprights[middle] as Upright).x < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
