import type { EpochRow, StepPoint } from '../../shared/rpc/contract';
import { MOST_UNREADABLE } from '../../shared/training/dataNotes';

export interface ProgressReport {
  readonly status: 'preparing' | 'running' | 'paused' | 'stopping';
  readonly engine: string;
  readonly points: readonly StepPoint[];
  readonly epochs: readonly EpochRow[];
  readonly epoch: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly secondsLeft: number | null;
  readonly imagesPerSecond: number | null;
  /** Share of the time in which the engine had to wait for images; null before it is known. */
  readonly waitingForData: number | null;
  /** Files that could not be read and were left out. */
  readonly unreadable: readonly string[];
}

interface ProgressOptions {
  readonly engine: string;
  readonly batchesPerEpoch: number;
  readonly epochs: number;
  readonly startStep: number;
  unreadable?(): readonly string[];
  report(report: ProgressReport): void;
}

/** How one step did. */
export interface StepOutcome {
  /** Mean over the batch. */
  readonly loss: number;
  readonly samples: number;
  readonly correct: number;
  /** Predictions that `correct` counts out of. */
  readonly count: number;
}

export type Progress = ReturnType<typeof createProgress>;

/** At most this often a report is sent, in milliseconds: to send one takes about a third of one, as long as four steps of a small network. */
const INTERVAL = 200;
/** At most so often there is a point of the curve. */
const POINT_INTERVAL = 50;
const NOTHING = { loss: 0, samples: 0, correct: 0, count: 0 };

/** Gathers steps into points and sends them a few times a second; knows the speed and the time left. */
export function createProgress({ engine, batchesPerEpoch, epochs, startStep, report, unreadable = () => [] }: ProgressOptions) {
  const totalSteps = batchesPerEpoch * epochs;
  let gathered = NOTHING;
  let points: StepPoint[] = [];
  let pointAt = -Infinity;
  let sentAt = -Infinity;
  // The first step also compiles; speed is counted from the second one on.
  let timing: { at: number; step: number; images: number; waited: number } | undefined;
  let current = { step: startStep, epoch: 0 };
  let waiting: EpochRow[] = [];

  const send = (status: ProgressReport['status']) => {
    const seconds = timing ? (performance.now() - timing.at) / 1000 : 0;
    const perStep = timing && current.step > timing.step ? seconds / (current.step - timing.step) : null;
    endPoint();
    report({
      status,
      engine,
      points,
      epochs: waiting,
      epoch: current.epoch,
      step: current.step,
      totalSteps,
      secondsLeft: perStep === null ? null : perStep * (totalSteps - current.step),
      imagesPerSecond: timing && timing.images > 0 && seconds > 0 ? timing.images / seconds : null,
      waitingForData: timing && timing.images > 0 && seconds > 0 ? Math.min(1, timing.waited / 1000 / seconds) : null,
      unreadable: unreadable().slice(0, MOST_UNREADABLE),
    });
    points = [];
    waiting = [];
    sentAt = performance.now();
  };
  const endPoint = () => {
    const { loss, samples, correct, count } = gathered;
    pointAt = performance.now();
    if (samples === 0) return;
    gathered = NOTHING;
    points.push({
      step: current.step,
      epoch: current.step / batchesPerEpoch,
      loss: loss / samples,
      accuracy: count > 0 ? correct / count : null,
    });
  };
  const sendInTime = () => {
    if (performance.now() - sentAt >= INTERVAL) send('running');
  };

  return {
    status(status: ProgressReport['status'], epoch: number) {
      current = { ...current, epoch };
      if (status === 'paused') timing = undefined;
      send(status);
    },
    step(step: number, epoch: number, { loss, samples, correct, count }: StepOutcome) {
      current = { step, epoch };
      gathered = {
        loss: gathered.loss + loss * samples,
        samples: gathered.samples + samples,
        correct: gathered.correct + correct,
        count: gathered.count + count,
      };
      if (timing) timing.images += samples;
      else timing = { at: performance.now(), step, images: 0, waited: 0 };
      if (performance.now() - pointAt >= POINT_INTERVAL) endPoint();
      sendInTime();
    },
    /** A batch was waited for so long, in milliseconds. */
    waited(milliseconds: number) {
      if (timing) timing.waited += milliseconds;
    },
    /** Epochs of a small network may be shorter than the interval: their rows go together. */
    epoch(row: EpochRow) {
      current = { ...current, epoch: row.epoch };
      waiting.push(row);
      sendInTime();
    },
    /** What was gathered and not sent. */
    flush() {
      if (points.length > 0 || gathered.samples > 0 || waiting.length > 0) send('running');
    },
  };
}
