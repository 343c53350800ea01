import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeterState, Observation } from './_define';
import { keptScores } from './_scores';
import { metricOf, metrics, metricSettings } from './index';

const size = { size: 'medium' } as const;
const score = fc.float({ min: 0, max: 1, noNaN: true });

/** Some batches of one kind. */
const batches: fc.Arbitrary<readonly Observation[]> = fc.oneof(
  fc.array(fc.array(fc.tuple(score, score, score, fc.nat(2)), { minLength: 1, ...size }), { minLength: 2, ...size }).map((all) =>
    all.map((rows): Observation => ({
      kind: 'classes',
      classes: 3,
      scores: Float32Array.from(rows.flatMap(([a, b, c]) => [a, b, c])),
      targets: Int32Array.from(rows, ([, , , target]) => target),
    })),
  ),
  ...(['binary', 'values'] as const).map((kind) =>
    fc.array(fc.array(fc.tuple(score, fc.nat(1)), { minLength: 1, ...size }), { minLength: 2, ...size }).map((all) =>
      all.map((rows): Observation => ({
        kind,
        scores: Float32Array.from(rows, ([own]) => own),
        targets: Float32Array.from(rows, ([, target]) => target),
      })),
    ),
  ),
);

const settingsOf = (kind: (typeof metrics)[number]['kind']) =>
  metricSettings.parse(kind === 'topKCategoricalAccuracy' ? { kind, k: 2 } : { kind });

describe('what a metric has seen', () => {
  it('is all that it takes to go on: the number over a stop is that over one go, bit by bit', () => {
    fc.assert(
      fc.property(batches, fc.nat(), (all, cut) => {
        const stop = cut % all.length;
        for (const { kind, measures } of metrics) {
          if (!measures.includes((all[0] as Observation).kind)) continue;
          const whole = metricOf(kind).meter(settingsOf(kind));
          const first = metricOf(kind).meter(settingsOf(kind));
          for (const batch of all) whole.add(batch);
          for (const batch of all.slice(0, stop)) first.add(batch);
          const second = metricOf(kind).meter(settingsOf(kind), structuredClone(first.state()));
          for (const batch of all.slice(stop)) second.add(batch);
          expect(second.result(), kind).toBe(whole.result());
          expect(second.state(), kind).toEqual(whole.state());
        }
      }),
      { numRuns: 30 },
    );
  });

  it('counts as nothing where it cannot be the metric’s own, and never as more than it says', () => {
    const seen: Observation = { kind: 'classes', classes: 2, scores: [0.75, 0.25, 0.5, 0.25], targets: [0, 1] };
    const number = fc.oneof(fc.constant(null), fc.integer(), fc.double(), fc.constantFrom(0, 1, 2, 2 ** 60));
    const states = fc.record(
      {
        numbers: fc.array(number, size),
        scores: fc.array(fc.float(), size).map((list) => Float32Array.from(list)),
        targets: fc.array(fc.integer({ min: -3, max: 3 }), size).map((list) => Int32Array.from(list)),
      },
      { requiredKeys: ['numbers'] },
    );
    fc.assert(
      fc.property(states, (state: MeterState) => {
        for (const { kind } of metrics) {
          const meter = metricOf(kind).meter(settingsOf(kind), state);
          meter.add(seen);
          expect(typeof meter.result()).toBe('number');
          expect(() => meter.state()).not.toThrow();
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the scores that an area under a curve needs', () => {
  const rows = (count: number, from = 0): Observation => ({
    kind: 'classes',
    classes: 2,
    scores: Array.from({ length: 2 * count }, (_, index) => 2 * from + index),
    targets: Array.from({ length: count }, (_, index) => Number(from + index === 4)),
  });

  it('are thinned to every second row, every fourth and so on where they are too many, over a stop too', () => {
    const kept = keptScores(undefined, 8);
    kept.add(rows(4));
    expect(kept.column(0)).toEqual([Float32Array.of(0, 2, 4, 6), new Float32Array(0)]);
    kept.add(rows(1, 4));
    // Rows 0, 2 and 4 of five.
    expect(kept.column(0)).toEqual([Float32Array.of(0, 4), Float32Array.of(8)]);
    const further = keptScores(structuredClone(kept.state()), 8);
    further.add(rows(4, 5));
    expect(further.column(1)).toEqual([Float32Array.of(9), Float32Array.of(1, 17)]);
    expect(further.state().numbers).toEqual([2, 4, 9]);
  });

  it('of which one is no number give none, and no endless search for its like', () => {
    const meter = metricOf('auc').meter({ kind: 'auc' });
    meter.add({ kind: 'binary', scores: [0.5, NaN, 0.25], targets: [1, 0, 0] });
    expect(meter.result()).toBeNaN();
  });
});
