import { turned } from '../graph/direction';
import type { Position } from '../graph/graph';
import { turnedWire, type PlacedWire } from './courses';
import type { PlacedNode } from './geometry';
import type { Ways } from './wayfinding';

/**
 * Turns the layers of a graph that runs down for those who know of main and cross axis only, and the ways that they find back. What stays the
 * same object is turned into the same object, so that an edit costs what it changed.
 */
export function createTurner() {
  const layers = lasting(({ id, position, data }: PlacedNode): PlacedNode => ({
    id,
    position: turned(position, 'down'),
    data: { ...data, width: data.height, height: data.width },
  }));
  const wires = lasting((wire: PlacedWire) => turnedWire(wire, 'down'));
  const places = lasting((list: readonly Position[]): readonly Position[] => list.map((place) => turned(place, 'down')));
  const courses = lasting((found: Ways['courses']): Ways['courses'] => turnedTable(found, wires));
  const hops = lasting((found: Ways['hops']): Ways['hops'] => turnedTable(found, places));
  return {
    nodes: lasting((nodes: readonly PlacedNode[]): readonly PlacedNode[] => nodes.map(layers)),
    ways: lasting((found: Ways): Ways => ({ courses: courses(found.courses), hops: hops(found.hops) })),
  };
}

function turnedTable<K, T extends object>(table: ReadonlyMap<K, T>, turn: (item: T) => T): ReadonlyMap<K, T> {
  const result = new Map<K, T>();
  for (const [key, item] of table) result.set(key, turn(item));
  return result;
}

/** The same for the same object, as long as that is there. */
function lasting<T extends object>(make: (from: T) => T): (from: T) => T {
  const known = new WeakMap<T, T>();
  return (from) => {
    const before = known.get(from);
    if (before) return before;
    const made = make(from);
    known.set(from, made);
    return made;
  };
}
