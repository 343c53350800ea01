import { describe, expect, it } from 'vitest';
import { snapToNeighbours } from './snapping';

const box = (x: number, y: number) => ({ x, y, width: 152, height: 64 });

describe('a dragged layer', () => {
  it('goes into line with the middle of a neighbour, and the line is shown', () => {
    const { position, guides } = snapToNeighbours(box(243, 3), [box(0, 0)]);
    expect(position).toEqual({ x: 243, y: 0 });
    expect(guides).toEqual({ x: null, y: 32, gaps: [] });
  });

  it('takes the nearest of several lines, in both directions', () => {
    const { position, guides } = snapToNeighbours(box(2, 204), [box(0, 0), box(3, 100), box(400, 200)]);
    expect(position).toEqual({ x: 3, y: 200 });
    expect(guides).toEqual({ x: 79, y: 232, gaps: [] });
  });

  it('goes into line by its middle with one of another size, which many ports make, and the line is where both have theirs', () => {
    const wide = { x: 100, y: 0, width: 232, height: 64 };
    expect(snapToNeighbours(box(143, 120), [wide])).toEqual({ position: { x: 140, y: 120 }, guides: { x: 216, y: null, gaps: [] } });
    expect(snapToNeighbours({ ...wide, x: 97 }, [box(140, 120)])).toEqual({
      position: { x: 100, y: 0 },
      guides: { x: 216, y: null, gaps: [] },
    });
  });

  it('is drawn from as far on the screen, however large the layers are seen', () => {
    expect(snapToNeighbours(box(300, 11), [box(0, 0)], 0.5).position.y).toBe(0);
    expect(snapToNeighbours(box(300, 5), [box(0, 0)], 2).position.y).toBe(5);
    expect(snapToNeighbours(box(300, 17), [box(0, 0)], 0.01).position.y).toBe(17);
  });

  it('stays where it is where no line is near', () => {
    expect(snapToNeighbours(box(300, 300), [box(0, 0)])).toEqual({ position: { x: 300, y: 300 }, guides: { x: null, y: null, gaps: [] } });
  });

  it('keeps the distance that two neighbours have from each other, before, behind and between them', () => {
    const [a, b] = [box(0, 0), box(252, 0)];
    const behind = snapToNeighbours(box(507, 3), [a, b]);
    expect(behind.position).toEqual({ x: 504, y: 0 });
    expect(behind.guides).toEqual({
      x: null,
      y: 32,
      gaps: [
        { axis: 'x', from: 152, to: 252, at: 32 },
        { axis: 'x', from: 404, to: 504, at: 32 },
      ],
    });
    expect(snapToNeighbours(box(-254, 0), [a, b]).position).toEqual({ x: -252, y: 0 });
    expect(snapToNeighbours(box(250, 0), [a, box(500, 0)]).position).toEqual({ x: 250, y: 0 });
    expect(snapToNeighbours(box(254, 0), [a, box(500, 0)]).position).toEqual({ x: 250, y: 0 });
  });

  it('keeps distances down a column, too, but none to what stands in another row', () => {
    const column = [box(0, 0), box(0, 104)];
    expect(snapToNeighbours(box(2, 211), column).position).toEqual({ x: 0, y: 208 });
    expect(snapToNeighbours(box(507, 300), [box(0, 0), box(252, 0)]).position).toEqual({ x: 507, y: 300 });
  });
});
