import { describe, expect, it } from 'vitest';
import { appendPoints, emptySeries } from '../../state/runSeries';
import type { RunView } from '../../state/runUpdates';
import { curveLines, valueAt } from './curveLines';

const epoch = { epoch: 1, trainLoss: 3, trainAccuracy: 0, validationLoss: 9, validationAccuracy: 0.1, seconds: 1 };
const run = {
  summary: { id: 'r' },
  points: appendPoints(
    emptySeries,
    [4, 2].map((loss, index) => ({ step: index + 1, epoch: (index + 1) / 2, loss, accuracy: null })),
  ),
  epochs: [{ ...epoch, metrics: { auc: { train: 0.5, validation: 0.6 } } }],
  isComplete: true,
} as unknown as RunView;
const buckets = 100;

describe('the lines of a chart', () => {
  it('are training and validation as measured', () => {
    expect(curveLines(run, 'loss', { smoothing: 0, buckets })).toMatchObject([
      { label: 'training', x: [0.5, 1], y: [4, 2], isFaint: false, hasDots: false },
      { label: 'validation', x: [1], y: [9], hasDots: true },
    ]);
  });

  it('and what was measured faintly behind a smoothed line', () => {
    const [measured, smoothed, validation] = curveLines(run, 'loss', { smoothing: 0.5, buckets });
    expect(measured).toMatchObject({ label: 'training as measured', y: [4, 2], isFaint: true });
    // (0.5·0.5·4 + 0.5·2) ÷ (1 − 0.5²)
    expect(smoothed).toMatchObject({ label: 'training', y: [4, 8 / 3], isFaint: false });
    expect(validation).toMatchObject({ label: 'validation' });
  });

  it('of a run among others have its colour, validation is dashed, and nothing stands behind', () => {
    expect(curveLines(run, 'loss', { smoothing: 0.5, buckets, colour: 3 })).toMatchObject([
      { run: 'r', part: 'training', colour: '--run-3', isDashed: false, isFaint: false },
      { run: 'r', part: 'validation', colour: '--run-3', isDashed: true },
    ]);
  });

  it('have the value of the last point before an epoch', () => {
    const line = { x: [1, 2], y: [10, 20] };
    expect([null, 0.5, 1, 1.9, 3].map((epoch) => valueAt(line, epoch))).toEqual([20, undefined, 10, 10, 20]);
  });

  it('of a metric of epochs are dotted, and nothing of them is smoothed', () => {
    expect(curveLines(run, 'auc', { smoothing: 0.5, buckets })).toMatchObject([
      { label: 'training', y: [0.5], hasDots: true },
      { label: 'validation', y: [0.6], hasDots: true },
    ]);
  });
});
