import { expect, it } from 'vitest';
import type { PlacedNode } from '../../shared/picture/geometry';
import { shiftsBetween } from './shifts';

const data = { ports: { inputs: [], outputs: [] }, width: 152, height: 64 };
const at = (places: Readonly<Record<string, number>>) => {
  const layers = Object.entries(places).map(([id, x]): PlacedNode => ({ id, position: { x, y: 0 }, data }));
  return { layers, byId: new Map(layers.map((layer) => [layer.id, layer])) };
};

it('only what has moved slides, from where it was', () => {
  const shifts = shiftsBetween(at({ a: 0, b: 100, c: 200 }), at({ a: 0, b: 300, c: 190 }));
  expect([...shifts]).toEqual([
    ['b', { x: -200, y: 0 }],
    ['c', { x: 10, y: 0 }],
  ]);
});

it('what came, what went and a nudge do not slide', () => {
  expect(shiftsBetween(at({ a: 0 }), at({ a: 0, b: 500 })).size).toBe(0);
  expect(shiftsBetween(at({ a: 0, b: 500 }), at({ a: 0 })).size).toBe(0);
  expect(shiftsBetween(at({ a: 0, b: 100 }), at({ a: 8, b: 108 })).size).toBe(0);
  const same = at({ a: 0 });
  expect(shiftsBetween(same, same).size).toBe(0);
});
