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
  /** As it was measured, behind its smoothed line. */
  readonly isFaint: boolean;
  /** Values of whole epochs: few enough for a dot each, without which a first one could not be seen. */
  readonly hasDots: boolean;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The names under which the epochs of a run have metrics beside loss and accuracy. */
export function metricsOf({ epochs }: Pick<RunView, 'epochs'>): readonly string[] {
  return Object.keys(epochs[0]?.metrics ?? {});
}

interface CurveOptions {
  /** Share of the past in the training curve, from 0: as it was measured. */
  readonly smoothing: number;
  readonly buckets: number;
  readonly isCompared?: boolean;
}

/** Training and validation of a run as lines that are never longer than a screen is wide; behind a smoothed one what was measured. */
export function curveLines(run: RunView, metric: Metric, options: CurveOptions): readonly CurveLine[] {
  const isDashed = options.isCompared ?? false;
  const suffix = isDashed ? ' of the compared run' : '';
  const isOfSteps = metric === 'loss' || metric === 'accuracy';
  const look = { isDashed, isFaint: false, hasDots: !isOfSteps };
  const training = { label: `training${suffix}`, colour: 'indigo', ...look, ...trainingCurve(run, metric, options) } as const;
  const validation = { label: `validation${suffix}`, colour: 'orange', ...look, hasDots: true, ...validationCurve(run, metric) } as const;
  if (!isOfSteps || isDashed || options.smoothing === 0) return [training, validation];
  const measured = trainingCurve(run, metric, { ...options, smoothing: 0 });
  return [{ ...training, label: 'training as measured', isFaint: true, ...measured }, training, validation];
}

/** Loss and accuracy of the steps; of other metrics, which are known at the end of an epoch, that of the epochs. */
function trainingCurve({ points, epochs }: RunView, metric: Metric, { smoothing, buckets }: CurveOptions): Columns {
  if (metric !== 'loss' && metric !== 'accuracy') return epochCurve(epochs, ({ metrics }) => metrics?.[metric]?.train);
  const y = smoothing > 0 ? smooth(points[metric], points.length, smoothing) : points[metric];
  return decimate({ x: points.epoch, y, length: points.length }, buckets);
}

type Columns = Pick<CurveLine, 'x' | 'y'>;

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
