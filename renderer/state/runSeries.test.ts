import { describe, expect, it } from 'vitest';
import type { StepPoint } from '../../shared/rpc/contract';
import { appendPoints, emptySeries, mergeEpochs } from './runSeries';

const point = (step: number, loss: number | null = 1 / step): StepPoint => ({ step, epoch: step / 10, loss, accuracy: 0.5 });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the series of a run', () => {
  it('grows beyond its memory and keeps every point', () => {
    let series = emptySeries;
    for (const step of range(1, 1000)) series = appendPoints(series, [point(step)]);
    expect(series.length).toBe(1000);
    expect(Array.from(series.step.subarray(0, 1000))).toEqual(range(1, 1000));
    expect(series.loss[999]).toBe(1 / 1000);
  });

  it('passes over points that it already has, so that a refresh and an event may overlap', () => {
    const series = appendPoints(appendPoints(emptySeries, [point(1), point(2)]), [point(2, 9), point(3)]);
    expect(Array.from(series.loss.subarray(0, series.length))).toEqual([1, 1 / 2, 1 / 3]);
  });

  it('leaves a shorter view as it was', () => {
    const before = appendPoints(emptySeries, [point(1), point(2)]);
    appendPoints(before, [point(3)]);
    expect(before.length).toBe(2);
    expect(Array.from(before.step.subarray(0, 2))).toEqual([1, 2]);
  });

  it('holds what was not measured as NaN', () => {
    expect(appendPoints(emptySeries, [point(1, null)]).loss[0]).toBeNaN();
  });
});

describe('the table of epochs', () => {
  const row = (epoch: number, seconds: number) =>
    ({ epoch, seconds, trainLoss: null, trainAccuracy: null, validationLoss: null, validationAccuracy: null }) as const;

  it('is in order of epochs, and the latest word on an epoch counts', () => {
    expect(mergeEpochs([row(1, 1), row(2, 2)], [row(3, 3), row(2, 9)])).toEqual([row(1, 1), row(2, 9), row(3, 3)]);
  });
});
