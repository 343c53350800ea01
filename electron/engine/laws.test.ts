import { describe, expect, it } from 'vitest';
import type { Program } from '../../shared/program/program';
import { trainableSavedModel } from '../../shared/program/tensorflow/savedModel';
import { lawCases, lawProgram, PAIRS, projected, sampleOf, type LawCase } from '../../shared/testing/laws/cases';
import { kerasLaws } from '../../shared/testing/laws/kerasLaws';
import { lawGaps, lawOf } from '../../shared/testing/laws/law';
import type { Tensors } from './backend';
import { loadOnnxruntime } from './onnxruntime/library';
import { createRunner } from './onnxruntime/runner';
import { whyNoTensorFlow } from './tensorflow/installed';
import { loadTensorFlow } from './tensorflow/library';
import { loadSignatures } from './tensorflow/signatures';

/** Computes a program in an engine. */
type Compute = (program: Program, feeds: Tensors) => Promise<Tensors>;

const inTensorFlow: Compute = async (program, feeds) => {
  const signatures = await loadSignatures(loadTensorFlow(), trainableSavedModel([program], []));
  try {
    return signatures.run(program.name, feeds);
  } finally {
    signatures.dispose();
  }
};

const inOnnxruntime: Compute = async (program, feeds) => {
  const runner = await createRunner(loadOnnxruntime(), program);
  try {
    return (await runner.run(feeds, new Map())).outputs;
  } finally {
    await runner.release();
  }
};

const engines: readonly (readonly [string, Compute])[] = [
  ...(whyNoTensorFlow() ? [] : [['TensorFlow', inTensorFlow] as const]),
  ['onnxruntime', inOnnxruntime],
];

/** What a layer's outputs give on each projection, under a seed and at a step. */
async function drawn(compute: Compute, law: LawCase, seed: readonly [number, number]): Promise<readonly (readonly number[])[]> {
  const { program, weights } = lawProgram(law);
  const sample = sampleOf(law);
  const data = Float32Array.from({ length: 2 * PAIRS * sample.length }, (_, index) => sample[index % sample.length] as number);
  const x = { dtype: 'float32', shape: [2 * PAIRS, ...law.shape], data } as const;
  const given = { ...weights, seed: { dtype: 'int32', shape: [2], data: Int32Array.from(seed) } as const };
  const feeds = Object.fromEntries(program.inputs.map(({ name }) => [name, given[name as keyof typeof given] ?? x]));
  return projected(law, (await compute(program, feeds))['y']?.data ?? []);
}

describe.each(engines)('what layers draw in %s', (_, compute) => {
  it.each(lawCases.map((law) => [law.name, law] as const))('%s follows the law of Keras', async (name, law) => {
    const theirs = kerasLaws[name] ?? [];
    const ours = await drawn(compute, law, [3, 1]);
    expect(ours.length).toBe(theirs.length);
    const gaps = theirs.map((keras, index) => lawGaps(lawOf(ours[index] as readonly number[], keras.cuts), keras));
    expect(gaps.filter((gap) => Math.max(...Object.values(gap)) > 1)).toEqual([]);
  });

  it('is not what it was at another step or under another seed', async () => {
    const [law] = lawCases as [LawCase];
    const [, first = []] = await drawn(compute, law, [3, 1]);
    for (const seed of [
      [3, 2],
      [4, 1],
    ] as const) {
      const [, other = []] = await drawn(compute, law, seed);
      // Of numbers that have nothing in common: five standard errors.
      expect(Math.abs(correlation(first, other))).toBeLessThan(5 / Math.sqrt(PAIRS));
    }
  });
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ofA, ofB] = [mean(a), mean(b)];
  const covariance = (x: readonly number[], ofX: number, y: readonly number[], ofY: number) =>
    mean(x.map((value, index) => (value - ofX) * ((y[index] as number) - ofY)));
  return covariance(a, ofA, b, ofB) / Math.sqrt(covariance(a, ofA, a, ofA) * covariance(b, ofB, b, ofB));
}
