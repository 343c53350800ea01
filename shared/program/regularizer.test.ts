import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { findLayer } from '../layers/index';
import { networkOf } from '../testing/networks';
import { array } from '../testing/reference/array';
import { evaluateProgram } from '../testing/reference/evaluate';
import type { AnyLayer } from '../layers/define';
import { parseParams } from '../layers/parse';
import { kerasRegularizer } from '../layers/_weights';
import { keras } from '../testing/kerasNumbers';
import type { Value } from './builder';
import { builderOf } from './builderOf';
import { compileNetwork } from './compile';
import { differentiate } from './differentiate';
import { penalty, type Regularizer } from './regularizer';

const training = { optimizer: { kind: 'sgd', momentum: 0, nesterov: false }, objectives: [] } as const;

function dense(regularizers: Record<string, Regularizer>) {
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

function run(regularizers: Record<string, Regularizer>) {
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

/** As interop/trainingRules.py has it: a row of zeros has no direction. */
const Z = [0.5, -1, 2, 3, 0, -2, 0, 0, 0, -4, 8, 1.5];

function added(regularizer: Regularizer): readonly number[] {
  const builder = builderOf();
  const x = builder.input('x', { dtype: 'float32', shape: [4, 3] });
  const value = penalty(builder, x, regularizer);
  if (!value) throw new Error('It adds nothing.');
  builder.output('added', value);
  builder.output('gradient', differentiate(builder, value, [x])[0] as Value);
  const { outputs } = evaluateProgram(builder.build('penalty'), { x: array([4, 3], Z) });
  return [...(outputs['added']?.data ?? []), ...(outputs['gradient']?.data ?? [])];
}

describe('a regularizer of a matrix', () => {
  it.each([
    ['l1l2', { l1: 0.1, l2: 0.03 }],
    ['orthogonalRows', { kind: 'orthogonal', factor: 0.2, mode: 'rows' }],
    ['orthogonalColumns', { kind: 'orthogonal', factor: 0.01, mode: 'columns' }],
  ] as const)('%s adds, and pulls by, what Keras’s does', (name, regularizer) => {
    const theirs = keras.regularizers[name] as readonly number[];
    added(regularizer).forEach((value, index) => expect(Math.abs(value - (theirs[index] as number))).toBeLessThan(1e-6));
  });

  it('adds nothing where there is one row alone, for which Keras divides by zero', () => {
    const builder = builderOf();
    const x = builder.input('x', { dtype: 'float32', shape: [1, 3] });
    expect(penalty(builder, x, { kind: 'orthogonal', factor: 1, mode: 'rows' })).toBeUndefined();
  });

  it('of many rows puts no number for each pair into the program', () => {
    const builder = builderOf();
    const x = builder.input('x', { dtype: 'float32', shape: [100_000, 3] });
    builder.output('added', penalty(builder, x, { kind: 'orthogonal', factor: 1, mode: 'rows' }) as Value);
    const constants = builder.operations.filter(({ primitive }) => primitive === 'constant');
    expect(constants.map(({ outputs: [value] }) => value?.type.shape)).toEqual(constants.map(() => []));
  });

  it('that is orthogonal trains a dense layer, with Keras’s defaults, and is written as Keras’s', () => {
    const params = parseParams(findLayer('dense') as AnyLayer, { kernelRegularizer: { kind: 'orthogonal' } });
    expect(params.ok && params.value['kernelRegularizer']).toEqual({ kind: 'orthogonal', factor: 0.01, mode: 'rows' });
    expect(kerasRegularizer({ kind: 'orthogonal', factor: 0.01, mode: 'rows' })).toEqual({
      class_name: 'OrthogonalRegularizer',
      config: { factor: 0.01, mode: 'rows' },
    });
    const plain = run({});
    const orthogonal = run({ kernelRegularizer: { kind: 'orthogonal', factor: 1, mode: 'rows' } });
    // Both rows of KERNEL: (0.5, −1, 2) and (0, 0.25, −0.125), |cos| = 0.5 / (√5.25 · √0.078125).
    expect(orthogonal.loss - plain.loss).toBeCloseTo(0.5 / Math.sqrt(5.25 * 0.078125), 6);
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
