import { describe, expect, it } from 'vitest';
import { heatOf, mistakes, precisionOf, recallOf, samplesOf, type Confusion } from './cells';

const confusion: Confusion = {
  output: 'digit',
  counts: [
    [2, 1, 0],
    [0, 3, 2],
    [0, 0, 0],
  ],
  samples: { right: Int32Array.of(1, 0, 1, 0, 1, 0, 1, 1), predicted: Int32Array.of(2, 0, 1, 1, 1, 0, 1, 2) },
};

describe('a confusion matrix', () => {
  it('tells which samples are in a cell', () => {
    expect(samplesOf(confusion, { right: 1, predicted: 2 })).toEqual([0, 7]);
    expect(samplesOf(confusion, { right: 2, predicted: 0 })).toEqual([]);
    expect(samplesOf({ ...confusion, samples: null }, { right: 1, predicted: 2 })).toEqual([]);
  });

  it('tells the most frequent mistakes first', () => {
    expect(mistakes(confusion)).toEqual([
      { right: 1, predicted: 2, count: 2 },
      { right: 0, predicted: 1, count: 1 },
    ]);
  });

  it('tells recall and precision of each class, and none where there is nothing to tell', () => {
    expect([0, 1, 2].map((index) => recallOf(confusion, index))).toEqual([2 / 3, 3 / 5, null]);
    expect([0, 1, 2].map((index) => precisionOf(confusion, index))).toEqual([1, 3 / 4, 0]);
  });

  it('colours a cell by its share of its row', () => {
    expect(heatOf(confusion, { right: 1, predicted: 2 })).toBe(2 / 5);
    expect(heatOf(confusion, { right: 2, predicted: 2 })).toBe(0);
  });
});
