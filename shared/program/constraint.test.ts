import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { kerasConstraint } from '../layers/_constraints';
import { allLayers, findLayer } from '../layers/index';
import { paramFields } from '../layers/paramFields';
import { parseParams } from '../layers/parse';
import type { AnyLayer } from '../layers/define';
import { keras } from '../testing/kerasNumbers';
import { networkOf } from '../testing/networks';
import { array, type NumberArray } from '../testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../testing/reference/evaluate';
import { builderOf } from './builderOf';
import { compileNetwork } from './compile';
import { constrained, type Constraint } from './constraint';
import { applyOptimizer } from './optimizers';
import type { Program } from './program';

const momentum = { kind: 'sgd', momentum: 0.9, nesterov: false } as const;

/** As interop/trainingRules.py has them. */
const cases: Readonly<Record<string, readonly [Constraint, readonly number[]]>> = {
  maxNorm: [{ kind: 'maxNorm', maxValue: 2, axis: [0] }, [6, 2]],
  maxNormRows: [{ kind: 'maxNorm', maxValue: 0.7, axis: [1] }, [3, 4]],
  maxNormKernel: [{ kind: 'maxNorm', maxValue: 0.9, axis: [0, 1, 2] }, [2, 2, 3, 2]],
  maxNormDepthwise: [{ kind: 'maxNorm', maxValue: 0.6, axis: [0, 1] }, [2, 2, 3, 1]],
  nonNeg: [{ kind: 'nonNeg' }, [3, 4]],
  nonNegBias: [{ kind: 'nonNeg' }, [5]],
  unitNorm: [{ kind: 'unitNorm', axis: [0] }, [3, 4]],
  unitNormLast: [{ kind: 'unitNorm', axis: [-1] }, [3, 4]],
  minMaxNorm: [{ kind: 'minMaxNorm', minValue: 0, maxValue: 1, rate: 1, axis: [0] }, [3, 4]],
  minMaxNormSlow: [{ kind: 'minMaxNorm', minValue: 0.5, maxValue: 0.8, rate: 0.3, axis: [0] }, [3, 4]],
  minMaxNormKernel: [{ kind: 'minMaxNorm', minValue: 1.2, maxValue: 1.5, rate: 0.9, axis: [0, 1, 2] }, [2, 2, 3, 2]],
};

function stepProgram(constraint: Constraint, shape: readonly number[]): Program {
  const builder = builderOf();
  const variable = builder.variable({ name: 'w', shape, role: 'weight', initializer: { kind: 'zeros' }, constraint });
  const gradient = builder.input('gradient', { dtype: 'float32', shape });
  const rate = builder.input('learningRate', { dtype: 'float32', shape: [] });
  applyOptimizer(builder, momentum, rate, [{ name: 'w', variable, gradient, constraint }]);
  return builder.build('step');
}

/** The weight after each of ten steps. */
function tenSteps(constraint: Constraint, shape: readonly number[]): readonly ArrayLike<number>[] {
  const program = stepProgram(constraint, shape);
  const count = shape.reduce((product, size) => product * size, 1);
  const numbers = (of: (index: number) => number) =>
    array(
      shape,
      Array.from({ length: count }, (_, index) => of(index)),
    );
  let variables: NumberArrays = Object.fromEntries(
    program.variables.map(({ name }) => [name, numbers((index) => (name === 'w' ? Math.sin(5 * index + 1) : 0))]),
  );
  return Array.from({ length: 10 }, (_, step) => {
    const gradient = numbers((index) => Math.sin(3 * step + 2 * index) * (0.3 + (index % 4)));
    variables = evaluateProgram(program, { gradient, learningRate: array([], [0.05]) }, variables).variables;
    return (variables['w'] as NumberArray).data;
  });
}

/** What becomes of a weight that no step changed. */
function applied(constraint: Constraint, shape: readonly number[], data: readonly number[]): ArrayLike<number> {
  const builder = builderOf();
  builder.output('y', constrained(builder, builder.input('w', { dtype: 'float32', shape }), constraint));
  return evaluateProgram(builder.build('constraint'), { w: array(shape, data) }).outputs['y']?.data ?? [];
}

describe('ten steps with a constraint', () => {
  it('are held against Keras in all that were made there', () =>
    expect(Object.keys(keras.constraints).toSorted()).toEqual(Object.keys(cases).toSorted()));

  it.each(Object.entries(cases))('%s: are Keras’s own', (name, [constraint, shape]) => {
    const received = tenSteps(constraint, shape);
    // Keras keeps the rate as float32.
    keras.constraints[name]?.forEach((expected, step) =>
      expected.forEach((value, index) => expect(Math.abs((received[step]?.[index] ?? NaN) - value), `step ${step}`).toBeLessThan(1e-6)),
    );
  });
});

describe('a constraint', () => {
  const W = [0.5, -1, 2, 3, 0, -2, 0, 0, 0, -4, 8, 1.5];
  it.each([
    ['maxNorm', tf.constraints.maxNorm({ maxValue: 2, axis: 0 }), cases['maxNorm']],
    ['nonNeg', tf.constraints.nonNeg(), cases['nonNeg']],
    ['unitNorm', tf.constraints.unitNorm({ axis: 1 }), [{ kind: 'unitNorm', axis: [1] }, []]],
    ['minMaxNorm', tf.constraints.minMaxNorm({ minValue: 0.5, maxValue: 0.8, rate: 0.3, axis: 0 }), cases['minMaxNormSlow']],
  ] as const)('%s makes of a matrix with a row of zeros what TensorFlow.js’s makes', (_, theirs, given) => {
    const expected = theirs.apply(tf.tensor2d(W, [4, 3])).dataSync();
    Array.from(applied(given?.[0] as Constraint, [4, 3], W)).forEach((value, index) =>
      expect(value).toBeCloseTo(expected[index] as number, 6),
    );
  });

  it('of none changes nothing of the program', () => {
    const programs = (params: object) => {
      const document = networkOf({ x: ['input', { shape: [2] }], dense: ['dense', { units: 3, ...params }], out: ['output'] }, [
        'x → dense → out',
      ]);
      const compiled = compileNetwork(analyze(document), { findLayer, training: { optimizer: momentum, objectives: [] } });
      return compiled.ok ? compiled.value.programs : compiled.error;
    };
    expect(programs({ kernelConstraint: null })).toEqual(programs({}));
    expect(programs({ kernelConstraint: { kind: 'nonNeg' } })).not.toEqual(programs({}));
  });

  it('has Keras’s defaults, takes one axis as a number, and is written as Keras’s', () => {
    const parsed = parseParams(findLayer('conv2d') as AnyLayer, {
      kernelConstraint: { kind: 'maxNorm', axis: [0, 1, 2] },
      biasConstraint: { kind: 'minMaxNorm', axis: 0 },
    });
    if (!parsed.ok) throw new Error('They are refused.');
    const { kernelConstraint, biasConstraint } = parsed.value as Record<string, Constraint>;
    expect(kernelConstraint).toEqual({ kind: 'maxNorm', maxValue: 2, axis: [0, 1, 2] });
    expect(kerasConstraint(kernelConstraint ?? null)).toEqual({ class_name: 'MaxNorm', config: { max_value: 2, axis: [0, 1, 2] } });
    expect(kerasConstraint(biasConstraint ?? null)).toEqual({
      class_name: 'MinMaxNorm',
      config: { min_value: 0, max_value: 1, rate: 1, axis: 0 },
    });
    expect(kerasConstraint(null)).toBeNull();
  });

  it('along an axis that the weight does not have is a problem at its parameter, and the shapes stay', () => {
    const analysis = analyze(
      networkOf(
        {
          x: ['input', { shape: [4] }],
          dense: ['dense', { units: 3, kernelConstraint: { kind: 'unitNorm', axis: [0, 2] } }],
          out: ['output'],
        },
        ['x → dense → out'],
      ),
    );
    expect(analysis.problems).toMatchObject([
      { code: 'param/constraint-axis', severity: 'error', param: 'kernelConstraint', message: expect.stringContaining('4×3') as string },
    ]);
    expect(analysis.nodes.get('dense')?.outputs['y']?.shape.slice(1)).toEqual([3]);
  });

  it('is there beside every regularizer of a weight', () => {
    for (const layer of allLayers) {
      const names = paramFields(layer).map(({ name }) => name);
      const constrainable = names.flatMap((name) => (name.endsWith('Regularizer') ? [name.replace('Regularizer', 'Constraint')] : []));
      expect(names, layer.type).toEqual(expect.arrayContaining(constrainable));
    }
  });
});
