import type { FlowDirection } from '../graph/direction';
import type { Position } from '../graph/graph';
import { isNextLine, STUB } from './corners';
import { EXTENT, grown, type Box } from './geometry';
import { LABEL_HEIGHT } from './labelPlace';

// All by main and cross axis: “height” is a place across the flow.

/** The least room above and below a label. */
const LABEL_GAP = 4;
/** Room between a wire that goes around layers and the layers. */
const CLEARANCE = 26;
/** From the edge of a layer to the wires beside its line. */
const BESIDE = 34;

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
export function clearLane(
  source: Position,
  target: Position,
  boxes: readonly Box[],
  { forks = false, direction = 'right' }: { readonly forks?: boolean; readonly direction?: FlowDirection } = {},
): Lane | undefined {
  if (target.x < source.x) return backLane(source, target, boxes, direction);
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

/**
 * A wire back to the next line of layers runs between the lines where there is room: half-way, or, where the graph runs down, at the next
 * line, since the shapes of skip wires stand beside these.
 */
function backLane(source: Position, target: Position, boxes: readonly Box[], direction: FlowDirection): Lane {
  const { breadth } = EXTENT[direction];
  const middle = (source.y + target.y) / 2;
  const [left, right] = [target.x - STUB, source.x + STUB];
  // Its label must have room, too.
  const room = LABEL_HEIGHT / 2 + LABEL_GAP;
  const isFree = (level: number) => boxes.every((box) => !crossesLevel(grown(box, 0, room), level, left, right));
  const beside = breadth / 2 + BESIDE;
  const atNext = target.y - beside;
  const levels = direction === 'right' ? [middle, atNext, source.y + beside] : [atNext, middle, source.y + beside];
  const free = isNextLine(source, target, breadth) ? levels.find(isFree) : undefined;
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
