import { describe, expect, it } from 'vitest';
import { keras } from '../../testing/kerasNumbers';
import { metricName, metricNamed, metricOf, metrics, metricSettings, type MetricKind } from './index';
import { confusionMeter } from './confusion';
import type { Observation } from './_define';

const Z = [0.5, -1, 2, 3, 0, -2, 0, 0, 0, -4, 8, 1.5];
const Y = [0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0];
const logits: Observation = { kind: 'classes', scores: Z, classes: 3, targets: [1, 0, 2, 1] };

function measured(wanted: MetricKind | { kind: MetricKind; k: number }, ...observations: readonly Observation[]): number {
  const settings = metricSettings.parse(typeof wanted === 'string' ? { kind: wanted } : wanted);
  const meter = metricOf(settings.kind).meter(settings);
  for (const observation of observations) meter.add(observation);
  return meter.result();
}

/** Predictions of classes as scores. */
function predicted(targets: readonly number[], guesses: readonly number[], classes: number): Observation {
  const scores = guesses.flatMap((guess) => Array.from({ length: classes }, (_, index) => (index === guess ? 1 : 0)));
  return { kind: 'classes', scores, classes, targets };
}

describe('a metric', () => {
  it('is Keras’s where Keras has it', () => {
    expect(measured('accuracy', logits)).toBe(keras.metrics['accuracy']);
    const values: Observation = { kind: 'values', scores: Z, targets: Y };
    expect(measured('meanAbsoluteError', values)).toBeCloseTo(keras.metrics['mae'] as number, 6);
    expect(measured('rootMeanSquaredError', values)).toBeCloseTo(keras.metrics['rmse'] as number, 6);
  });

  it('is scikit-learn’s where that has it', () => {
    const classes = predicted([0, 1, 2, 2, 1, 0, 1, 2], [0, 2, 2, 1, 1, 0, 1, 0], 3);
    expect(measured('precision', classes)).toBeCloseTo(0.6111111111111112, 12);
    expect(measured('recall', classes)).toBeCloseTo(0.6666666666666666, 12);
    expect(measured('f1Score', classes)).toBeCloseTo(0.6222222222222222, 12);
    expect(measured('f1Score', logits)).toBeCloseTo(0.4444444444444444, 12);
    const answers: Observation = { kind: 'binary', scores: [0.9, 0.8, 0.2, 0.1, 0.7], targets: [0, 1, 1, 0, 1] };
    expect(measured('precision', answers)).toBeCloseTo(2 / 3, 12);
    expect(measured('recall', answers)).toBeCloseTo(2 / 3, 12);
    const ranked: Observation = { kind: 'binary', scores: [0.1, 0.9, 0.4, 0.4, 0.35, 0.8], targets: [0, 1, 1, 0, 1, 0] };
    expect(measured('auc', ranked)).toBeCloseTo(0.6111111111111112, 12);
    expect(measured('r2Score', { kind: 'values', scores: [2.5, 0, 2, 8], targets: [3, -0.5, 2, 7] })).toBeCloseTo(0.9486081370449679, 12);
  });

  it('counts a class as found among the best five', () => {
    const scores = [7, 6, 5, 4, 3, 2, 1];
    const ranked: Observation = { kind: 'classes', scores: [...scores, ...scores], classes: 7, targets: [4, 5] };
    expect(measured('topKCategoricalAccuracy', ranked)).toBe(0.5);
    expect(measured({ kind: 'topKCategoricalAccuracy', k: 6 }, ranked)).toBe(1);
    expect(measured({ kind: 'topKCategoricalAccuracy', k: 4 }, ranked)).toBe(0);
  });

  it('has a name that tells the settings that are not the usual ones, and from it a title', () => {
    const top = (k: number) => metricName({ kind: 'topKCategoricalAccuracy', k });
    expect([top(5), top(3)]).toEqual(['topKCategoricalAccuracy', 'topKCategoricalAccuracy,k=3']);
    expect(metricNamed(`digit/${top(3)}`)).toEqual({ title: 'digit: Top-3 accuracy', isShare: true });
    expect(metricNamed(top(5)).title).toBe('Top-5 accuracy');
    expect(metricNamed('topKCategoricalAccuracy,k=much').title).toBe('Top-k accuracy');
    expect(metricNamed('auc').title).toBe('AUC');
  });

  it('is the same over one batch and over two', () => {
    const whole = predicted([0, 1, 2, 2], [0, 2, 2, 1], 3);
    const parts = [predicted([0, 1], [0, 2], 3), predicted([2, 2], [2, 1], 3)];
    for (const { kind, measures } of metrics)
      if (measures.includes('classes')) expect(measured(kind, ...parts)).toBe(measured(kind, whole));
  });

  it('has no number before it has seen anything', () => {
    for (const { kind } of metrics) expect(measured(kind)).toBeNaN();
  });
});

describe('a confusion matrix', () => {
  it('has a row for each right class and a column for each predicted one', () => {
    const meter = confusionMeter();
    meter.add(predicted([0, 1, 1, 2], [0, 2, 1, 0], 3));
    expect(meter.counts()).toEqual([
      [1, 0, 0],
      [0, 1, 1],
      [1, 0, 0],
    ]);
  });
});
