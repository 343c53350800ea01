import type { EpochRow } from '../../../shared/rpc/contract';
import type { RunView } from '../../state/runUpdates';
import { decimate } from './decimate';
import { smooth } from './smooth';

/** `loss`, `accuracy`, or the name under which a metric was measured. */
export type Metric = string;

/** A line of a chart, over epochs. */
export interface CurveLine {
  /** Whose it is, by its id. */
  readonly run: string;
  readonly part: 'training' | 'validation';
  readonly label: string;
  /** The variable of its colour: `--indigo-10`. */
  readonly colour: string;
  /** Told apart by more than colour: among those of several runs, which have a colour each, validation is dashed. */
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
  /** Of a run among others: the number of its colour. */
  readonly colour?: number;
}

/** Training and validation of a run as lines that are never longer than a screen is wide; behind a smoothed one what was measured. */
export function curveLines(run: RunView, metric: Metric, options: CurveOptions): readonly CurveLine[] {
  const { smoothing, colour } = options;
  const isOfSteps = metric === 'loss' || metric === 'accuracy';
  const look = { run: run.summary.id, isDashed: false, isFaint: false };
  const training: CurveLine = {
    ...look,
    part: 'training',
    label: 'training',
    colour: colour === undefined ? '--indigo-10' : `--run-${colour}`,
    hasDots: !isOfSteps,
    ...trainingCurve(run, metric, options),
  };
  const validation: CurveLine = {
    ...look,
    part: 'validation',
    label: 'validation',
    colour: colour === undefined ? '--orange-10' : training.colour,
    isDashed: colour !== undefined,
    hasDots: true,
    ...validationCurve(run, metric),
  };
  // Among those of other runs what was measured would only be noise.
  if (!isOfSteps || smoothing === 0 || colour !== undefined) return [training, validation];
  const measured = trainingCurve(run, metric, { ...options, smoothing: 0 });
  return [{ ...training, label: 'training as measured', isFaint: true, ...measured }, training, validation];
}

/** The last value at or before an epoch; without one the last of all. */
export function valueAt({ x, y }: Pick<CurveLine, 'x' | 'y'>, epoch: number | null): number | undefined {
  if (epoch === null) return y.at(-1);
  const index = x.findLastIndex((value) => value <= epoch);
  return index < 0 ? undefined : y[index];
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
