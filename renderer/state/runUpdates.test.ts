import { describe, expect, it } from 'vitest';
import type { RunSummary, StepPoint } from '../../shared/rpc/contract';
import { rateToGoOnWith } from '../../shared/training/rateToGoOnWith';
import { isActive, latestFirst, withDetails, withList, withoutRun, withProgress } from './runUpdates';

const summary = (change: Partial<RunSummary> = {}): RunSummary => ({
  id: 'r1',
  documentId: 'd1',
  documentName: 'digits-resnet',
  status: 'running',
  message: null,
  engine: 'TensorFlow 2.15',
  startedAt: 1000,
  endedAt: null,
  request: {
    dataset: 'digits',
    epochs: 20,
    batchSize: 32,
    seed: 1,
    engine: null,
    optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false },
  },
  epoch: 1,
  step: 10,
  totalSteps: 100,
  secondsLeft: 3,
  imagesPerSecond: 1000,
  hasWeights: false,
  best: null,
  testAccuracy: null,
  ...change,
});
const point = (step: number): StepPoint => ({ step, epoch: step / 10, loss: 1, accuracy: null });
const steps = (runs: ReturnType<typeof withList>, id = 'r1') => {
  const points = runs[id]?.points;
  return points ? Array.from(points.step.subarray(0, points.length)) : [];
};

describe('runs as the host tells of them', () => {
  it('a listed run has no curve until it is fetched', () => {
    const listed = withList({}, [summary()]);
    expect([listed['r1']?.isComplete, steps(listed)]).toEqual([false, []]);
    const fetched = withDetails(listed, { summary: summary(), points: [point(1), point(2)], epochs: [] });
    expect([fetched['r1']?.isComplete, steps(fetched)]).toEqual([true, [1, 2]]);
  });

  it('progress that came while the host was answering is kept', () => {
    const runs = withProgress(withList({}, [summary()]), {
      summary: summary({ step: 3, status: 'finished', endedAt: 9 }),
      points: [point(3)],
      epochs: [],
    });
    const fetched = withDetails(runs, { summary: summary({ step: 2 }), points: [point(1), point(2)], epochs: [] });
    expect(steps(fetched)).toEqual([1, 2, 3]);
    expect(fetched['r1']?.summary.status).toBe('finished');
  });

  it('a run that was followed from its beginning needs no fetching', () => {
    const started = withProgress({}, { summary: summary({ status: 'preparing', step: 0 }), points: [], epochs: [] });
    const went = withProgress(started, { summary: summary(), points: [point(1)], epochs: [] });
    expect(went['r1']?.isComplete).toBe(true);
    expect(withProgress({}, { summary: summary(), points: [point(10)], epochs: [] })['r1']?.isComplete).toBe(false);
  });

  it('a fresh list keeps the curves of the runs in it and drops the runs that are gone', () => {
    const runs = withDetails(withList({}, [summary(), summary({ id: 'r2' })]), { summary: summary(), points: [point(1)], epochs: [] });
    const listed = withList(runs, [summary({ status: 'stopped' })]);
    expect(Object.keys(listed)).toEqual(['r1']);
    expect([listed['r1']?.summary.status, steps(listed)]).toEqual(['stopped', [1]]);
  });

  it('orders runs with the latest first, and forgets one', () => {
    const runs = withList({}, [summary(), summary({ id: 'r2', startedAt: 2000 })]);
    expect(latestFirst(runs).map((run) => run.summary.id)).toEqual(['r2', 'r1']);
    expect(Object.keys(withoutRun(runs, 'r2'))).toEqual(['r1']);
  });

  it('a run that its learning rate broke goes on with a tenth of it, every other as it was', () => {
    expect([summary({ brokenBy: 'learningRate' }), summary({ brokenBy: 'data' }), summary()].map(rateToGoOnWith)).toEqual([
      0.01,
      undefined,
      undefined,
    ]);
  });

  it('a paused run has not ended, a failed one has', () => {
    expect([isActive(summary({ status: 'paused' })), isActive(summary({ status: 'failed' }))]).toEqual([true, false]);
  });
});
