import { describe, expect, it } from 'vitest';
import { drawnPixels, inkBitmap, type Stroke } from './digit';

const line = (x1: number, y1: number, x2: number, y2: number): Stroke => [
  { x: x1, y: y1 },
  { x: x2, y: y2 },
];
const circle = (x: number, y: number, radiusX: number, radiusY: number): Stroke =>
  Array.from({ length: 41 }, (_, index) => ({
    x: x + radiusX * Math.cos((index / 40) * 2 * Math.PI),
    y: y + radiusY * Math.sin((index / 40) * 2 * Math.PI),
  }));
const rowsOf = (pixels: Float32Array, width: number) =>
  Array.from({ length: pixels.length / width }, (_, row) =>
    Array.from(pixels.subarray(row * width, (row + 1) * width), (value) => value * 16),
  );

describe('a drawing as a digit of 8×8', () => {
  it('is all zeros when nothing is drawn', () => {
    expect(drawnPixels([], 8, 8)).toEqual(new Float32Array(64));
  });

  it('counts the set cells of each block of 4×4: whole numbers from 0 to 16, in sixteenths', () => {
    const counts = rowsOf(drawnPixels([circle(0.5, 0.5, 0.2, 0.3)], 8, 8), 8).flat();
    expect(counts.every((count) => Number.isInteger(count) && count >= 0 && count <= 16)).toBe(true);
    const ink = inkBitmap([circle(0.5, 0.5, 0.2, 0.3)], 32, 32).reduce((sum, cell) => sum + cell, 0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ink);
  });

  it('draws a vertical line down the middle, over the whole height', () => {
    const rows = rowsOf(drawnPixels([line(0.2, 0.1, 0.2, 0.5)], 8, 8), 8);
    for (const row of rows.slice(1, 7)) expect(row).toEqual([0, 0, 0, 8, 8, 0, 0, 0]);
  });

  it('is the same wherever and however large it is drawn', () => {
    const small = drawnPixels([circle(0.2, 0.3, 0.1, 0.15)], 8, 8);
    const large = drawnPixels([circle(0.6, 0.5, 0.3, 0.45)], 8, 8);
    expect(large).toEqual(small);
  });

  it('leaves a dot small', () => {
    const ink = inkBitmap([[{ x: 0.9, y: 0.9 }]], 32, 32).reduce((sum, cell) => sum + cell, 0);
    expect(ink).toBeGreaterThan(4);
    expect(ink).toBeLessThan(40);
  });

  it('keeps a wide drawing inside the picture', () => {
    const rows = rowsOf(drawnPixels([line(0, 0.5, 1, 0.5)], 8, 8), 8);
    for (const row of rows) expect(row.toReversed()).toEqual(row);
    expect(
      rows
        .slice(0, 3)
        .flat()
        .every((count) => count === 0),
    ).toBe(true);
  });

  it('fits other sizes of image as well', () => {
    expect(drawnPixels([line(0.5, 0, 0.5, 1)], 28, 28)).toHaveLength(784);
  });
});
