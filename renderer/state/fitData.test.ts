import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../../shared/document/document';
import { applyEdits } from '../../shared/graph/applyEdits';
import { analyze } from '../../shared/infer/analyze';
import { digits } from '../../shared/testing/digits';
import { networkOf } from '../../shared/testing/networks';
import { fitToData } from './fitData';
import { dataMismatch } from './trainable';

const network = (shape: readonly (number | string)[], units: number, pool = 2): SkipDocument => ({
  ...networkOf(
    {
      image: ['input', { shape }],
      pool: ['maxPooling2d', { poolSize: [pool, pool] }],
      flat: ['flatten'],
      scores: ['dense', { units }],
      probabilities: ['softmax'],
      classes: ['output'],
    },
    ['image → pool → flat → scores → probabilities → classes'],
    shape[0] === 1 ? 'channelsFirst' : 'channelsLast',
  ),
  data: { dataset: 'digits', inputs: {} },
});

const fitOf = (document: SkipDocument) => fitToData(document, analyze(document), digits);

describe('a network that does not fit its data', () => {
  it.each([
    [[28, 28, 1], 10, 'Set image to 8×8×1'],
    [['H', 'W', 3], 10, 'Set image to 8×8×1'],
    [[8, 8, 1], 1000, 'Set scores to 10 units'],
    [[32, 32, 3], 100, 'Set image to 8×8×1, and scores to 10 units'],
    [[1, 28, 28], 10, 'Set image to 1×8×8'],
  ])('of %j and %i units: %s', (shape, units, title) => {
    const document = network(shape, units);
    const fit = fitOf(document);
    expect(fit?.title).toBe(title);
    const after = applyEdits(document, fit?.edits ?? []);
    expect(dataMismatch(after, analyze(after), digits)).toBeUndefined();
  });

  it('is not offered what would break it, nor anything where it fits', () => {
    expect(fitOf(network([28, 28, 1], 10, 16))).toBeUndefined();
    expect(fitOf(network([8, 8, 1], 10))).toBeUndefined();
  });
});
