import type { FlowDirection } from '../graph/direction';
import type { Position } from '../graph/graph';
import type { Boxes } from './boxes';
import { within } from './boxes';
import { STUB } from './corners';
import { isStraight } from './geometry';

/** A level piece shorter than this has no room for a label. */
const LABEL_ROOM = 60;
/** Height of a label. */
export const LABEL_HEIGHT = 18;
/** Width of a character of the label's font, in pixels. */
const CHARACTER = 6.3;
const LABEL_PADDING = 7;
/** From a wire to the label that stands beside it. */
const ASIDE = 6;
/** No label is wider. */
export const WIDEST = 320;
/** Most labels are not wider: a side with so much room is as good as any. */
const AMPLE = 80;

/** Width of a label with this text. */
export function labelWidth(text: string): number {
  return text.length * CHARACTER + LABEL_PADDING * 2;
}

/** The middle of the piece of a wire at which its label stands. */
export interface LabelPlace {
  readonly label: Position;
  /** Length of the straight piece on which the label stands. */
  readonly room: number;
}

/** How wide a label may be before it lies on a layer, where one is near; and on which side of its wire it stands: 1 is right, −1 left. */
export interface LabelRoom {
  readonly clear: number | undefined;
  readonly side: 1 | -1;
}

/**
 * On the longest piece along the flow. Where all of them are short in a graph that runs to the right, half-way up the longest upright one,
 * which stands between layers; in one that runs down a label needs no more than its height. Corners and place by main and cross axis.
 */
export function labelPlace(corners: readonly Position[], forks: boolean, direction: FlowDirection): LabelPlace {
  const [start, to] = longestLevel(corners);
  // A straight wire leaves the place where its branches turn off to them.
  const from = forks && start === corners[0] && to.x - start.x > STUB ? { x: start.x + STUB, y: start.y } : start;
  const length = Math.abs(to.x - from.x);
  const label = { x: (from.x + to.x) / 2, y: from.y };
  const [first, second, third, fourth] = corners;
  const isElbow = direction === 'right' && length < LABEL_ROOM && corners.length === 4;
  if (!isElbow || !first || !second || !third || !fourth) return { label, room: length };
  // Its label may be as wide as the gap between the two layers.
  return { label: { x: second.x, y: (second.y + third.y) / 2 }, room: Math.abs(fourth.x - first.x) };
}

/** The longest piece along the flow, by main and cross axis. */
export function longestLevel(corners: readonly Position[]): [Position, Position] {
  let best: [Position, Position] = [corners[0] as Position, corners[0] as Position];
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    if (isStraight(from.y, to.y) && Math.abs(to.x - from.x) > Math.abs(best[1].x - best[0].x)) best = [from, to];
  }
  return best;
}

/** Whether a label of this width has room at its wire. */
export function labelFits(room: number, { clear = Infinity }: Partial<LabelRoom>, width: number, direction: FlowDirection): boolean {
  return room >= (direction === 'right' ? width + 8 : LABEL_HEIGHT + 4) && clear >= width + 2;
}

/** The middle of a label on the canvas: on its wire, or beside it where the wire runs down. */
export function labelMiddle({ x, y }: Position, width: number, { side = 1 }: Partial<LabelRoom>, direction: FlowDirection): Position {
  return direction === 'right' ? { x, y } : { x: x + side * (ASIDE + width / 2), y };
}

/** The room for a label among layers, beside its wire on this side if there is as much; place and boxes by main and cross axis. */
export function labelRoom(label: Position, boxes: Boxes, preferred: 1 | -1, direction: FlowDirection): LabelRoom {
  return direction === 'right' ? { clear: clearAround(label, boxes), side: 1 } : clearBeside(label, boxes, preferred);
}

/** How wide a label in the middle of its place may be, where a box is near. */
function clearAround(label: Position, boxes: Boxes): number | undefined {
  let width = WIDEST;
  for (const box of within(boxes, label.x - WIDEST / 2, label.x + WIDEST / 2)) {
    if (box.y > label.y + LABEL_HEIGHT / 2 || box.y + box.height < label.y - LABEL_HEIGHT / 2) continue;
    width = Math.min(width, 2 * Math.max(0, box.x - label.x, label.x - box.x - box.width));
  }
  return width < WIDEST ? width : undefined;
}

/** The same on either side of a wire. */
function clearBeside(label: Position, boxes: Boxes, preferred: 1 | -1): LabelRoom {
  let [right, left] = [WIDEST, WIDEST];
  for (const box of within(boxes, label.x - LABEL_HEIGHT / 2, label.x + LABEL_HEIGHT / 2)) {
    if (box.x + box.width < label.x - LABEL_HEIGHT / 2) continue;
    const end = box.y + box.height;
    if (end > label.y) right = Math.min(right, Math.max(0, box.y - label.y - ASIDE));
    if (box.y < label.y) left = Math.min(left, Math.max(0, label.y - end - ASIDE));
  }
  const [wanted, other] = preferred === 1 ? [right, left] : [left, right];
  const isWanted = wanted >= Math.min(other, AMPLE);
  const side = isWanted === (preferred === 1) ? 1 : -1;
  const width = isWanted ? wanted : other;
  return { clear: width < WIDEST ? width : undefined, side };
}
