import type { Position, WireRoute } from '../graph/graph';
import { grown, type Box } from './geometry';

const RADIUS = 8;
/** How far a wire runs straight out of a port before it turns. */
const STUB = 18;
/** A level piece shorter than this has no room for a label. */
const LABEL_ROOM = 60;
/** Height of a label, and the least room above and below it. */
export const LABEL_HEIGHT = 18;
const LABEL_GAP = 4;
/** Width of a character of the label's font, in pixels. */
const CHARACTER = 6.3;
const LABEL_PADDING = 7;

/** Width of a label with this text. */
export function labelWidth(text: string): number {
  return text.length * CHARACTER + LABEL_PADDING * 2;
}

/** Room between a wire that goes around layers and the layers. */
const CLEARANCE = 26;

/** A wire as drawn: its corners, its SVG path, and where its label has room. */
export interface WirePath {
  readonly d: string;
  readonly label: Position;
  /** Length of the straight piece on which the label stands. */
  readonly room: number;
}

/** What leads a wire besides its ends. */
export interface WireWay {
  /** Height of its long piece where it must go around something; undefined: half-way between the ends. */
  readonly lane?: number | undefined;
  /** What a person set; it goes before what was found. */
  readonly route?: WireRoute | undefined;
  /** Where it hops over other wires. */
  readonly hops?: readonly Position[] | undefined;
  /** Other wires begin at the same port: all turn off right behind it, and leave the rest of the gap to labels. */
  readonly forks?: boolean | undefined;
}

/** An orthogonal wire with rounded corners. */
export function wirePath(source: Position, target: Position, way: WireWay = {}): WirePath {
  const corners = wireCorners(source, target, way);
  return { d: pathThrough(corners, way.hops ?? []), ...labelPlace(corners, way.forks) };
}

/** The corners of a wire, its ends among them. */
export function wireCorners(source: Position, target: Position, { lane, route, forks }: WireWay): readonly Position[] {
  const wanted = route?.lane === undefined ? lane : source.y + route.lane;
  return withoutStraight(cornersOf(source, target, wanted, route?.turn ?? (forks ? STUB : undefined)));
}

function cornersOf(source: Position, target: Position, lane: number | undefined, turn: number | undefined): Position[] {
  const out = source.x + (lane !== undefined && turn !== undefined ? Math.max(turn, 4) : STUB);
  const into = target.x - STUB;
  if (lane !== undefined || into < out) {
    // A wire to the next line of layers runs half-way between the lines.
    const level = lane ?? (Math.abs(target.y - source.y) > 120 ? (source.y + target.y) / 2 : Math.max(source.y, target.y) + 64);
    return [source, { x: out, y: source.y }, { x: out, y: level }, { x: into, y: level }, { x: into, y: target.y }, target];
  }
  const middle = turn === undefined ? (source.x + target.x) / 2 : Math.min(Math.max(source.x + turn, source.x + 4), target.x - 4);
  return [source, { x: middle, y: source.y }, { x: middle, y: target.y }, target];
}

/** What would lead a wire to where it runs: the level of its longest level piece, and where it turns first. */
export function routeAlong(corners: readonly Position[]): Required<WireRoute> | undefined {
  const [source, turn] = corners;
  if (!source || !turn) return undefined;
  return { lane: Math.round(longestLevel(corners)[0].y - source.y), turn: Math.round(turn.x - source.x) };
}

/** Corners that do not turn are none. */
function withoutStraight(corners: readonly Position[]): Position[] {
  return corners.filter((corner, index) => {
    const [before, after] = [corners[index - 1], corners[index + 1]];
    if (!before || !after) return true;
    return !(same(before.x, corner.x) && same(corner.x, after.x)) && !(same(before.y, corner.y) && same(corner.y, after.y));
  });
}

function same(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.5;
}

/** On the longest level piece; where all of them are short, half-way up the longest upright one, which stands between layers. */
export function labelPlace(corners: readonly Position[], forks = false): Pick<WirePath, 'label' | 'room'> {
  const [start, to] = longestLevel(corners);
  // A straight wire leaves the place where its branches turn off to them.
  const from = forks && start === corners[0] && to.x - start.x > STUB ? { x: start.x + STUB, y: start.y } : start;
  const length = Math.abs(to.x - from.x);
  const label = { x: (from.x + to.x) / 2, y: from.y };
  const [first, second, third, fourth] = corners;
  if (length >= LABEL_ROOM || corners.length !== 4 || !first || !second || !third || !fourth) return { label, room: length };
  // An elbow: its label may be as wide as the gap between the two layers.
  return { label: { x: second.x, y: (second.y + third.y) / 2 }, room: Math.abs(fourth.x - first.x) };
}

function longestLevel(corners: readonly Position[]): [Position, Position] {
  let best: [Position, Position] = [corners[0] as Position, corners[0] as Position];
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    if (same(from.y, to.y) && Math.abs(to.x - from.x) > Math.abs(best[1].x - best[0].x)) best = [from, to];
  }
  return best;
}

/** The SVG path of a wire with these corners: rounded, with an arch over each wire that it crosses. */
export function pathThrough(corners: readonly Position[], hops: readonly Position[]): string {
  const first = corners[0] as Position;
  const parts = [`M${first.x},${first.y}`];
  let at = first;
  for (let index = 1; index < corners.length - 1; index += 1) {
    const [before, corner, after] = [corners[index - 1], corners[index], corners[index + 1]] as [Position, Position, Position];
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = towards(corner, before, radius);
    const leave = towards(corner, after, radius);
    parts.push(...hopped(at, enter, hops), `L${enter.x},${enter.y}`, `Q${corner.x},${corner.y} ${leave.x},${leave.y}`);
    at = leave;
  }
  const last = corners.at(-1) as Position;
  return [...parts, ...hopped(at, last, hops), `L${last.x},${last.y}`].join(' ');
}

/** Half of the width of a hop over another wire. */
export const HOP = 5;

/** Small arches on a level piece where it crosses other wires. */
function hopped(from: Position, to: Position, hops: readonly Position[]): string[] {
  if (hops.length === 0 || !same(from.y, to.y)) return [];
  const [left, right] = [Math.min(from.x, to.x) + HOP, Math.max(from.x, to.x) - HOP];
  const forwards = to.x >= from.x ? 1 : -1;
  const over = hops.filter(({ x, y }) => Math.abs(y - from.y) < 1 && x > left && x < right).toSorted((a, b) => (a.x - b.x) * forwards);
  return over.map(({ x }) => `L${x - HOP * forwards},${from.y} A${HOP},${HOP} 0 0 ${forwards > 0 ? 1 : 0} ${x + HOP * forwards},${from.y}`);
}

function distance(a: Position, b: Position): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Position, to: Position, length: number): Position {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}

/** A height at which a wire runs clear, and between which heights it was looked for: nothing elsewhere decided about it. */
export interface Lane {
  readonly lane: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The height at which a long wire runs clear of the layers between its ends; undefined where the plain way is free. Goes
 * around on the side that is nearer, below where both are alike, so that the skip wires of a network run on one side.
 */
export function clearLane(source: Position, target: Position, boxes: readonly Box[], forks = false): Lane | undefined {
  if (target.x < source.x) return backLane(source, target, boxes);
  const left = Math.min(source.x, target.x) + 1;
  const right = Math.max(source.x, target.x) - 1;
  const between = boxes.filter((box) => box.x + box.width > left && box.x < right);
  const middle = forks ? Math.min(source.x + STUB, target.x - 4) : (source.x + target.x) / 2;
  const hit = (box: Box) =>
    crossesLevel(box, source.y, left, middle) ||
    crossesLevel(box, target.y, middle, right) ||
    crossesUpright(box, middle, source.y, target.y);
  const blocking = between.filter(hit);
  if (blocking.length === 0) return undefined;
  const below = sweep(between, Math.max(...blocking.map((box) => box.y + box.height)), 1);
  const above = sweep(between, Math.min(...blocking.map((box) => box.y)), -1);
  const detour = (lane: number) => Math.abs(lane - source.y) + Math.abs(lane - target.y);
  return { lane: detour(above) < detour(below) ? above : below, top: above, bottom: below };
}

/** From the middle of a layer to the wires beside its line. */
const BESIDE = 66;

/** A wire back to the next line of layers runs between the lines where there is room. */
function backLane(source: Position, target: Position, boxes: readonly Box[]): Lane {
  const middle = (source.y + target.y) / 2;
  const [left, right] = [target.x - STUB, source.x + STUB];
  // Its label must have room, too.
  const room = LABEL_HEIGHT / 2 + LABEL_GAP;
  const isFree = (level: number) => boxes.every((box) => !crossesLevel(grown(box, 0, room), level, left, right));
  const levels = [middle, target.y - BESIDE, source.y + BESIDE];
  const free = Math.abs(target.y - source.y) > 120 ? levels.find(isFree) : undefined;
  const lane = free ?? sweep(boxes, Math.max(source.y, target.y), 1);
  return { lane, top: Math.min(...levels, lane), bottom: Math.max(...levels, lane) };
}

function crossesLevel(box: Box, y: number, from: number, to: number): boolean {
  return box.x < to && box.x + box.width > from && box.y < y && box.y + box.height > y;
}

function crossesUpright(box: Box, x: number, a: number, b: number): boolean {
  return box.x < x && box.x + box.width > x && box.y < Math.max(a, b) && box.y + box.height > Math.min(a, b);
}

/** Moves on until no layer stands in the lane. */
function sweep(boxes: readonly Box[], edge: number, direction: 1 | -1): number {
  let lane = edge + direction * CLEARANCE;
  for (let moved = true, rounds = 0; moved && rounds <= boxes.length; rounds += 1) {
    moved = false;
    for (const box of boxes) {
      if (box.y - 8 >= lane || box.y + box.height + 8 <= lane) continue;
      lane = direction === 1 ? box.y + box.height + CLEARANCE : box.y - CLEARANCE;
      moved = true;
    }
  }
  return lane;
}
