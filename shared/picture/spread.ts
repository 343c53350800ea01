import type { FlowDirection } from '../graph/direction';
import type { EdgeId, Position } from '../graph/graph';
import { STUB } from './corners';
import { isStraight, type Box } from './geometry';
import { createLevels, type Level, type Levels } from './levels';
import { merged } from './sorted';
import type { Lane } from './lanes';

/** A wire whose long level piece may be led elsewhere, or one that only takes room. */
export interface Levelled {
  readonly id: EdgeId;
  /** The port from which it comes: branches of one port may run together. */
  readonly origin: string;
  readonly corners: readonly Position[];
  readonly source: Position;
  readonly target: Position;
  /** Height of its level piece; undefined where that is not free to move. */
  readonly lane: number | undefined;
}

/** What is around the wires. */
export interface Surroundings {
  readonly boxesBetween: (left: number, right: number) => readonly Box[];
  /** Of wires of equal length the one with the lesser number goes first. */
  readonly numberOf: (id: EdgeId) => number;
}

/** From one wire to the next beside it; where they run down, a shape is written between them. */
const APART: Readonly<Record<FlowDirection, number>> = { right: 16, down: 80 };
/** Steps after which a wire stays where it is. */
const MOST = 100;
/** So many changes are looked at again sooner than it is known which wires they concern. */
const MANY = 120;

/** A wire that is free to move, and its level piece as it was led last. */
interface Free {
  readonly wire: Levelled & { readonly lane: number };
  readonly length: number;
  readonly reach: { readonly left: number; readonly right: number };
  level: Level | undefined;
  led: Lane | undefined;
}

/**
 * Heights for those level pieces that would lie on other wires: the longer one is led farther out, so that nested skip
 * wires run beside each other without crossing.
 *
 * Each time from the time before. A wire is led by those that are shorter than it, so they are looked at from the shortest on, each
 * only if it is another one or something has changed where its place was looked for. `touched`: all wires that came, went or are
 * others since, and those near to which a layer came or went. Tells which wires are led otherwise.
 */
export function createSpreader(direction: FlowDirection) {
  const known: Known = { levels: createLevels(), fixed: new Map(), free: new Map() };
  let sorted: readonly Free[] = [];
  return {
    ledAt: (id: EdgeId): Lane | undefined => known.free.get(id)?.led,
    update(touched: Iterable<EdgeId>, wireOf: (id: EdgeId) => Levelled | undefined, around: Surroundings): ReadonlySet<EdgeId> {
      const pass: Pass = {
        ...known,
        around,
        apart: APART[direction],
        dirty: [],
        again: new Set(),
        gone: new Set(),
        came: [],
        changed: new Set(),
      };
      for (const id of touched) replace(pass, id, wireOf(id));
      sorted = merged(
        sorted,
        pass.gone,
        pass.came,
        (a, b) => a.length - b.length || around.numberOf(a.wire.id) - around.numberOf(b.wire.id),
      );
      for (const free of sorted) lead(pass, free);
      return pass.changed;
    },
  };
}

interface Known {
  readonly levels: Levels;
  readonly fixed: Map<EdgeId, { readonly wire: Levelled; readonly own: readonly Level[] }>;
  readonly free: Map<EdgeId, Free>;
}

interface Pass extends Known {
  readonly around: Surroundings;
  readonly apart: number;
  /** Pieces that came or went in this pass. */
  readonly dirty: Level[];
  /** Wires for which a place must be looked for again. */
  readonly again: Set<Free>;
  readonly gone: Set<Free>;
  readonly came: Free[];
  readonly changed: Set<EdgeId>;
}

function replace(pass: Pass, id: EdgeId, wire: Levelled | undefined): void {
  const { levels, dirty } = pass;
  const [free, fixed] = [pass.free.get(id), pass.fixed.get(id)];
  if (free && free.wire === wire) return void pass.again.add(free);
  if (fixed && fixed.wire === wire) return;
  if (free) pass.gone.add(free);
  for (const level of fixed?.own ?? (free?.level ? [free.level] : [])) dirty.push(levels.remove(level));
  pass.free.delete(id);
  pass.fixed.delete(id);
  if (!wire) return;
  if (isFree(wire)) {
    const now: Free = { wire, length: Math.abs(wire.target.x - wire.source.x), reach: reachOf(wire), level: undefined, led: free?.led };
    pass.free.set(id, now);
    pass.came.push(now);
  } else {
    const own = levelsOf(wire);
    for (const level of own) dirty.push(levels.add(level));
    pass.fixed.set(id, { wire, own });
  }
}

function lead(pass: Pass, free: Free): void {
  const { levels, dirty, around } = pass;
  const { level, led: old } = free;
  if (level && !pass.again.has(free) && !concerns(pass, free)) return;
  const led = laneFor(free, pass, (each) => levels.has(each, free.length, around.numberOf));
  free.led = led;
  if (old?.lane !== led.lane) pass.changed.add(free.wire.id);
  else if (level) return;
  if (level) dirty.push(levels.remove(level));
  free.level = levelOf(free, led.lane);
  dirty.push(levels.add(free.level));
}

function isFree(wire: Levelled): wire is Free['wire'] {
  return wire.lane !== undefined;
}

/** Whether something changed where a wire was looked for a place. */
function concerns({ dirty, apart }: Pass, { reach: { left, right }, led }: Free): boolean {
  if (!led || dirty.length > MANY) return true;
  const [top, bottom] = [led.top - apart, led.bottom + apart];
  for (const level of dirty) if (level.left <= right && level.right >= left && level.y >= top && level.y <= bottom) return true;
  return false;
}

function levelsOf({ id, corners, origin }: Levelled): readonly Level[] {
  const own: Level[] = [];
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    if (isStraight(from.y, to.y))
      own.push({ id, length: -1, y: to.y, left: Math.min(from.x, to.x), right: Math.max(from.x, to.x), origin });
  }
  return own;
}

function levelOf({ wire, length, reach }: Free, y: number): Level {
  return { id: wire.id, length, y, ...reach, origin: wire.origin };
}

function reachOf({ source, target }: Levelled): { readonly left: number; readonly right: number } {
  return { left: Math.min(source.x + STUB, target.x - STUB), right: Math.max(source.x + STUB, target.x - STUB) };
}

function laneFor(free: Free, { around, apart }: Pass, isTaken: (level: Level) => boolean): Lane {
  const { lane, source, target } = free.wire;
  const level = levelOf(free, lane);
  if (!isTaken(level)) return { lane, top: lane, bottom: lane };
  const direction = lane >= (source.y + target.y) / 2 ? 1 : -1;
  const boxes = around.boxesBetween(level.left, level.right);
  const isBlocked = (y: number) =>
    boxes.some((box) => box.x < level.right && box.x + box.width > level.left && box.y - 8 < y && box.y + box.height + 8 > y);
  for (let step = 1; step <= MOST; step += 1) {
    const y = lane + direction * apart * step;
    if (!isBlocked(y) && !isTaken({ ...level, y })) return { lane: y, top: Math.min(y, lane), bottom: Math.max(y, lane) };
  }
  const end = lane + direction * apart * MOST;
  return { lane, top: Math.min(end, lane), bottom: Math.max(end, lane) };
}
