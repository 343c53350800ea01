import { describe, expect, it } from 'vitest';
import { tileLayout, tileOrigin } from './tileLayout';

describe('channels as tiles', () => {
  it('lays sixteen maps of 8×8 out in rows that fit', () => {
    const layout = tileLayout({ channels: 16, height: 8, width: 8 }, 220);
    expect(layout).toEqual({ columns: 8, rows: 2, tileHeight: 8, tileWidth: 8, gap: 1, cell: 3, width: 71, height: 17 });
    expect(layout.width * layout.cell).toBeLessThanOrEqual(220);
    expect(tileOrigin(layout, 9)).toEqual({ x: 9, y: 9 });
  });

  it('lays a vector out as a strip of cells without gaps', () => {
    expect(tileLayout({ channels: 1, height: 1, width: 10 }, 220)).toMatchObject({ columns: 10, rows: 1, width: 10, height: 1, gap: 0 });
    expect(tileLayout({ channels: 1, height: 1, width: 64 }, 220)).toMatchObject({ columns: 18, rows: 4 });
  });

  it('draws large maps smaller than a pixel a value, and never wider than the room where one tile fits', () => {
    const layout = tileLayout({ channels: 3, height: 224, width: 224 }, 220);
    expect(layout.cell * 224).toBeCloseTo(64);
    expect(layout).toMatchObject({ columns: 3, rows: 1 });
  });

  it('shows at least one column in a room that is too narrow', () => {
    expect(tileLayout({ channels: 4, height: 28, width: 28 }, 10)).toMatchObject({ columns: 1, rows: 4 });
  });
});
