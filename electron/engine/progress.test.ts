import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpochRow } from '../../shared/rpc/contract';
import { createProgress, type ProgressReport, type StepOutcome } from './progress';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function start(options: { readonly startStep?: number } = {}) {
  const reports: ProgressReport[] = [];
  const progress = createProgress({
    engine: 'test 1',
    batchesPerEpoch: 100,
    epochs: 2,
    startStep: options.startStep ?? 0,
    report: (report) => void reports.push(report),
  });
  return { progress, reports };
}

const step = (loss: number, samples = 10): StepOutcome => ({ loss, samples, correct: samples / 2, count: samples });
const row = (epoch: number): EpochRow => ({
  epoch,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validationLoss: 1,
  validationAccuracy: 0.5,
  seconds: 0.01,
});

describe('progress', () => {
  it('is told at most five times a second, steps and rows of short epochs alike, with a point for each twentieth, and loses nothing', () => {
    const { progress, reports } = start();
    for (let index = 1; index <= 1000; index += 1) {
      vi.advanceTimersByTime(1);
      progress.step(index, 0, step(index));
      if (index % 10 === 0) progress.epoch(row(index / 10));
    }
    progress.flush();
    expect(reports).toHaveLength(6);
    expect(reports.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch))).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    const points = reports.flatMap((report) => report.points);
    expect(points.length).toBeLessThanOrEqual(21);
    expect(points.length).toBeGreaterThanOrEqual(20);
    expect(points.at(-1)?.step).toBe(1000);
    // Means of equal stretches of 1 … 1000.
    expect(points.reduce((sum, { loss }) => sum + (loss ?? 0), 0) / points.length).toBeGreaterThan(400);
  });

  it('means over samples, not over batches', () => {
    const { progress, reports } = start();
    progress.status('running', 0);
    progress.step(1, 0, { loss: 1, samples: 30, correct: 30, count: 30 });
    progress.step(2, 0, { loss: 5, samples: 10, correct: 0, count: 10 });
    progress.flush();
    expect(reports.at(-1)?.points).toEqual([{ step: 2, epoch: 0.02, loss: 2, accuracy: 0.75 }]);
  });

  it('knows speed and time left from the steps after the first, which compiles', () => {
    const { progress, reports } = start();
    vi.advanceTimersByTime(5000);
    progress.step(1, 0, step(1));
    expect(reports.at(-1)).toMatchObject({ secondsLeft: null, imagesPerSecond: null });
    for (let index = 2; index <= 11; index += 1) {
      vi.advanceTimersByTime(100);
      progress.step(index, 0, step(1));
    }
    expect(reports.at(-1)).toMatchObject({ step: 11, totalSteps: 200 });
    expect(reports.at(-1)?.secondsLeft).toBeCloseTo(18.9);
    expect(reports.at(-1)?.imagesPerSecond).toBeCloseTo(100);
  });

  it('does not count a pause as work', () => {
    const { progress, reports } = start();
    progress.step(1, 0, step(1));
    vi.advanceTimersByTime(100);
    progress.step(2, 0, step(1));
    progress.status('paused', 0);
    vi.advanceTimersByTime(60_000);
    progress.step(3, 0, step(1));
    vi.advanceTimersByTime(100);
    progress.step(4, 0, step(1));
    progress.flush();
    expect(reports.map(({ status }) => status)).toContain('paused');
    expect(reports.at(-1)?.secondsLeft).toBeCloseTo(19.6);
  });

  it('sends at once what a status ends', () => {
    const { progress, reports } = start({ startStep: 100 });
    progress.status('preparing', 1);
    progress.step(101, 1, step(3));
    progress.status('stopping', 1);
    expect(reports.map(({ status, step: at, points }) => [status, at, points.length])).toEqual([
      ['preparing', 100, 0],
      ['stopping', 101, 1],
    ]);
    progress.flush();
    expect(reports).toHaveLength(2);
  });
});
