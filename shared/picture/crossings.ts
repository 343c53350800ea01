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
  const uprights: Upright[] = [];
  for (const course of courses) for (const upright of uprightsOf(course)) uprights.push(upright);
  uprights.sort((a, b) => a.x - b.x);
  const crossings = new Map<EdgeId, readonly Position[]>();
  for (const course of courses) {
    const found = crossingsOf(course, uprights);
    if (found.length > 0) crossings.set(course.id, found);
  }
  return crossings;
}

/** A course keeps its object as long as it keeps its way. */
const known = new WeakMap<Course, readonly Upright[]>();

function uprightsOf(course: Course): readonly Upright[] {
  const old = known.get(course);
  if (old) return old;
  const { origin, corners } = course;
  const uprights = corners.slice(1).flatMap((to, index) => {
    const from = corners[index] as Position;
    if (Math.abs(from.x - to.x) >= 0.5) return [];
    return [{ x: from.x, top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y), origin }];
  });
  known.set(course, uprights);
  return uprights;
}

const none: readonly Position[] = [];

/** No lists are made on the way: of thousands of pieces few cross anything. */
function crossingsOf({ corners, origin }: Course, uprights: readonly Upright[]): readonly Position[] {
  let found: Position[] | undefined;
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    if (Math.abs(from.y - to.y) >= 0.5) continue;
    const right = Math.max(from.x, to.x) - CLEAR;
    let last = -Infinity;
    for (let at = firstAfter(uprights, Math.min(from.x, to.x) + CLEAR); at < uprights.length; at += 1) {
      const { x, top, bottom, origin: other } = uprights[at] as Upright;
      if (x > right) break;
      if (x - last <= 2 * HOP || other === origin || top >= from.y - 2 || bottom <= from.y + 2) continue;
      last = x;
      (found ??= []).push({ x, y: from.y });
    }
  }
  return found ?? none;
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
