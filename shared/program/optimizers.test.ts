import { describe, expect, it } from 'vitest';
import { array, type NumberArray } from '../testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../testing/reference/evaluate';
import { builderOf } from './builderOf';
import { applyOptimizer, type OptimizerSettings } from './optimizers';
import type { Program } from './program';
import { verifyProgram } from './verifyProgram';

/** One weight that starts at 1 and meets the gradients 0.5 and then −0.25 at a rate of 0.1. */
function twoSteps(settings: OptimizerSettings): readonly number[] {
  const program = stepProgram(settings);
  verifyProgram(program);
  let variables: NumberArrays = Object.fromEntries(
    program.variables.map(({ name, shape }) => [name, array(shape, [name === 'w' ? 1 : 0])]),
  );
  return [0.5, -0.25].map((gradient) => {
    variables = evaluateProgram(program, { gradient: array([1], [gradient]), learningRate: array([], [0.1]) }, variables).variables;
    return (variables['w'] as NumberArray).data[0] as number;
  });
}

function stepProgram(settings: OptimizerSettings): Program {
  const builder = builderOf();
  const variable = builder.variable({ name: 'w', shape: [1], role: 'weight', initializer: { kind: 'ones' } });
  const gradient = builder.input('gradient', { dtype: 'float32', shape: [1] });
  applyOptimizer(builder, settings, builder.input('learningRate', { dtype: 'float32', shape: [] }), [{ name: 'w', variable, gradient }]);
  return builder.build('step');
}

function expectClose(received: readonly number[], expected: readonly number[]): void {
  received.forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 9));
}

describe('optimizers, by hand', () => {
  it('SGD goes against the gradient', () => {
    expectClose(twoSteps({ kind: 'sgd', momentum: 0, nesterov: false }), [0.95, 0.975]);
  });

  it('momentum keeps a share of the last velocity', () => {
    // v = −0.05, then 0.9 · −0.05 + 0.025 = −0.02
    expectClose(twoSteps({ kind: 'sgd', momentum: 0.9, nesterov: false }), [0.95, 0.93]);
  });

  it('Nesterov looks one step ahead', () => {
    // v = −0.05, w += 0.9 · v − 0.05 = −0.095; v = −0.02, w += 0.9 · v + 0.025 = 0.007
    expectClose(twoSteps({ kind: 'sgd', momentum: 0.9, nesterov: true }), [0.905, 0.912]);
  });

  it('Adam adds epsilon to the uncorrected root, as Keras does', () => {
    // m = 0.05, v = 0.00025, rate · √0.001 / 0.1 · 0.05 / (√0.00025 + 0.1)
    const first = 1 - (((0.1 * Math.sqrt(0.001)) / 0.1) * 0.05) / (Math.sqrt(0.00025) + 0.1);
    // m = 0.045 − 0.025 = 0.02, v = 0.00024975 + 0.0000625 = 0.00031225; 1 − 0.999² = 0.001999, 1 − 0.9² = 0.19
    const second = first - (((0.1 * Math.sqrt(0.001999)) / 0.19) * 0.02) / (Math.sqrt(0.00031225) + 0.1);
    expectClose(twoSteps({ kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 0.1 }), [first, second]);
  });
});
