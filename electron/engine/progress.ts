import type { EpochRow, StepPoint } from '../../shared/rpc/contract';

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
}

interface ProgressOptions {
  readonly engine: string;
  readonly batchesPerEpoch: number;
  readonly epochs: number;
  readonly startStep: number;
  report(report: ProgressReport): void;
}

/** At most this often a report is sent, in milliseconds: 20 a second. */
const INTERVAL = 50;

/** Gathers steps into points and sends them a few times a second; knows the speed and the time left. */
export function createProgress({ engine, batchesPerEpoch, epochs, startStep, report }: ProgressOptions) {
  const totalSteps = batchesPerEpoch * epochs;
  let gathered = { loss: 0, correct: 0, count: 0, steps: 0 };
  let sentAt = 0;
  // The first step also compiles; speed is counted from the second one on.
  let timing: { at: number; step: number; images: number } | undefined;
  let current = { step: startStep, epoch: 0 };
  let waiting: EpochRow[] = [];

  const send = (status: ProgressReport['status'], points: readonly StepPoint[]) => {
    const seconds = timing ? (performance.now() - timing.at) / 1000 : 0;
    const perStep = timing && current.step > timing.step ? seconds / (current.step - timing.step) : null;
    report({
      status,
      engine,
      points,
      epochs: waiting,
      epoch: current.epoch,
      step: current.step,
      totalSteps,
      secondsLeft: perStep === null ? null : perStep * (totalSteps - current.step),
      imagesPerSecond: timing && seconds > 0 ? timing.images / seconds : null,
    });
    waiting = [];
    sentAt = performance.now();
  };
  const point = (): StepPoint[] => {
    if (gathered.steps === 0) return [];
    const taken = gathered;
    gathered = { loss: 0, correct: 0, count: 0, steps: 0 };
    return [
      { step: current.step, epoch: current.step / batchesPerEpoch, loss: taken.loss / taken.steps, accuracy: taken.correct / taken.count },
    ];
  };

  return {
    status(status: ProgressReport['status'], epoch: number) {
      current = { ...current, epoch };
      if (status === 'paused') timing = undefined;
      send(status, point());
    },
    step(step: number, epoch: number, loss: number, { correct, count }: { correct: number; count: number }) {
      current = { step, epoch };
      gathered = {
        loss: gathered.loss + loss,
        correct: gathered.correct + correct,
        count: gathered.count + count,
        steps: gathered.steps + 1,
      };
      if (timing) timing.images += count;
      else timing = { at: performance.now(), step, images: 0 };
      if (performance.now() - sentAt >= INTERVAL) send('running', point());
    },
    epoch(row: EpochRow) {
      current = { ...current, epoch: row.epoch };
      waiting.push(row);
      send('running', point());
    },
    flush: () => send('running', point()),
  };
}
