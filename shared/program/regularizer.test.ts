import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { findLayer } from '../layers/index';
import { networkOf } from '../testing/networks';
import { array } from '../testing/reference/array';
import { evaluateProgram } from '../testing/reference/evaluate';
import { compileNetwork } from './compile';

const training = { optimizer: { kind: 'sgd', momentum: 0, nesterov: false }, objectives: [] } as const;

function dense(regularizers: Record<string, { l1: number; l2: number }>) {
  const document = networkOf({ x: ['input', { shape: [2] }], dense: ['dense', { units: 3, ...regularizers }], out: ['output'] }, [
    'x → dense → out',
  ]);
  const compiled = compileNetwork(analyze(document), { findLayer, training, looking: true });
  if (!compiled.ok) throw new Error(compiled.error.message);
  return compiled.value.programs;
}

const KERNEL = [0.5, -1, 2, 0, 0.25, -0.125];
const BIAS = [1, 0, -2];
const inputs = { 'input/x': array([1, 2], [0.3, -0.7]), 'target/out': array([1], [1]) };
const weights = { 'dense/kernel': array([2, 3], KERNEL), 'dense/bias': array([3], BIAS) };

function run(regularizers: Record<string, { l1: number; l2: number }>) {
  const { gradients, evaluate } = dense(regularizers);
  if (!gradients || !evaluate) throw new Error('There is nothing to train.');
  const { outputs } = evaluateProgram(gradients, inputs, weights);
  const evaluated = evaluateProgram(evaluate, inputs, weights).outputs['loss'];
  return {
    loss: outputs['loss']?.data[0] as number,
    evaluated: evaluated?.data[0] as number,
    kernel: [...(outputs['gradient/dense/kernel']?.data ?? [])],
    bias: [...(outputs['gradient/dense/bias']?.data ?? [])],
  };
}

describe('a regularizer', () => {
  const plain = run({});
  const added = run({ kernelRegularizer: { l1: 0.1, l2: 0.03 }, biasRegularizer: { l1: 0.2, l2: 0 } });

  it('adds to the loss what TensorFlow.js’s adds, in training and in evaluation', () => {
    const penalties = [
      tf.regularizers.l1l2({ l1: 0.1, l2: 0.03 }).apply(tf.tensor1d(KERNEL)),
      tf.regularizers.l1({ l1: 0.2 }).apply(tf.tensor1d(BIAS)),
    ];
    const theirs = tf.addN(penalties).arraySync();
    expect(added.loss - plain.loss).toBeCloseTo(theirs, 6);
    expect(added.evaluated - plain.evaluated).toBeCloseTo(theirs, 6);
  });

  it('pulls each weight towards 0 by l1 and twice l2 times itself, and 0 not at all', () => {
    const pull = (values: readonly number[], l1: number, l2: number) => values.map((value) => l1 * Math.sign(value) + 2 * l2 * value);
    pull(KERNEL, 0.1, 0.03).forEach((wanted, index) =>
      expect((added.kernel[index] as number) - (plain.kernel[index] as number)).toBeCloseTo(wanted, 12),
    );
    pull(BIAS, 0.2, 0).forEach((wanted, index) =>
      expect((added.bias[index] as number) - (plain.bias[index] as number)).toBeCloseTo(wanted, 12),
    );
  });

  it('of 0 changes nothing of the program', () => {
    const none = { l1: 0, l2: 0 };
    expect(dense({ kernelRegularizer: none }).train).toEqual(dense({}).train);
  });
});

describe('activityRegularization', () => {
  const numbers = [0.5, -1, 0, 2];

  function lossWith(factors: { l1: number; l2: number }): { loss: number; gradient: readonly number[] } {
    const document = networkOf(
      {
        x: ['input', { shape: [2] }],
        dense: ['dense', { units: 2, useBias: false }],
        cost: ['activityRegularization', factors],
        out: ['output'],
      },
      ['x → dense → cost → out'],
    );
    const compiled = compileNetwork(analyze(document), { findLayer, training, looking: true });
    if (!compiled.ok) throw new Error(compiled.error.message);
    const values = { 'input/x': array([2, 2], numbers), 'target/out': array([2], [1, 0]) };
    const { outputs } = evaluateProgram(compiled.value.programs.gradients as never, values, {
      'dense/kernel': array([2, 2], [1, 0, 0, 1]),
    });
    return { loss: outputs['loss']?.data[0] as number, gradient: [...(outputs['gradient/dense/kernel']?.data ?? [])] };
  }

  it('adds the mean over the batch of what the numbers of each sample cost, and its gradient', () => {
    const [plain, added] = [lossWith({ l1: 0, l2: 0 }), lossWith({ l1: 0.1, l2: 0.01 })];
    // Two samples: (0.1 · (0.5 + 1 + 0 + 2) + 0.01 · (0.25 + 1 + 0 + 4)) / 2.
    expect(added.loss - plain.loss).toBeCloseTo((0.1 * 3.5 + 0.01 * 5.25) / 2, 12);
    // xᵀ · (0.1 · sign(y) + 0.02 · y) / 2 with y = x.
    const pull = numbers.map((value) => (0.1 * Math.sign(value) + 0.02 * value) / 2) as [number, number, number, number];
    const wanted = [0.5 * pull[0], 0.5 * pull[1], -pull[0] + 2 * pull[2], -pull[1] + 2 * pull[3]];
    wanted.forEach((value, index) => expect((added.gradient[index] as number) - (plain.gradient[index] as number)).toBeCloseTo(value, 12));
  });
});
