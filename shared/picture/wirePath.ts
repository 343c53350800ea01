import { turned, type FlowDirection } from '../graph/direction';
import type { Position, WireRoute } from '../graph/graph';
import { cornersAlong, type WireLead } from './corners';
import { isStraight } from './geometry';
import { labelPlace, longestLevel, type LabelPlace } from './labelPlace';

const RADIUS = 8;

/** A wire as drawn: its corners, its SVG path, and where its label has room. */
export interface WirePath extends LabelPlace {
  readonly d: string;
}

/** What leads a wire besides its ends, and which way its graph runs. */
export interface WireWay extends WireLead {
  /** Where it hops over other wires. */
  readonly hops?: readonly Position[] | undefined;
  /** Left out: to the right. */
  readonly direction?: FlowDirection | undefined;
}

/** An orthogonal wire with rounded corners. */
export function wirePath(source: Position, target: Position, way: WireWay = {}): WirePath {
  const corners = wireCorners(source, target, way);
  return { d: pathThrough(corners, way.hops ?? []), ...placeOfLabel(corners, way) };
}

/** The corners of a wire, its ends among them. */
export function wireCorners(source: Position, target: Position, way: WireWay): readonly Position[] {
  const { direction = 'right' } = way;
  return turnedAll(cornersAlong(turned(source, direction), turned(target, direction), way, direction), direction);
}

/** Where the label of a wire with these corners stands. */
export function placeOfLabel(corners: readonly Position[], { forks = false, direction = 'right' }: WireWay): LabelPlace {
  const { label, room } = labelPlace(turnedAll(corners, direction), forks, direction);
  return { label: turned(label, direction), room };
}

function turnedAll(places: readonly Position[], direction: FlowDirection): readonly Position[] {
  return direction === 'right' ? places : places.map((place) => turned(place, direction));
}

/** What would lead a wire to where it runs: the level of its longest piece along the flow, and where it turns first. */
export function routeAlong(corners: readonly Position[], direction: FlowDirection): Required<WireRoute> | undefined {
  const along = turnedAll(corners, direction);
  const [source, turn] = along;
  if (!source || !turn) return undefined;
  return { lane: Math.round(longestLevel(along)[0].y - source.y), turn: Math.round(turn.x - source.x) };
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

/** Small arches on a piece where it crosses other wires: upwards on a level one, to the left on an upright one. */
function hopped(from: Position, to: Position, hops: readonly Position[]): string[] {
  if (hops.length === 0) return [];
  const direction = isStraight(from.y, to.y) ? 'right' : 'down';
  const [start, end] = [turned(from, direction), turned(to, direction)];
  const [first, last] = [Math.min(start.x, end.x) + HOP, Math.max(start.x, end.x) - HOP];
  const forwards = end.x >= start.x ? 1 : -1;
  const over = turnedAll(hops, direction)
    .filter(({ x, y }) => Math.abs(y - start.y) < 1 && x > first && x < last)
    .toSorted((a, b) => (a.x - b.x) * forwards);
  const sweep = forwards > 0 === (direction === 'right') ? 1 : 0;
  return over.map(({ x }) => {
    const [enter, leave] = [x - HOP * forwards, x + HOP * forwards].map((each) => turned({ x: each, y: start.y }, direction)) as [
      Position,
      Position,
    ];
    return `L${enter.x},${enter.y} A${HOP},${HOP} 0 0 ${sweep} ${leave.x},${leave.y}`;
  });
}

function distance(a: Position, b: Position): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function towards(from: Position, to: Position, length: number): Position {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}
