import type { Box } from '../../shared/picture/geometry';
import type { Gap } from './gestures';

type Axis = 'x' | 'y';

/** A box along one axis, and where it is on the other one. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly low: number;
  readonly high: number;
}

export interface EvenPlace {
  readonly start: number;
  readonly gaps: readonly Gap[];
}

/**
 * Where a box along an axis is as far from its neighbours in the same row as they are from each other: between two, behind two or
 * before two. Undefined where no such place is within `reach`, in graph units.
 */
export function evenPlace(box: Box, others: readonly Box[], axis: Axis, reach: number): EvenPlace | undefined {
  const own = along(box, axis);
  const row = others.map((other) => along(other, axis)).filter(({ low, high }) => low < own.high && high > own.low);
  const before = row.filter(({ end }) => end <= own.start + reach).toSorted((a, b) => b.end - a.end);
  const after = row.filter(({ start }) => start >= own.end - reach).toSorted((a, b) => a.start - b.start);
  const [best] = placesBetween(before, after, own.end - own.start)
    .filter(({ start, gaps }) => Math.abs(start - own.start) <= reach && gaps.every(([from, to]) => to > from))
    .toSorted((a, b) => Math.abs(a.start - own.start) - Math.abs(b.start - own.start));
  const at = (own.low + own.high) / 2;
  return best && { start: best.start, gaps: best.gaps.map(([from, to]) => ({ axis, from, to, at })) };
}

interface Place {
  readonly start: number;
  readonly gaps: readonly (readonly [from: number, to: number])[];
}

/** Even places by the nearest two on either side, the nearest first. */
function placesBetween(before: readonly Span[], after: readonly Span[], size: number): readonly Place[] {
  const [left, right] = [before[0], after[0]];
  const left2 = left && before.find(({ end }) => end < left.start);
  const right2 = right && after.find(({ start }) => start > right.end);
  const places: Place[] = [];
  if (left && right) {
    const start = (left.end + right.start - size) / 2;
    places.push(evenly(start, [left.end, start], [start + size, right.start]));
  }
  if (left && left2) {
    const start = left.end + left.start - left2.end;
    places.push(evenly(start, [left2.end, left.start], [left.end, start]));
  }
  if (right && right2) {
    const start = right.start - (right2.start - right.end) - size;
    places.push(evenly(start, [start + size, right.start], [right.end, right2.start]));
  }
  return places;
}

function evenly(start: number, ...gaps: readonly (readonly [number, number])[]): Place {
  return { start, gaps };
}

function along({ x, y, width, height }: Box, axis: Axis): Span {
  return axis === 'x' ? { start: x, end: x + width, low: y, high: y + height } : { start: y, end: y + height, low: x, high: x + width };
}
