import type { Box } from '../picture/geometry';

/** Least room between layers that are led around each other. */
const ROOM: Room = { across: 24, down: 24 };

interface Room {
  readonly across: number;
  readonly down: number;
}

export type Way = 'down' | 'up';

/** How far boxes must go down (or up: below 0) together until none of them comes near what stands there; 0 where it is free. */
export function toFree(boxes: readonly Box[], taken: readonly Box[], way: Way, room = ROOM): number {
  const spans = forbidden(boxes, taken, room);
  if (way === 'down') return firstFree(spans);
  const up = firstFree(spans.map(([from, to]): Span => [-to, -from]));
  return up === 0 ? 0 : -up;
}

/** The same down or up, whichever is nearer; down where both are alike. */
export function shiftToFree(boxes: readonly Box[], taken: readonly Box[], room = ROOM): number {
  const [down, up] = [toFree(boxes, taken, 'down', room), toFree(boxes, taken, 'up', room)];
  return -up < down ? up : down;
}

/** Whether nothing comes near to a box; of what `toFree` gives, only whether it is 0, without a list. */
export function isFree(box: Box, taken: readonly Box[], { across, down } = ROOM): boolean {
  const right = box.x + box.width + across;
  const bottom = box.y + box.height + down;
  for (const other of taken) {
    if (box.x >= other.x + other.width + across || other.x >= right) continue;
    if (box.y < other.y + other.height + down && other.y < bottom) return false;
  }
  return true;
}

type Span = readonly [from: number, to: number];

/** Shifts between which a box would come too near to another; the ends of each are free. */
function forbidden(boxes: readonly Box[], taken: readonly Box[], { across, down }: Room): Span[] {
  const spans: Span[] = [];
  for (const other of taken) {
    for (const box of boxes) {
      if (box.x >= other.x + other.width + across || other.x >= box.x + box.width + across) continue;
      spans.push([other.y - down - box.y - box.height, other.y + other.height + down - box.y]);
    }
  }
  return spans;
}

function firstFree(spans: Span[]): number {
  let shift = 0;
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    if (from >= shift) break;
    shift = Math.max(shift, to);
  }
  return Math.ceil(shift);
}
