import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainingPosition } from '../../shared/rpc/contract';
import { encodeSafetensors } from '../../shared/weights/safetensors';
import type { Weights } from '../../shared/weights/weights';
import { decodeCheckpoint, encodeCheckpoint, positionIn, weightsIn } from './checkpointFile';

const weights: Weights = {
  'dense/kernel': { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) },
  'optimizer:average/dense/kernel': { dtype: 'float32', shape: [2], data: Float32Array.of(3, 4) },
};
const sums = { samples: 12, loss: 3.5, outputs: { digit: { loss: 3.5, correct: 4, count: 12 } } };

function withMeters(meters: NonNullable<TrainingPosition['sums']>['meters']): TrainingPosition {
  return { epoch: 1, step: 17, sums: { ...sums, meters } };
}

describe('the file of a checkpoint', () => {
  it('gives back weights, place and all that metrics have seen, and of the weights alone the averages', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(fc.string({ unit: 'grapheme', size: 'medium' }), fc.constantFrom('constructor', 'digit/auc', 'scores/x')),
          fc.record(
            {
              numbers: fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), { size: 'medium' }),
              kept: fc.array(fc.tuple(fc.float(), fc.integer({ min: -1, max: 9 })), { size: 'medium' }),
            },
            { requiredKeys: ['numbers'] },
          ),
        ),
        (drawn) => {
          const meters = Object.entries(drawn).map(([name, { numbers, kept }]) => {
            // JSON has no −0.
            const own = { numbers: numbers.map((number) => (number === 0 ? 0 : number)) };
            if (!kept) return [name, own] as const;
            return [
              name,
              { ...own, scores: Float32Array.from(kept, ([score]) => score), targets: Int32Array.from(kept, ([, target]) => target) },
            ] as const;
          });
          const position = withMeters(Object.fromEntries(meters));
          const file = encodeCheckpoint({ weights, position });
          expect(decodeCheckpoint(file)).toEqual({ weights, position });
          expect(positionIn(file)).toMatchObject({ epoch: 1, step: 17 });
          expect(weightsIn(file)['dense/kernel']?.data).toEqual(Float32Array.of(3, 4));
          expect(Object.keys(weightsIn(file))).toEqual(Object.keys(weights));
        },
      ),
    );
  });

  it('is no checkpoint where it does not say where the training was, or says it in a way that cannot be', () => {
    expect(decodeCheckpoint(encodeSafetensors(weights))).toBeNull();
    for (const position of ['', '{', 'null', '{"epoch":-1,"step":2}', '{"epoch":1,"step":2,"sums":{"samples":1}}'])
      expect(decodeCheckpoint(encodeSafetensors(weights, { position }))).toBeNull();
  });

  it('whose scores are of another type goes on without them', () => {
    const position = JSON.stringify(withMeters({ auc: { numbers: [1, 1, 2] } }));
    const scores = { dtype: 'int32', shape: [2], data: Int32Array.of(1, 2) } as const;
    const file = encodeSafetensors({ ...weights, 'metric:scores/auc': scores, 'metric:targets/auc': scores }, { position });
    expect(decodeCheckpoint(file)?.position.sums?.meters).toEqual({ auc: { numbers: [1, 1, 2] } });
    expect(Object.keys(decodeCheckpoint(file)?.weights ?? {})).toEqual(Object.keys(weights));
  });
});
