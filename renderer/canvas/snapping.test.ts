import { describe, expect, it } from 'vitest';
import { snapToNeighbours } from './snapping';

const box = (x: number, y: number) => ({ x, y, width: 152, height: 64 });

describe('a dragged layer', () => {
  it('goes into line with the middle of a neighbour, and the line is shown', () => {
    const { position, guides } = snapToNeighbours(box(243, 3), [box(0, 0)]);
    expect(position).toEqual({ x: 243, y: 0 });
    expect(guides).toEqual({ x: null, y: 32 });
  });

  it('takes the nearest of several lines, in both directions', () => {
    const { position, guides } = snapToNeighbours(box(2, 204), [box(0, 0), box(3, 100), box(400, 200)]);
    expect(position).toEqual({ x: 3, y: 200 });
    expect(guides).toEqual({ x: 79, y: 232 });
  });

  it('goes into line by its middle with one of another size, which many ports make, and the line is where both have theirs', () => {
    const wide = { x: 100, y: 0, width: 232, height: 64 };
    expect(snapToNeighbours(box(143, 120), [wide])).toEqual({ position: { x: 140, y: 120 }, guides: { x: 216, y: null } });
    expect(snapToNeighbours({ ...wide, x: 97 }, [box(140, 120)])).toEqual({ position: { x: 100, y: 0 }, guides: { x: 216, y: null } });
  });

  it('stays where it is where no line is near', () => {
    expect(snapToNeighbours(box(300, 300), [box(0, 0)])).toEqual({ position: { x: 300, y: 300 }, guides: { x: null, y: null } });
  });
});
