import { boxOfLayer, type Box, type PlacedNode } from './geometry';
import { merged } from './sorted';

/** The rectangles of layers from left to right, so that those between two places are found by halving. */
export type Boxes = readonly Box[];

const known = new WeakMap<PlacedNode, Box>();

/** The rectangle of a layer; one object for each. */
export function boxOf(node: PlacedNode): Box {
  const old = known.get(node);
  if (old) return old;
  const box = boxOfLayer(node);
  known.set(node, box);
  return box;
}

/** The boxes after some layers have gone and others come. */
export function boxesAfter(boxes: Boxes, gone: readonly PlacedNode[], came: readonly PlacedNode[]): Boxes {
  return merged(boxes, new Set(gone.map(boxOf)), came.map(boxOf), fromLeft);
}

/** Without ties between boxes that differ: what is found must not depend on which came first. */
function fromLeft(a: Box, b: Box): number {
  return a.x - b.x || a.y - b.y || a.height - b.height;
}

/** Those that reach between two places. All layers of a graph are equally long along its flow. */
export function within(boxes: Boxes, left: number, right: number): Boxes {
  const length = boxes[0]?.width ?? 0;
  let low = 0;
  let high = boxes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((boxes[middle] as Box).x < left - length) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < boxes.length && (boxes[end] as Box).x < right) end += 1;
  return boxes.slice(low, end);
}
