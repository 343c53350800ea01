import type { EdgeId, Position } from '../graph/graph';
import { boundsOfPoints, isStraight, overlaps, type Box } from './geometry';
import { merged } from './sorted';
import { HOP } from './wirePath';

/** A wire as it runs, and the port from which it comes. Keeps its object as long as it keeps its way. */
export interface Course {
  readonly id: EdgeId;
  readonly origin: string;
  readonly corners: readonly Position[];
  readonly bounds: Box;
}

interface Upright {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  readonly origin: string;
}

/** How far from a corner a crossing must be to have room for a hop. */
const CLEAR = HOP + 9;

type Crossings = ReadonlyMap<EdgeId, readonly Position[]>;
type Courses = ReadonlyMap<EdgeId, Course>;

/**
 * Where level pieces cross the upright pieces of other wires. Wires from one port are branches of one: they do not hop
 * over each other. Uprights are sorted by x once, so that a piece looks only at those between its ends.
 */
export function findCrossings(courses: Courses): Crossings {
  return createCrossings()(courses, courses.keys());
}

/** So many pieces are looked for again sooner than it is known where they are not. */
const MANY = 100;

/**
 * The same, each time from the time before: a wire is looked at again where it or an upright piece on its way has changed. `touched`:
 * all wires that came, went or run otherwise since, and any others.
 */
export function createCrossings() {
  const known = new Map<EdgeId, readonly Upright[]>();
  let uprights: readonly Upright[] = [];
  let crossings: Crossings = new Map();
  return function crossingsNow(courses: Courses, touched: Iterable<EdgeId>): Crossings {
    const [gone, came]: [Set<Upright>, Upright[]] = [new Set(), []];
    const again = new Set(touched);
    for (const id of again) {
      for (const upright of known.get(id) ?? none) gone.add(upright);
      const course = courses.get(id);
      const own = course ? uprightsOf(course) : none;
      known.set(id, own);
      came.push(...own);
      if (!course) known.delete(id);
    }
    uprights = merged(uprights, gone, came, byPlace);
    crossings = crossingsAmong(courses, { uprights, crossings, again, changed: [...gone, ...came] });
    return crossings;
  };
}

interface Before {
  readonly uprights: readonly Upright[];
  readonly crossings: Crossings;
  readonly again: ReadonlySet<EdgeId>;
  readonly changed: readonly Upright[];
}

function crossingsAmong(courses: Courses, { uprights, crossings, again, changed }: Before): Crossings {
  let found: Map<EdgeId, readonly Position[]> | undefined;
  const put = (id: EdgeId, own: readonly Position[]) => {
    const old = crossings.get(id) ?? none;
    if (samePlaces(old, own)) return;
    found ??= new Map(crossings);
    if (own.length > 0) found.set(id, own);
    else found.delete(id);
  };
  for (const id of again) {
    const course = courses.get(id);
    put(id, course ? crossingsOf(course, uprights) : none);
  }
  if (changed.length === 0) return found ?? crossings;
  const isAll = changed.length >= MANY;
  const around = boundsOfUprights(changed);
  for (const course of courses.values()) {
    if (again.has(course.id)) continue;
    if (isAll || (overlaps(course.bounds, around) && isOver(course, changed))) put(course.id, crossingsOf(course, uprights));
  }
  return found ?? crossings;
}

function samePlaces(a: readonly Position[], b: readonly Position[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) {
    const [one, other] = [a[index] as Position, b[index] as Position];
    if (one.x !== other.x || one.y !== other.y) return false;
  }
  return true;
}

function boundsOfUprights(uprights: readonly Upright[]): Box {
  return boundsOfPoints(
    uprights.flatMap(({ x, top, bottom }) => [
      { x, y: top },
      { x, y: bottom },
    ]),
  );
}

/** Whether a level piece of a wire may lie over one of these upright ones, or have lain. */
function isOver({ corners }: Course, changed: readonly Upright[]): boolean {
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    if (!isStraight(from.y, to.y)) continue;
    const [left, right] = from.x < to.x ? [from.x, to.x] : [to.x, from.x];
    for (const { x, top, bottom } of changed) if (x >= left && x <= right && from.y >= top && from.y <= bottom) return true;
  }
  return false;
}

function uprightsOf({ origin, corners }: Course): readonly Upright[] {
  const uprights: Upright[] = [];
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    if (isStraight(from.x, to.x)) uprights.push({ x: from.x, top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y), origin });
  }
  return uprights;
}

/** An order without ties between pieces that differ: the result must not depend on which came first. */
function byPlace(a: Upright, b: Upright): number {
  return a.x - b.x || a.top - b.top || a.bottom - b.bottom;
}

const none: readonly never[] = [];

/** No lists are made on the way: of thousands of pieces few cross anything. */
function crossingsOf({ corners, origin }: Course, uprights: readonly Upright[]): readonly Position[] {
  let found: Position[] | undefined;
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    if (!isStraight(from.y, to.y)) continue;
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
