import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../document/document';
import { tfjs } from '../export/tfjs/tfjs';
import { NO_MASKS_IN_TFJS } from '../layers/_masks';
import { allLayers } from '../layers/index';
import { analyze } from '../infer/analyze';
import { masksIn } from '../infer/masks';
import { initialValue } from './initialize';
import { compiledMasked, fingerprint, maskedBatch, maskedNetworks, MASK_SEED } from '../testing/maskedNetworks';
import { maskedNumbers } from '../testing/maskedNumbers';
import { networkOf } from '../testing/networks';
import type { Params } from '../graph/graph';
import { array, type NumberArray } from '../testing/reference/array';
import { evaluateProgram } from '../testing/reference/evaluate';
import type { Weights } from '../weights/weights';
import type { Program } from './program';

function arrays(tensors: Weights, prefix = ''): Record<string, NumberArray> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [`${prefix}${name}`, { shape: [...shape], data: Float64Array.from(data) }]),
  );
}

/** Predictions, loss and gradients of a network with masks, by our reference in float64. */
function evaluated(network: SkipDocument) {
  const compiled = compiledMasked(network);
  const batch = maskedBatch(compiled);
  const fed = { ...arrays(batch.inputs, 'input/'), ...arrays(batch.targets, 'target/'), seed: array([2], [1, 2]) };
  const weights = Object.fromEntries(
    compiled.variables.map((spec): [string, NumberArray] => [
      spec.name,
      { shape: [...spec.shape], data: Float64Array.from(initialValue(spec, MASK_SEED)) },
    ]),
  );
  const run = (program: Program | undefined) => evaluateProgram(program as Program, fed, weights).outputs;
  return {
    predict: run(compiled.programs.predict),
    gradients: run(compiled.programs.gradients),
    evaluate: run(compiled.programs.evaluate),
  };
}

describe.each(Object.keys(maskedNetworks))('%s, with masked steps', (name) => {
  const network = maskedNetworks[name] as SkipDocument;
  const keras = maskedNumbers[name] as (typeof maskedNumbers)[string];
  const ours = evaluated(network);

  it('predicts what Keras predicts', () => {
    const prediction = [...(ours.predict['output/out']?.data ?? [])];
    expect(prediction).toHaveLength(keras.prediction.length);
    prediction.forEach((value, index) => expect(Math.abs(value - (keras.prediction[index] as number))).toBeLessThan(1e-7));
  });

  it('loses what Keras loses, and has its gradients', () => {
    expect(ours.gradients['loss']?.data[0]).toBeCloseTo(keras.loss, 7);
    for (const [weight, theirs] of Object.entries(keras.gradients)) {
      const gradient = ours.gradients[`gradient/${weight}`]?.data ?? [NaN];
      expect(Math.abs(fingerprint(gradient) - theirs), weight).toBeLessThan(1e-7);
    }
  });
});

describe('a mask', () => {
  it('leaves out of the accuracy the steps that do not count', () => {
    const name = 'a class for each step, from both directions';
    const { mask, prediction } = maskedNumbers[name] as (typeof maskedNumbers)[string];
    const network = maskedNetworks[name] as SkipDocument;
    const labels = Object.values(maskedBatch(compiledMasked(network)).targets)[0]?.data ?? [];
    const best = (at: number) =>
      [0, 1, 2].reduce((a, b) => ((prediction[3 * at + b] as number) > (prediction[3 * at + a] as number) ? b : a));
    const counted = [...labels].flatMap((label, at) => (mask?.[at] === 1 ? [label === best(at)] : []));
    const share = counted.filter(Boolean).length / counted.length;
    expect(counted.length).toBeLessThan(labels.length);
    const { 'correct/out': correct, 'mask/out': counts } = evaluated(network).evaluate;
    expect([...(counts?.data ?? [])]).toEqual(mask);
    expect((correct?.data[0] as number) / counted.length).toBeCloseTo(share, 12);
  });

  it('that nobody makes changes no program', () => {
    const layers = {
      tokens: ['input', { shape: [7], dtype: 'int32' }],
      words: ['embedding'],
      reader: ['lstm', { units: 3 }],
      out: ['output'],
    } as const;
    const primitives = compiledMasked(networkOf(layers, ['tokens → words → reader → out'])).programs.predict.operations;
    expect(primitives.filter(({ primitive }) => ['equal', 'greater'].includes(primitive))).toEqual([]);
  });

  it('of a sample of which no step counts gives 0 for its mean, and no NaN', () => {
    const document = networkOf(
      { rows: ['input', { shape: [3, 2] }], masking: ['masking'], mean: ['globalAveragePooling1d'], out: ['output'] },
      ['rows → masking → mean → out'],
    );
    const rows = array([2, 3, 2], [0, 0, 0, 0, 0, 0, 4, 2, 0, 0, 2, 4]);
    const { outputs } = evaluateProgram(compiledMasked(document).programs.predict, { 'input/rows': rows });
    expect([...(outputs['output/out']?.data ?? [])]).toEqual([0, 0, 3, 3]);
  });

  it('counts where it counts in any input of a merge, as in Keras 3', () => {
    const document = networkOf(
      {
        rows: ['input', { shape: [3, 2] }],
        zeros: ['masking'],
        ones: ['masking', { maskValue: 1 }],
        add: ['add'],
        mean: ['globalAveragePooling1d'],
        out: ['output'],
      },
      ['rows → zeros → add:inputs.0', 'rows → ones → add:inputs.1', 'add → mean → out'],
    );
    // zeros counts steps 2 and 3, ones 1 and 3: all three.
    const rows = array([1, 3, 2], [0, 0, 1, 1, 5, 7]);
    const { outputs } = evaluateProgram(compiledMasked(document).programs.predict, { 'input/rows': rows });
    expect([...(outputs['output/out']?.data ?? [])]).toEqual([(0 + 1 + 10) / 3, (0 + 1 + 14) / 3]);
  });
});

describe('masks of inputs one after the other', () => {
  const stacked = networkOf(
    {
      rows: ['input', { shape: [3, 2] }],
      plain: ['input', { shape: [2, 2] }],
      masking: ['masking'],
      both: ['concatenate', { axis: 1 }],
      mean: ['globalAveragePooling1d'],
      out: ['output'],
    },
    ['rows → masking → both:inputs.0', 'plain → both:inputs.1', 'both → mean → out'],
  );

  it('are put together as the steps are; of one without a mask all steps count, zeros too', () => {
    const fed = { 'input/rows': array([1, 3, 2], [0, 0, 3, 1, 0, 0]), 'input/plain': array([1, 2, 2], [0, 0, 6, 2]) };
    const { outputs } = evaluateProgram(compiledMasked(stacked).programs.predict, fed);
    expect([...(outputs['output/out']?.data ?? [])]).toEqual([3, 1]);
  });
});

describe('the query of an attention', () => {
  it('that is masked gives zeros and stays masked, as in Keras', () => {
    const document = networkOf(
      { rows: ['input', { shape: [3, 2] }], masking: ['masking'], look: ['scaledDotProductAttention'], out: ['output'] },
      ['rows → masking → look:query', 'rows → look:key', 'rows → look:value', 'look → out'],
    );
    const rows = array([1, 3, 2], [1, 1, 0, 0, 2, 2]);
    const { outputs } = evaluateProgram(compiledMasked(document).programs.predict, { 'input/rows': rows });
    const steps = [...(outputs['output/out']?.data ?? [])];
    expect(steps.slice(2, 4)).toEqual([0, 0]);
    expect(steps[0]).toBeGreaterThan(1);
    const { flat, order } = analyze(document);
    expect([...masksIn(flat, order).masked]).toEqual(['masking', 'look', 'out']);
  });
});

describe('a network with masks', () => {
  it('is refused by TensorFlow.js, whose layers pass them on wrongly, with the reason', () => {
    for (const document of Object.values(maskedNetworks)) {
      const files = tfjs.files({ name: 'masked', document, analysis: analyze(document), weights: {} });
      expect(files.ok ? [] : files.error.reasons.map(({ reason }) => reason)).toContain(NO_MASKS_IN_TFJS);
    }
  });
});

describe('a sequence too long for its mask', () => {
  const toldOf = (steps: number, maskZero: boolean) =>
    analyze(
      networkOf(
        {
          tokens: ['input', { shape: [steps], dtype: 'int32' }],
          words: ['embedding', { maskZero }],
          read: ['lstm', { units: 4 }],
          scores: ['dense', { units: 2 }],
          out: ['output'],
        },
        ['tokens → words → read → scores → out'],
      ),
    )
      .problems.filter(({ severity }) => severity === 'error')
      .map(({ code, node }) => `${node}: ${code}`);

  it('is an error of the LSTM that would read it, before anything is compiled', () => {
    expect(toldOf(513, true)).toEqual(['read: shape/masked-steps']);
    expect([toldOf(513, false), toldOf(512, true)]).toEqual([[], []]);
  });
});

describe('a mask that gets lost', () => {
  const lostAt = (layers: Parameters<typeof networkOf>[0], wires: readonly string[]) =>
    analyze(
      networkOf(
        { tokens: ['input', { shape: [7], dtype: 'int32' }], words: ['embedding', { maskZero: true }], out: ['output'], ...layers },
        wires,
      ),
    )
      .problems.filter(({ code }) => code === 'practice/mask-lost')
      .map(({ node, message }) => [node, message] as const);

  it.each(['flatten', 'globalMaxPooling1d', 'conv1d', 'maxPooling1d'] as const)('at a %s is told there', (type) => {
    const [found, ...others] = lostAt({ end: [type] }, ['tokens → words → end → out']);
    expect(found?.[0]).toBe('end');
    expect(found?.[1]).toContain('steps that only fill up count here');
    expect(others).toEqual([]);
  });

  /** Parameters with which a layer takes a sequence, where its defaults do not. */
  const settings: Readonly<Record<string, Params>> = { reshape: { targetShape: [84] }, permute: { dims: [2, 1] } };

  it('is told at every layer that takes a sequence and loses its mask', () => {
    const tokens = ['input', { shape: [7], dtype: 'int32' }] as const;
    const words = ['embedding', { outputDim: 12, maskZero: true }] as const;
    const silent = allLayers.flatMap(({ type, inputs, outputs: [first] }) => {
      const ends = inputs.map(({ name }) => `words → end:${name === 'inputs' ? 'inputs.0' : name}`);
      const document = networkOf({ tokens, words, end: [type, settings[type] ?? {}], out: ['output'] }, [
        'tokens → words',
        ...ends,
        ...(first ? [`end:${first.name} → out`] : []),
      ]);
      const { flat, order, problems } = analyze(document);
      const isLost = masksIn(flat, order).lost.has('end') && problems.every(({ severity }) => severity !== 'error');
      return isLost && !problems.some(({ code }) => code === 'practice/mask-lost') ? [type] : [];
    });
    expect(silent).toEqual([]);
  });

  it('at a merge with an input that has none is told with that input’s name', () => {
    const layers = { plain: ['embedding'], add: ['add'], reader: ['lstm'] } as const;
    const [found] = lostAt(layers, ['tokens → words → add:inputs.0', 'tokens → plain → add:inputs.1', 'add → reader → out']);
    expect(found?.[0]).toBe('add');
    expect(found?.[1]).toContain('plain has none');
  });

  it('at a layer of two inputs that joins none is told with the input that has the mask, by whatever layer it comes', () => {
    const layers = { act: ['relu'], plain: ['embedding'], dot: ['dot'] } as const;
    const wires = ['tokens → plain → dot:a', 'tokens → words → act → dot:b', 'dot → out'];
    const [found, ...others] = lostAt(layers, wires);
    expect(found?.[0]).toBe('dot');
    expect(found?.[1]).toContain('which steps of act are masked');
    expect(others).toEqual([]);
  });

  it('is not told where each layer passes it on and the last one reads it, nor of an embedding without one', () => {
    const layers = {
      wide: ['dense'],
      act: ['relu'],
      reader: ['lstm', { returnSequences: true }],
      mean: ['globalAveragePooling1d'],
    } as const;
    expect(lostAt(layers, ['tokens → words → wide → act → reader → mean → out'])).toEqual([]);
    expect(lostAt({ words: ['embedding'], end: ['flatten'] }, ['tokens → words → end → out'])).toEqual([]);
  });
});
