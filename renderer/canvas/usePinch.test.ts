import { expect, it } from 'vitest';
import { MAX_ZOOM, MIN_ZOOM } from './seeing';
import { pinched } from './usePinch';

const before = { x: 40, y: 30, zoom: 0.5 };
const from = { middle: { x: 200, y: 100 }, distance: 80 };

/** What of the graph lies under a point of the canvas. */
const under = ({ x, y, zoom }: typeof before, point: { readonly x: number; readonly y: number }) => [
  (point.x - x) / zoom,
  (point.y - y) / zoom,
];

it('zooms by how far the fingers part, and keeps what was between them there', () => {
  const to = { middle: { x: 230, y: 90 }, distance: 160 };
  const after = pinched(before, from, to);
  expect(after.zoom).toBe(1);
  expect(under(after, to.middle)).toEqual(under(before, from.middle));
});

it('stays within the zoom that the canvas has, around the same place', () => {
  for (const [distance, zoom] of [
    [1e6, MAX_ZOOM],
    [1e-3, MIN_ZOOM],
  ] as const) {
    const after = pinched(before, from, { ...from, distance });
    expect(after.zoom).toBe(zoom);
    expect(under(after, from.middle)[0]).toBeCloseTo(under(before, from.middle)[0] ?? 0, 6);
  }
});
