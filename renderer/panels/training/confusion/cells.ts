import type { Evaluation } from '../../../../shared/rpc/contract';

export type Confusion = Evaluation['confusions'][number];

/** A cell of a confusion matrix. */
export interface Cell {
  readonly right: number;
  readonly predicted: number;
}

/** Places in the split of the samples of a cell; none where a sample has several predictions. */
export function samplesOf({ samples }: Confusion, { right, predicted }: Cell): readonly number[] {
  const places: number[] = [];
  samples?.right.forEach((own, place) => {
    if (own === right && samples.predicted[place] === predicted) places.push(place);
  });
  return places;
}

/** Which classes were taken for which others, the most frequent first. */
export function mistakes({ counts }: Confusion): readonly (Cell & { readonly count: number })[] {
  return counts
    .flatMap((row, right) => row.map((count, predicted) => ({ right, predicted, count })))
    .filter(({ right, predicted, count }) => right !== predicted && count > 0)
    .toSorted((a, b) => b.count - a.count);
}

/** Of those that are of a class the share that was found; null of a class that there is none of. */
export function recallOf({ counts }: Confusion, index: number): number | null {
  const row = counts[index] ?? [];
  return shareOf(row[index] ?? 0, sum(row));
}

/** Of those that were called a class the share that is of it; null of a class that nothing was called. */
export function precisionOf({ counts }: Confusion, index: number): number | null {
  const column = counts.map((row) => row[index] ?? 0);
  return shareOf(column[index] ?? 0, sum(column));
}

/** The share of its row that a cell has, 0 to 1: how strongly it is coloured. */
export function heatOf({ counts }: Confusion, { right, predicted }: Cell): number {
  const row = counts[right] ?? [];
  return shareOf(row[predicted] ?? 0, sum(row)) ?? 0;
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
