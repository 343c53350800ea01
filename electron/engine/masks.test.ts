import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../../shared/document/document';
import { compiledMasked, maskedBatch, maskedNetworks, maskOptimizer, MASK_BATCH, MASK_SEED } from '../../shared/testing/maskedNetworks';
import { maskedNumbers } from '../../shared/testing/maskedNumbers';
import type { Batch, Tensors } from './backend';
import { engines } from './engines';
import { createMeasure } from './measuring';
import { freshWeights } from './training';

const available = engines().flatMap(({ backend }) => (backend ? [backend] : []));
/** A busy machine is no fault; in milliseconds. */
const PATIENCE = 300_000;
/** Relative: single precision, rounded in another order at each of ten steps. */
const BAR = 1e-4;

/** Some samples of a batch. */
function samplesOf({ inputs, targets }: Batch, begin: number, end: number): Batch {
  const some = (tensors: Tensors): Tensors =>
    Object.fromEntries(
      Object.entries(tensors).map(([name, { dtype, shape, data }]) => {
        const one = data.length / (shape[0] as number);
        return [name, { dtype, shape: [end - begin, ...shape.slice(1)], data: data.slice(begin * one, end * one) }];
      }),
    );
  return { inputs: some(inputs), targets: some(targets) };
}

describe.each(available.map((backend) => [backend.name, backend] as const))('masks on %s', (_, backend) => {
  it.each(Object.keys(maskedNetworks))(
    '%s measures what Keras measures over two batches, of the steps that count alone',
    async (name) => {
      const keras = (maskedNumbers[name] as (typeof maskedNumbers)[string]).metrics;
      const network = compiledMasked(maskedNetworks[name] as SkipDocument);
      const batch = maskedBatch(network);
      const session = await backend.load(network);
      try {
        await session.initialize(freshWeights(network, MASK_SEED));
        const measure = createMeasure(network, [{ kind: 'topKCategoricalAccuracy', k: 2 }]);
        for (const [begin, end] of [
          [0, 4],
          [4, MASK_BATCH],
        ] as const)
          measure.add(await session.evaluate(samplesOf(batch, begin, end)), end - begin);
        const { loss, accuracy, metrics } = measure.result();
        const ours: Readonly<Record<string, number | null>> = { loss, accuracy, ...metrics };
        expect(Object.keys(ours).toSorted()).toEqual(Object.keys(keras).toSorted());
        for (const [metric, theirs] of Object.entries(keras)) expect(ours[metric], metric).toBeCloseTo(theirs, 5);
      } finally {
        session.dispose();
      }
    },
    PATIENCE,
  );

  it.each(Object.keys(maskedNetworks))(
    '%s loses in ten steps what Keras loses, and predicts before them what it predicts',
    async (name) => {
      const keras = maskedNumbers[name] as (typeof maskedNumbers)[string];
      const network = compiledMasked(maskedNetworks[name] as SkipDocument);
      const batch = maskedBatch(network);
      const session = await backend.load(network);
      try {
        await session.initialize(freshWeights(network, MASK_SEED));
        const [prediction] = Object.values(await session.predict(batch.inputs));
        keras.prediction.forEach((value, index) => expect(Math.abs((prediction?.data[index] as number) - value)).toBeLessThan(1e-5));
        for (const [step, theirs] of keras.losses.entries()) {
          const { loss } = await session.train(batch, { learningRate: maskOptimizer.learningRate, seed: [MASK_SEED, step] });
          expect(Math.abs(loss / theirs - 1), `step ${step + 1}`).toBeLessThan(BAR);
        }
      } finally {
        session.dispose();
      }
    },
    PATIENCE,
  );
});
