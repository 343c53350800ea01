import type { EpochRow, StepPoint } from '../../shared/rpc/contract';

/**
 * The points of a run's training curve, column by column. Values that were not measured are NaN. A series is never
 * changed below its length: `appendPoints` writes behind it and answers with a longer view of the same memory, so that
 * twenty updates a second over a long run cost what they add, and whoever holds the shorter view still reads the same.
 */
export interface PointSeries {
  readonly length: number;
  readonly step: Float64Array;
  /** Epochs done when the point was taken: 1.5 is the middle of the second epoch. */
  readonly epoch: Float64Array;
  readonly loss: Float64Array;
  readonly accuracy: Float64Array;
}

const FIRST_CAPACITY = 256;

export const emptySeries: PointSeries = seriesOfCapacity(0);

/** The series with the points behind its last step; points that it already has are passed over. */
export function appendPoints(series: PointSeries, points: readonly StepPoint[]): PointSeries {
  const last = series.length === 0 ? -Infinity : (series.step[series.length - 1] as number);
  const fresh = points.filter((point) => point.step > last);
  if (fresh.length === 0) return series;
  const target = withRoom(series, fresh.length);
  fresh.forEach((point, index) => writePoint(target, series.length + index, point));
  return { ...target, length: series.length + fresh.length };
}

/** The points one by one, as they came. */
export function pointsOf(series: PointSeries): readonly StepPoint[] {
  const measured = (value: number) => (Number.isNaN(value) ? null : value);
  return Array.from({ length: series.length }, (_, index) => ({
    step: series.step[index] as number,
    epoch: series.epoch[index] as number,
    loss: measured(series.loss[index] as number),
    accuracy: measured(series.accuracy[index] as number),
  }));
}

/** Rows by epoch, in order; a row that comes again replaces the one before. */
export function mergeEpochs(rows: readonly EpochRow[], fresh: readonly EpochRow[]): readonly EpochRow[] {
  if (fresh.length === 0) return rows;
  const byEpoch = new Map(rows.map((row) => [row.epoch, row]));
  for (const row of fresh) byEpoch.set(row.epoch, row);
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
}

function seriesOfCapacity(capacity: number): PointSeries {
  const column = () => new Float64Array(capacity);
  return { length: 0, step: column(), epoch: column(), loss: column(), accuracy: column() };
}

function withRoom(series: PointSeries, count: number): PointSeries {
  const needed = series.length + count;
  if (needed <= series.step.length) return series;
  const grown = seriesOfCapacity(Math.max(FIRST_CAPACITY, 2 ** Math.ceil(Math.log2(needed))));
  for (const column of ['step', 'epoch', 'loss', 'accuracy'] as const) grown[column].set(series[column].subarray(0, series.length));
  return { ...grown, length: series.length };
}

function writePoint(series: PointSeries, index: number, point: StepPoint): void {
  series.step[index] = point.step;
  series.epoch[index] = point.epoch;
  series.loss[index] = point.loss ?? NaN;
  series.accuracy[index] = point.accuracy ?? NaN;
}
