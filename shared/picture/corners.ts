import type { FlowDirection } from '../graph/direction';
import type { Position, WireRoute } from '../graph/graph';
import { EXTENT, isStraight } from './geometry';

/** How far a wire runs straight out of a port before it turns. */
export const STUB = 18;
/** A gap this wide is wide enough for a single turn in its middle; in a narrower one a wire goes round. */
const NARROWEST = 16;

/** What leads a wire besides its ends. */
export interface WireLead {
  /** Where, across the flow, its long piece runs if it must go around something; undefined: half-way between the ends. */
  readonly lane?: number | undefined;
  /** What a person set; it goes before what was found. */
  readonly route?: WireRoute | undefined;
  /** Other wires begin at the same port: all turn off right behind it, and leave the rest of the gap to labels. */
  readonly forks?: boolean | undefined;
}

/** The corners of a wire, its ends among them; all by main and cross axis. */
export function cornersAlong(
  source: Position,
  target: Position,
  { lane, route, forks }: WireLead,
  direction: FlowDirection,
): readonly Position[] {
  const wanted = route?.lane === undefined ? lane : source.y + route.lane;
  return withoutStraight(
    cornersOf(source, target, { lane: wanted, turn: route?.turn ?? (forks ? STUB : undefined) }, EXTENT[direction].breadth),
  );
}

/** Farther apart than this across the flow, two layers stand in two lines. */
export function isNextLine(source: Position, target: Position, breadth: number): boolean {
  return Math.abs(target.y - source.y) > breadth + 56;
}

function cornersOf(
  source: Position,
  target: Position,
  { lane, turn }: Pick<WireLead, 'lane'> & { readonly turn: number | undefined },
  breadth: number,
): Position[] {
  const out = source.x + (lane !== undefined && turn !== undefined ? Math.max(turn, 4) : STUB);
  const into = target.x - STUB;
  if (lane !== undefined || target.x - source.x < NARROWEST) {
    // A wire to the next line of layers runs half-way between the lines.
    const between = isNextLine(source, target, breadth) ? (source.y + target.y) / 2 : Math.max(source.y, target.y) + breadth / 2 + 32;
    const level = lane ?? between;
    return [source, { x: out, y: source.y }, { x: out, y: level }, { x: into, y: level }, { x: into, y: target.y }, target];
  }
  const middle = turn === undefined ? (source.x + target.x) / 2 : Math.min(Math.max(source.x + turn, source.x + 4), target.x - 4);
  return [source, { x: middle, y: source.y }, { x: middle, y: target.y }, target];
}

/** Corners that do not turn are none. */
function withoutStraight(corners: readonly Position[]): Position[] {
  return corners.filter((corner, index) => {
    const [before, after] = [corners[index - 1], corners[index + 1]];
    if (!before || !after) return true;
    const isOn = (axis: 'x' | 'y') => isStraight(before[axis], corner[axis]) && isStraight(corner[axis], after[axis]);
    return !isOn('x') && !isOn('y');
  });
}
