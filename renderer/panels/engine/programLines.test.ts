import { describe, expect, it } from 'vitest';
import { linesWith, programLines } from './programLines';

const text = `program train
  %0 = input input/image : N×8×8×3
  %1 = weight stage[1]/conv/kernel : 3×3×3×16
  %4 = optimizer optimizer:velocity/stage[1]/conv/kernel : 3×3×3×16
  # stage[1]/conv
  %2 = conv %0 %1 {strides: [1, 1]} : N×8×8×16
  # the loss and what is between
  %3 = reduceMean %2 : scalar
  update %1 ← %2
`;

describe('the lines of a program', () => {
  const lines = programLines(text);

  it('are of the layer that stands above them, or of the one whose weight they are', () => {
    expect(lines.map(({ layer }) => layer)).toEqual([
      undefined,
      undefined,
      'stage[1]/conv',
      undefined,
      'stage[1]/conv',
      'stage[1]/conv',
      'the loss and what is between',
      'the loss and what is between',
      undefined,
    ]);
    expect(lines.flatMap(({ isHeading }, index) => (isHeading ? [index] : []))).toEqual([4, 6]);
  });

  it('are found by a part of them, whatever its case', () => {
    expect(linesWith(lines, 'REDUCEmean ')).toEqual([7]);
    expect(linesWith(lines, '3×3×3')).toEqual([2, 3]);
    expect(linesWith(lines, ' ')).toEqual([]);
    expect(linesWith(lines, 'nowhere')).toEqual([]);
  });
});
