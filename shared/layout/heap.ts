import type { NodeId, Position } from '../graph/graph';
import { boundsOfBoxes, type Box } from '../picture/geometry';
import { shiftToFree } from './freeRoom';
import type { Grid } from './grid';
import { boxAt, type Standing } from './standing';

/** Many layers without a wire, in rows from where the first of them stand, and from there up or down together until nothing is in their way. */
export function inRows(layers: readonly Standing[], taken: readonly Box[], grid: Grid): ReadonlyMap<NodeId, Position> {
  const left = least(layers, ({ x }) => x);
  const top = least(layers, ({ y }) => y);
  const places = rowsFrom({ x: left, y: top }, layers, grid);
  const boxes = layers.map((layer, index) => boxAt(places[index] as Position, layer));
  const room = { across: grid.lineGap / 2, down: grid.lineGap / 2 };
  const shift = shiftToFree([boundsOfBoxes(boxes)], taken, room);
  return new Map(layers.map(({ id }, index) => [id, { x: (boxes[index] as Box).x, y: (boxes[index] as Box).y + shift }]));
}

/** Places of many layers in rows, with this corner, about as wide to as high as a network should be. */
export function rowsFrom({ x, y }: Position, layers: readonly { readonly height: number }[], grid: Grid): readonly Position[] {
  const height = layers.reduce((most, layer) => Math.max(most, layer.height), 0) + grid.rowGap;
  const columns = Math.max(1, Math.round(Math.sqrt((grid.aspect * layers.length * height) / grid.column)));
  return layers.map((_, index) => ({ x: x + (index % columns) * grid.column, y: y + Math.floor(index / columns) * height }));
}

function least(layers: readonly Standing[], of: (place: Position) => number): number {
  return layers.reduce((found, { place }) => Math.min(found, of(place)), Infinity);
}
