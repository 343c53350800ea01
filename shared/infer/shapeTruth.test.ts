import { expect, it } from 'vitest';
import { shapeTruth } from '../testing/shapeTruth';

/** All 20,000 are in bench/shapeTruth.ts. */
it('random networks have the shapes that TensorFlow.js’s layers give; what only we refuse has a code', () => {
  let agree = 0;
  for (let seed = 100_001; seed <= 100_150; seed += 1) {
    const verdict = shapeTruth(seed);
    expect(verdict.disagreements, `network ${seed}`).toEqual([]);
    for (const code of verdict.stricter) expect(code).toMatch(/^(shape|param)\//);
    agree += verdict.agree;
  }
  expect(agree).toBeGreaterThan(500);
});
