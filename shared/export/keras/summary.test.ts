import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../infer/analyze';
import { networkOf } from '../../testing/networks';
import { kerasSummary } from './summary';

/** What Keras 2.15 printed of the same two networks, by interop/summary.py. */
const printed = readFileSync(new URL('../../testing/kerasSummary.txt', import.meta.url), 'utf8').trimEnd();
const [chain, residual] = printed.split(/^(?=Model:)/m).map((text) => text.trimEnd());

describe('the summary is what Keras prints', () => {
  it('of a chain', () => {
    const network = networkOf(
      {
        image: ['input', { shape: [8, 8, 1] }],
        conv: ['conv2d', { filters: 4, kernelSize: [3, 3], padding: 'same', useBias: false }],
        flatten: ['flatten'],
        scores: ['dense', { units: 10 }],
        out: ['output'],
      },
      ['image → conv → flatten → scores → out'],
    );
    expect(kerasSummary(analyze(network), 'chain')).toBe(chain);
  });

  it('of branches, with long names and several inputs', () => {
    const stem = 'stem_of_the_residual_network';
    const network = networkOf(
      {
        image: ['input', { shape: [28, 28, 3] }],
        [stem]: ['conv2d', { filters: 16, kernelSize: [3, 3], padding: 'same' }],
        norm: ['batchNormalization'],
        relu: ['relu'],
        conv: ['conv2d', { filters: 16, kernelSize: [3, 3], padding: 'same', useBias: false }],
        projection: ['conv2d', { filters: 16, kernelSize: [1, 1] }],
        add: ['add'],
        pool: ['globalAveragePooling2d'],
        scores: ['dense', { units: 10 }],
        out: ['output'],
      },
      [
        `image → ${stem} → norm → relu → conv → add:inputs.0`,
        `${stem} → projection → add:inputs.1`,
        `${stem} → add:inputs.2`,
        'add → pool → scores → out',
      ],
    );
    expect(kerasSummary(analyze(network), 'residual')).toBe(residual);
  });

  it('names inputs in the order of the ports, not of the wires', () => {
    const network = networkOf(
      {
        v: ['input', { shape: [4, 8] }],
        q: ['input', { shape: [4, 8] }],
        attend: ['multiHeadAttention', { numHeads: 2, keyDim: 4 }],
        out: ['output'],
      },
      ['v → attend:value', 'q → attend:query', 'attend → out'],
    );
    expect(kerasSummary(analyze(network), 'attention')).toMatch(/attend[^\n]*'q\[0\]\[0\]'[\s\S]*'v\[0\]\[0\]'/);
  });
});
