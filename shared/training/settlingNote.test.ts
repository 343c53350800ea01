import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { networkOf, residualNetwork } from '../testing/networks';
import { settlingNote } from './settlingNote';

const normalised = (params = {}) =>
  analyze(networkOf({ image: ['input', { shape: [8, 8, 1] }], norm: ['batchNormalization', params], y: ['output'] }, ['image → norm → y']));

describe('moving statistics that do not settle in a training', () => {
  it('are told with what is left of their beginning, and with what settles them', () => {
    // 0.99 ^ 93 = 0.3927; 0.96 ^ 93 = 0.0225 and 0.97 ^ 93 = 0.0588; 0.99 ^ 298 = 0.05003 and 0.99 ^ 299 = 0.0495: ten epochs of 31.
    expect(settlingNote(normalised(), { batchesPerEpoch: 31, epochs: 3 })).toBe(
      '“norm” has too few batches: after all 93, 39 % of its moving mean and variance is still the initial value, and validation looks ' +
        'worse than it is. They settle with a momentum of 0.96, 10 epochs, or smaller batches.',
    );
  });

  it('are those of which more than a twentieth is left', () => {
    expect(settlingNote(normalised(), { batchesPerEpoch: 298, epochs: 1 })).toContain('after all 298, 5 %');
    expect(settlingNote(normalised(), { batchesPerEpoch: 299, epochs: 1 })).toBeUndefined();
    // 0.9 ^ 28 = 0.0523, 0.9 ^ 29 = 0.0471.
    expect(settlingNote(normalised({ momentum: 0.9 }), { batchesPerEpoch: 28, epochs: 1 })).toContain('2 epochs');
    expect(settlingNote(normalised({ momentum: 0.9 }), { batchesPerEpoch: 29, epochs: 1 })).toBeUndefined();
    expect(settlingNote(normalised({ momentum: 0 }), { batchesPerEpoch: 1, epochs: 1 })).toBeUndefined();
  });

  it('can be those of layers that normalise among other things, by the slowest', () => {
    const note = settlingNote(analyze(residualNetwork()), { batchesPerEpoch: 1, epochs: 1 });
    // After one batch 0.99 is left; a momentum of 0.05 leaves 0.05.
    expect(note).toMatch(/^\d batch normalizations have too few batches: after all 1, 99 % .* a momentum of 0\.05, 299 epochs, or/);
    const settled = normalised({ momentum: 0.05 });
    expect(settlingNote(settled, { batchesPerEpoch: 1, epochs: 1 })).toBeUndefined();
  });

  it('that never move are told without epochs that would help', () => {
    const note = settlingNote(normalised({ momentum: 1 }), { batchesPerEpoch: 10_000, epochs: 1 });
    expect(note).toContain('100 % of its moving mean and variance');
    expect(note).toMatch(/They never move: give a momentum of 0\.99\.$/);
  });
});
