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
  const compiled = compileNetwork(analyze(document), { findLayer, training });
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
