import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/infer/analyze';
import { findLayer } from '../../shared/layers/index';
import { compileNetwork, compileTrace } from '../../shared/program/compile';
import { residualNetwork } from '../../shared/testing/networks';
import type { Batch } from './backend';
import { engines } from './engines';
import { whereNotFinite } from './notFinite';
import { freshWeights } from './training';

const analysis = analyze(residualNetwork());
const compiled = compileNetwork(analysis, {
  findLayer,
  training: { optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false }, objectives: [] },
});
if (!compiled.ok) throw new Error(compiled.error.message);
const network = compiled.value;
const trace = () => ({ network: compileTrace(analysis, findLayer), nameOf: (path: string) => path });
const SEED = [1, 0] as const;

function batchOf(pixel: number): Batch {
  return {
    inputs: { image: { dtype: 'float32', shape: [2, 8, 8, 1], data: new Float32Array(128).fill(pixel) } },
    targets: { digit: { dtype: 'int32', shape: [2], data: Int32Array.of(0, 1) } },
  };
}

describe.each(engines().flatMap(({ backend }) => (backend ? [backend] : [])))('a step of $name whose loss is not finite', (backend) => {
  it('changes no weight and no moving statistic, and names the first layer whose output is not finite', async () => {
    const session = await backend.load(network);
    const weights = freshWeights(network, 1);
    // The sum over its 36 taps is beyond the largest float32.
    weights['conv1a/kernel']?.data.fill(3e38);
    await session.initialize(weights);
    const before = await session.read();
    const { loss } = await session.train(batchOf(1), { learningRate: 0.1, seed: SEED });
    expect(Number.isFinite(loss)).toBe(false);
    expect(await session.read()).toEqual(before);
    expect(await whereNotFinite({ backend, network, trace }, session, batchOf(1), SEED)).toMatchObject({
      where: 'the output of "conv1a" is the first that is not finite',
      brokenBy: 'learningRate',
    });
    session.dispose();
  });

  it('that a weight has broken names the weight, and one that the data broke the input', async () => {
    const session = await backend.load(network);
    const weights = freshWeights(network, 1);
    await session.initialize(weights);
    expect(await whereNotFinite({ backend, network, trace }, session, batchOf(NaN), SEED)).toMatchObject({
      where: 'the data for "image" holds a number that is not finite',
      brokenBy: 'data',
    });
    weights['conv2b/kernel']?.data.fill(NaN);
    await session.initialize(weights);
    expect(await whereNotFinite({ backend, network, trace }, session, batchOf(1), SEED)).toMatchObject({
      where: 'the weight "conv2b/kernel" is no finite number since the step before',
    });
    session.dispose();
  });

  it('does not hinder the step after it', async () => {
    const session = await backend.load(network);
    await session.initialize(freshWeights(network, 1));
    await session.train(batchOf(NaN), { learningRate: 0.1, seed: SEED });
    const { loss } = await session.train(batchOf(1), { learningRate: 0.1, seed: SEED });
    expect(loss).toBeGreaterThan(0);
    session.dispose();
  });
});
