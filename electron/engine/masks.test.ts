import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../../shared/document/document';
import { compiledMasked, maskedBatch, maskedNetworks, maskOptimizer, MASK_SEED } from '../../shared/testing/maskedNetworks';
import { maskedNumbers } from '../../shared/testing/maskedNumbers';
import { engines } from './engines';
import { freshWeights } from './training';

const available = engines().flatMap(({ backend }) => (backend ? [backend] : []));
/** A busy machine is no fault; in milliseconds. */
const PATIENCE = 300_000;
/** Relative: single precision, rounded in another order at each of ten steps. */
const BAR = 1e-4;

describe.each(available.map((backend) => [backend.name, backend] as const))('masks on %s', (_, backend) => {
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
