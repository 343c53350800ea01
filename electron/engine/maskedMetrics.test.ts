import { expect, it } from 'vitest';
import type { CompiledNetwork, TargetType } from '../../shared/program/compiled';
import { keras } from '../../shared/testing/kerasNumbers';
import { metricSettings } from '../../shared/training/metrics/index';
import type { TensorData } from './backend';
import { createMeasure } from './measuring';

/** Of two batches of two sequences of three steps with two numbers each. */
const MASKS = [
  [1, 1, 0, 1, 0, 0],
  [0, 1, 1, 1, 1, 1],
];
const OF_BATCH = 12;

const score = (index: number) => 0.5 + 0.5 * Math.sin(7 * index + 1);
const answer = (index: number) => ((5 * index) % 7 < 3 ? 1 : 0);
const value = (index: number) => Math.sin(3 * index + 2);

function tensor(shape: readonly number[], from: number, numberAt: (index: number) => number): TensorData {
  const length = shape.reduce((product, size) => product * size, 1);
  return { dtype: 'float32', shape, data: Float32Array.from({ length }, (_, index) => numberAt(from + index)) };
}

it.each([
  ['binary', ['precision', 'recall', 'f1Score', 'auc'], answer],
  [null, ['meanAbsoluteError', 'rootMeanSquaredError', 'r2Score'], value],
] as const)('metrics of %s targets leave masked steps out as Keras does', (accuracy, kinds, truthAt) => {
  const target: TargetType = { name: 'y', type: { dtype: 'float32', shape: [null, 3, 2] } as never, form: 'values', classes: 2, accuracy };
  const measure = createMeasure(
    { targets: [target] } as unknown as CompiledNetwork,
    kinds.map((kind) => metricSettings.parse({ kind })),
  );
  MASKS.forEach((mask, batch) => {
    const [prediction, truth] = [score, truthAt].map((numberAt) => tensor([2, 3, 2], batch * OF_BATCH, numberAt));
    const counts = tensor([2, 3], 0, (index) => mask[index] as number);
    measure.add({ loss: 0, outputs: { y: { loss: 0, correct: null, count: 0, prediction, truth, mask: counts } } }, 2);
  });
  const { metrics } = measure.result();
  for (const kind of kinds) expect(metrics[kind], kind).toBeCloseTo(keras.maskedMetrics[kind] as number, 5);
});
