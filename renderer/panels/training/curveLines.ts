import type { EpochRow } from '../../../shared/rpc/contract';
import type { RunView } from '../../state/runUpdates';
import { decimate } from './decimate';
import { smooth } from './smooth';

/** `loss`, `accuracy`, or the name under which a metric was measured. */
export type Metric = string;

/** A line of a chart, over epochs. */
export interface CurveLine {
  readonly label: string;
  /** A scale of Radix Colors: step 10 for the line, 11 for its name. */
  readonly colour: 'indigo' | 'orange';
  /** Told apart by more than colour: a run to compare with is dashed. */
  readonly isDashed: boolean;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Share of the past in a smoothed training curve. */
const SMOOTHING = 0.9;

/** The names under which the epochs of a run have metrics beside loss and accuracy. */
export function metricsOf({ epochs }: Pick<RunView, 'epochs'>): readonly string[] {
  return Object.keys(epochs[0]?.metrics ?? {});
}

/** Training and validation of a run as two lines that are never longer than a screen is wide. */
export function curveLines(
  run: RunView,
  metric: Metric,
  options: { smoothed: boolean; buckets: number; isCompared?: boolean },
): readonly CurveLine[] {
  const isDashed = options.isCompared ?? false;
  const suffix = isDashed ? ' of the compared run' : '';
  return [
    { label: `training${suffix}`, colour: 'indigo', isDashed, ...trainingCurve(run, metric, options) },
    { label: `validation${suffix}`, colour: 'orange', isDashed, ...validationCurve(run, metric) },
  ];
}

/** Loss and accuracy of the steps; of other metrics, which are known at the end of an epoch, that of the epochs. */
function trainingCurve(
  { points, epochs }: RunView,
  metric: Metric,
  { smoothed, buckets }: { smoothed: boolean; buckets: number },
): { readonly x: readonly number[]; readonly y: readonly number[] } {
  if (metric !== 'loss' && metric !== 'accuracy') return epochCurve(epochs, ({ metrics }) => metrics?.[metric]?.train);
  const y = smoothed ? smooth(points[metric], points.length, SMOOTHING) : points[metric];
  return decimate({ x: points.epoch, y, length: points.length }, buckets);
}

function validationCurve({ epochs }: RunView, metric: Metric) {
  if (metric === 'loss') return epochCurve(epochs, ({ validationLoss }) => validationLoss);
  if (metric === 'accuracy') return epochCurve(epochs, ({ validationAccuracy }) => validationAccuracy);
  return epochCurve(epochs, ({ metrics }) => metrics?.[metric]?.validation);
}

function epochCurve(epochs: readonly EpochRow[], valueOf: (row: EpochRow) => number | null | undefined) {
  const known = epochs.flatMap((row) => {
    const value = valueOf(row);
    return value === null || value === undefined ? [] : [[row.epoch, value] as const];
  });
  return { x: known.map(([epoch]) => epoch), y: known.map(([, value]) => value) };
}
