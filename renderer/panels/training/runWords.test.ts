import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../shared/rpc/contract';
import { keyFigure, progressShare, progressWords } from './runWords';

const summary = (change: Partial<RunSummary> = {}): RunSummary => ({
  id: 'r1',
  documentId: 'd1',
  documentName: 'digits-resnet',
  status: 'running',
  message: null,
  engine: 'TensorFlow 2.15',
  startedAt: 0,
  endedAt: null,
  request: {
    dataset: 'digits',
    epochs: 20,
    batchSize: 32,
    seed: 1,
    engine: null,
    optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false },
  },
  epoch: 11,
  step: 600,
  totalSteps: 1000,
  secondsLeft: 38.2,
  imagesPerSecond: 4120.3,
  hasWeights: true,
  best: { epoch: 11, validationAccuracy: 0.974 },
  testAccuracy: null,
  ...change,
});
const words = (change: Partial<RunSummary>) => progressWords(summary(change)).replaceAll('\u00a0', ' ');
const row = (epoch: number, validationAccuracy: number) => ({
  epoch,
  trainLoss: 0.1,
  trainAccuracy: 0.9,
  validationLoss: 0.2,
  validationAccuracy,
  seconds: 1,
});

describe('what a run is at, in words', () => {
  it('says time left and speed while it runs', () => {
    expect(words({})).toBe('38 s left · 4,120 images/s');
    expect(words({ secondsLeft: null })).toBe('4,120 images/s');
    expect(words({ secondsLeft: null, imagesPerSecond: null })).toBe('Running');
    expect(words({ silentSince: 1 })).toBe('The engine does not answer.');
  });

  it('says where it was paused and how long it took', () => {
    expect(words({ status: 'paused' })).toBe('Paused in epoch 12 · 38 s left');
    expect(words({ status: 'finished', endedAt: 61_000 })).toBe('Finished in 1 min 1 s · 4,120 images/s');
    expect(words({ status: 'stopped', endedAt: 7_000 })).toBe('Stopped after 7 s');
  });

  it('shows the validation accuracy of the last epoch, and the test accuracy once there is one', () => {
    const figures = (view: Parameters<typeof keyFigure>[0]) => Object.values(keyFigure(view)).join(' ').replaceAll('\u00a0', ' ');
    expect(figures({ summary: summary(), epochs: [row(10, 0.98), row(11, 0.974)] })).toBe('97.4 % validation accuracy · epoch 12 of 20');
    expect(figures({ summary: summary({ epoch: 0 }), epochs: [] })).toBe('– validation accuracy · epoch 1 of 20');
    const ended = summary({ status: 'finished', endedAt: 1, epoch: 20, testAccuracy: 0.981 });
    expect(figures({ summary: ended, epochs: [row(20, 0.97)] })).toBe('98.1 % test accuracy · 20 epochs');
  });

  it('is whole when it is finished, and never more than whole', () => {
    expect([progressShare(summary()), progressShare(summary({ status: 'finished' })), progressShare(summary({ totalSteps: 0 }))]).toEqual([
      0.6, 1, 0,
    ]);
  });
});
