import { describe, expect, it } from 'vitest';
import { colourPixels } from './colours';

function coloured(values: number[], minimum: number, maximum: number, map: 'viridis' | 'grey') {
  const rgba = new Uint8ClampedArray(values.length * 4);
  colourPixels(Float32Array.from(values), minimum, maximum, map, rgba);
  return Array.from({ length: values.length }, (_, index) => Array.from(rgba.subarray(index * 4, index * 4 + 4)));
}

describe('values as colours', () => {
  it('takes the ends of viridis for the least and the most', () => {
    expect(coloured([-1, 3], -1, 3, 'viridis')).toEqual([
      [68, 1, 84, 255],
      [253, 231, 37, 255],
    ]);
  });

  it('holds values outside the range at its ends', () => {
    expect(coloured([-5, 9], 0, 1, 'grey')).toEqual([
      [0, 0, 0, 255],
      [255, 255, 255, 255],
    ]);
  });

  it('shows a flat range and what is not a number as the lowest colour', () => {
    expect(coloured([2, NaN], 2, 2, 'grey')).toEqual([
      [0, 0, 0, 255],
      [0, 0, 0, 255],
    ]);
  });
});
