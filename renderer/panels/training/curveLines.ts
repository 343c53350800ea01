import type { RunView } from '../../state/runUpdates';
import { decimate } from './decimate';
import { smooth } from './smooth';

export type Metric = 'loss' | 'accuracy';

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

const columns = {
  loss: { train: 'trainLoss', validation: 'validationLoss' },
  accuracy: { train: 'trainAccuracy', validation: 'validationAccuracy' },
} as const;

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

function trainingCurve({ points }: RunView, metric: Metric, { smoothed, buckets }: { smoothed: boolean; buckets: number }) {
  const y = smoothed ? smooth(points[metric], points.length, SMOOTHING) : points[metric];
  return decimate({ x: points.epoch, y, length: points.length }, buckets);
}

function validationCurve({ epochs }: RunView, metric: Metric): { x: number[]; y: number[] } {
  const rows = epochs.filter((row) => row[columns[metric].validation] !== null);
  return { x: rows.map((row) => row.epoch), y: rows.map((row) => row[columns[metric].validation] as number) };
}
