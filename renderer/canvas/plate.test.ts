import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encloses, grown } from '../../shared/picture/geometry';
import { placingOf, plateFor, serves, type Plate } from './plate';
import type { View } from './stage';

const ALL = { x: 0, y: 0, width: 9600, height: 4000 };

function viewAt(x: number, y: number, zoom: number): View {
  return { x, y, width: 1000 / zoom, height: 600 / zoom, zoom };
}

const views = fc
  .record({
    x: fc.double({ min: -2000, max: 9000, noNaN: true }),
    y: fc.double({ min: -2000, max: 3900, noNaN: true }),
    zoom: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
  })
  .map(({ x, y, zoom }) => viewAt(x, y, zoom));
const densities = fc.constantFrom(1, 1.25, 2, 3);

/** Where a point of the graph is seen on a plate that lies as it should. */
function seenAt(plate: Plate, view: View, density: number, point: { x: number; y: number }) {
  const { x, y, zoom } = placingOf(plate, { view, density });
  const column = (point.x - plate.x) * plate.scale;
  const row = (point.y - plate.y) * plate.scale;
  return { x: x + (column / density) * zoom, y: y + (row / density) * zoom };
}

describe('plates', () => {
  it('serves the view that it was made for, and lies on whole pixels there', () => {
    fc.assert(
      fc.property(views, densities, (view, density) => {
        const plate = plateFor({ view, density }, ALL);
        expect(serves(plate, { view, density }, ALL)).toBe(true);
        const { x, y, zoom } = placingOf(plate, { view, density });
        expect(zoom).toBeCloseTo(1, 9);
        expect(x * density).toBeCloseTo(Math.round(x * density), 6);
        expect(y * density).toBeCloseTo(Math.round(y * density), 6);
      }),
    );
  });

  it('shows every point where the view has it, to half a pixel of the screen, wherever the view moves and zooms', () => {
    fc.assert(
      fc.property(views, views, densities, (made, view, density) => {
        const plate = plateFor({ view: made, density }, ALL);
        const point = { x: plate.x + plate.width / 3, y: plate.y + plate.height / 2 };
        const seen = seenAt(plate, view, density, point);
        expect(Math.abs(seen.x - (point.x - view.x) * view.zoom)).toBeLessThanOrEqual(0.5 / density + 1e-6);
        expect(Math.abs(seen.y - (point.y - view.y) * view.zoom)).toBeLessThanOrEqual(0.5 / density + 1e-6);
      }),
    );
  });

  it('serves no view that shows something beyond it', () => {
    fc.assert(
      fc.property(views, views, densities, (made, view, density) => {
        const plate = plateFor({ view: made, density }, ALL);
        if (!serves(plate, { view, density }, ALL)) return;
        const corner = { x: Math.max(view.x, 0), y: Math.max(view.y, 0) };
        const isSeen = corner.x < Math.min(view.x + view.width, ALL.width) && corner.y < Math.min(view.y + view.height, ALL.height);
        if (isSeen) expect(encloses(grown(plate, 2 / plate.scale), { ...corner, width: 0, height: 0 })).toBe(true);
      }),
    );
  });

  it('holds all of a network that is seen whole, so that no move needs another one', () => {
    const plate = plateFor({ view: viewAt(-200, -700, 0.1), density: 1 }, ALL);
    expect(encloses(plate, ALL)).toBe(true);
    expect(serves(plate, { view: viewAt(3000, 2000, 0.1), density: 1 }, ALL)).toBe(true);
    expect(serves(plate, { view: viewAt(-20_000, 0, 0.1), density: 1 }, ALL)).toBe(true);
    expect(serves(plate, { view: viewAt(0, 0, 0.03), density: 1 }, ALL)).toBe(false);
    expect(serves(plate, { view: viewAt(0, 0, 0.3), density: 1 }, ALL)).toBe(false);
  });

  it('takes a smaller margin rather than more memory than it may', () => {
    const view = { x: 0, y: 0, width: 7680, height: 4320, zoom: 0.5 };
    const { columns, rows } = plateFor({ view, density: 2 }, { x: -1e5, y: -1e5, width: 2e5, height: 2e5 });
    expect(columns * rows).toBe(7680 * 4320);
  });
});
