import { describe, expect, it } from 'vitest';
import { builderOf } from '../../program/builderOf';
import { accumulateGradients, applyOptimizer, averageWeights, averagedWeights, type OptimizerSettings } from '../../program/optimizers';
import { initialValue } from '../../program/initialize';
import type { Program } from '../../program/program';
import { verifyProgram } from '../../program/verifyProgram';
import { array, type NumberArray } from '../../testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../../testing/reference/evaluate';
import { keras } from '../../testing/kerasNumbers';
import { optimizers, optimizerOf, optimizerSettings } from './index';

const RATE = 0.05;
const START = [1, -0.5, 0.25, 2];
/** As interop/trainingRules.py has it. */
const gradientAt = (step: number) => START.map((_, i) => ((step + i) % 5 ? Math.sin(3 * step + i) * (0.3 + i) : 0));

type Shape = readonly number[];

/** A step of two weights, of which the other has three times the gradient. */
function stepProgram(settings: OptimizerSettings, shape: Shape, accumulates = false): Program {
  const builder = builderOf();
  const weight = (name: string) => builder.variable({ name, shape, role: 'weight', initializer: { kind: 'ones' } });
  const gradient = builder.input('gradient', { dtype: 'float32', shape });
  const descents = [
    { name: 'w', variable: weight('w'), gradient },
    { name: 'other', variable: weight('other'), gradient: builder.mul(gradient, builder.scalar(3)) },
  ];
  if (accumulates) accumulateGradients(builder, settings, descents);
  else applyOptimizer(builder, settings, builder.input('learningRate', { dtype: 'float32', shape: [] }), descents);
  const program = builder.build('step');
  verifyProgram(program);
  return program;
}

function start(program: Program): NumberArrays {
  return Object.fromEntries(
    program.variables.map((spec) => [spec.name, array(spec.shape, spec.role === 'weight' ? START : Array.from(initialValue(spec, 0)))]),
  );
}

/** The weight after each of ten steps. */
function tenSteps(settings: OptimizerSettings, shape: Shape = [2, 2]): readonly (readonly number[])[] {
  const program = stepProgram(settings, shape);
  let variables = start(program);
  return Array.from({ length: 10 }, (_, step) => {
    const inputs = { gradient: array(shape, gradientAt(step)), learningRate: array([], [RATE]) };
    variables = evaluateProgram(program, inputs, variables).variables;
    return Array.from((variables['w'] as NumberArray).data);
  });
}

function of(settings: Record<string, unknown>): OptimizerSettings {
  return optimizerSettings.parse({ learningRate: RATE, ...settings });
}

const cases: Readonly<Record<string, OptimizerSettings>> = {
  sgd: of({ kind: 'sgd' }),
  momentum: of({ kind: 'sgd', momentum: 0.9 }),
  nesterov: of({ kind: 'sgd', momentum: 0.9, nesterov: true }),
  decayedSgd: of({ kind: 'sgd', momentum: 0.9, weightDecay: 0.1 }),
  adam: of({ kind: 'adam' }),
  adamW: of({ kind: 'adamW', weightDecay: 0.1 }),
  amsgrad: of({ kind: 'amsgrad' }),
  adamax: of({ kind: 'adamax' }),
  nadam: of({ kind: 'nadam' }),
  rmsprop: of({ kind: 'rmsprop', momentum: 0.5 }),
  centered: of({ kind: 'rmsprop', centered: true }),
  adagrad: of({ kind: 'adagrad' }),
  adadelta: of({ kind: 'adadelta' }),
  lion: of({ kind: 'lion', weightDecay: 0.1 }),
  clipValue: of({ kind: 'sgd', clipValue: 0.5 }),
  clipNorm: of({ kind: 'sgd', clipNorm: 0.5 }),
  globalClipNorm: of({ kind: 'sgd', globalClipNorm: 0.5 }),
};

/** Adadelta with Keras's rate of the test; all others have {@link RATE}. */
function steps(name: string): readonly (readonly number[])[] {
  if (name !== 'adadelta') return tenSteps(cases[name] as OptimizerSettings);
  const program = stepProgram(cases[name] as OptimizerSettings, [2, 2]);
  let variables = start(program);
  return Array.from({ length: 10 }, (_, step) => {
    const inputs = { gradient: array([2, 2], gradientAt(step)), learningRate: array([], [1]) };
    variables = evaluateProgram(program, inputs, variables).variables;
    return Array.from((variables['w'] as NumberArray).data);
  });
}

describe('ten steps of an optimizer', () => {
  it.each(Object.keys(cases))('%s: are Keras’s own', (name) => {
    const received = steps(name);
    // Keras keeps the rate and the powers of the betas as float32.
    const bar = 1e-6;
    expect(Object.keys(keras.optimizers).toSorted()).toEqual(Object.keys(cases).toSorted());
    keras.optimizers[name]?.forEach((expected, step) =>
      expected.forEach((value, index) => expect(Math.abs((received[step]?.[index] ?? NaN) - value), `step ${step}`).toBeLessThan(bar)),
    );
  });

  it('leave biases undecayed', () => {
    const plain = tenSteps(of({ kind: 'sgd' }), [4]);
    expect(tenSteps(of({ kind: 'sgd', weightDecay: 0.1 }), [4])).toEqual(plain);
    expect(tenSteps(of({ kind: 'lion', weightDecay: 0.1 }), [4])).toEqual(tenSteps(of({ kind: 'lion' }), [4]));
    expect(tenSteps(of({ kind: 'sgd', weightDecay: 0.1 }))).not.toEqual(plain);
  });

  it('of several batches each take the mean of their gradients', () => {
    const settings = of({ kind: 'adam', gradientAccumulationSteps: 2 });
    const [adds, applies] = [stepProgram(settings, [2, 2], true), stepProgram(settings, [2, 2])];
    let variables = start(applies);
    const take = (program: Program, gradient: readonly number[]) => {
      variables = evaluateProgram(program, { gradient: array([2, 2], gradient), learningRate: array([], [RATE]) }, variables).variables;
    };
    const program = stepProgram(of({ kind: 'adam' }), [2, 2]);
    let whole = start(program);
    for (let step = 0; step < 6; step += 2) {
      const [first, second] = [gradientAt(step), gradientAt(step + 1)];
      take(adds, first);
      take(applies, second);
      const mean = first.map((value, index) => (value + (second[index] as number)) / 2);
      whole = evaluateProgram(program, { gradient: array([2, 2], mean), learningRate: array([], [RATE]) }, whole).variables;
      expect(Array.from((variables['optimizer:sum/w'] as NumberArray).data)).toEqual([0, 0, 0, 0]);
    }
    expect(Array.from((variables['w'] as NumberArray).data)).toEqual(Array.from((whole['w'] as NumberArray).data));
  });
});

describe('the average of the weights', () => {
  it('starts with the first weights and follows the next ones', () => {
    const builder = builderOf();
    const value = builder.variable({ name: 'w', shape: [2], role: 'weight', initializer: { kind: 'zeros' } });
    averageWeights(builder, [{ name: 'w', value }]);
    const program = builder.build('average');
    let variables: NumberArrays = { w: array([2], [1, 2]), 'optimizer:average/w': array([2], [0, 0]) };
    variables = evaluateProgram(program, { momentum: array([], [0]) }, variables).variables;
    variables = evaluateProgram(program, { momentum: array([], [0.9]) }, { ...variables, w: array([2], [2, 4]) }).variables;
    // 0.9 · 1 + 0.1 · 2, and twice that
    const average = variables['optimizer:average/w'] as NumberArray;
    expect(average.data[0]).toBeCloseTo(1.1, 12);
    expect(average.data[1]).toBeCloseTo(2.2, 12);
    expect(averagedWeights(variables)['w']).toBe(average);
    expect(averagedWeights({ w: 1 })).toEqual({ w: 1 });
  });
});

describe('the list of optimizers', () => {
  it('begins with settings that its own schema takes', () => {
    for (const { usual, settings, kind } of optimizers) {
      expect(settings.parse(usual)).toEqual(usual);
      expect(optimizerOf(kind).usual.kind).toBe(kind);
    }
  });
});
