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
export function findCrossings(courses: readonly Course[]): Crossings {
  return createCrossings()(courses);
}

type Crossings = ReadonlyMap<EdgeId, readonly Position[]>;

/** The same, each time from the time before: a wire is looked at again where it or an upright piece above or below it has changed. */
export function createCrossings() {
  let before: ReadonlyMap<EdgeId, Course> = new Map();
  let uprights: readonly Upright[] = [];
  let crossings: Crossings = new Map();
  return function crossingsNow(courses: readonly Course[]): Crossings {
    const now = new Map(courses.map((course) => [course.id, course]));
    const came = courses.filter((course) => before.get(course.id) !== course);
    const gone = [...before.values()].filter((course) => now.get(course.id) !== course);
    before = now;
    if (came.length === 0 && gone.length === 0) return crossings;
    const without = new Set(gone.flatMap(uprightsOf));
    const added = came.flatMap(uprightsOf);
    uprights = [...uprights.filter((upright) => !without.has(upright)), ...added].sort((a, b) => a.x - b.x);
    crossings = crossingsAmong(courses, uprights, { crossings, came: new Set(came), places: [...without, ...added].map(({ x }) => x) });
    return crossings;
  };
}

interface Before {
  readonly crossings: Crossings;
  readonly came: ReadonlySet<Course>;
  /** Where upright pieces came or went. */
  readonly places: readonly number[];
}

/** So many wires are looked at again sooner than it is known which need not be. */
const MANY = 100;

function crossingsAmong(courses: readonly Course[], uprights: readonly Upright[], { crossings, came, places }: Before): Crossings {
  const found = new Map<EdgeId, readonly Position[]>();
  for (const course of courses) {
    const isSame = places.length < MANY && !came.has(course) && !isOver(course, places);
    const own = isSame ? crossings.get(course.id) : crossingsOf(course, uprights);
    if (own && own.length > 0) found.set(course.id, own);
  }
  return found;
}

/** Whether a wire lies above or below one of these places. */
function isOver({ corners }: Course, places: readonly number[]): boolean {
  let [left, right] = [Infinity, -Infinity];
  for (const { x } of corners) {
    if (x < left) left = x;
    if (x > right) right = x;
  }
  return places.some((x) => x >= left && x <= right);
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
