import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { array, type NumberArray } from '../testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../testing/reference/evaluate';
import { builderOf, type ProgramBuilder } from './builderOf';
import type { Constraint } from './constraint';
import { accumulateGradients, applyOptimizer, AVERAGING, averageWeights, type Descent, type OptimizerSettings } from './optimizers';

/** Of each batch the weight and, where weights are averaged, its average; made by interop/constraints/inKeras3.py. */
const { batches } = z
  .object({ batches: z.record(z.string(), z.array(z.array(z.array(z.number())))) })
  .parse(JSON.parse(readFileSync(new URL('../testing/keras3Constraints.json', import.meta.url), 'utf8')));

const SHAPE = [3, 4];
const constraints: Readonly<Record<string, Constraint>> = {
  maxNorm: { kind: 'maxNorm', maxValue: 0.7, axis: [0] },
  nonNeg: { kind: 'nonNeg' },
  minMaxNormSlow: { kind: 'minMaxNorm', minValue: 0.5, maxValue: 0.8, rate: 0.3, axis: [0] },
};
const momentum = { kind: 'sgd', momentum: 0.9, nesterov: false } as const;
const ways: Readonly<Record<string, OptimizerSettings>> = {
  accumulated: { ...momentum, gradientAccumulationSteps: 3 },
  averaged: { ...momentum, emaMomentum: 0.8 },
  both: { ...momentum, gradientAccumulationSteps: 3, emaMomentum: 0.8 },
};

const numbers = (of: (index: number) => number) =>
  array(
    SHAPE,
    Array.from({ length: 12 }, (_, index) => of(index)),
  );

function program(constraint: Constraint, body: (builder: ProgramBuilder, descent: Descent) => void) {
  const builder = builderOf();
  const variable = builder.variable({ name: 'w', shape: SHAPE, role: 'weight', initializer: { kind: 'zeros' }, constraint });
  const gradient = builder.input('gradient', { dtype: 'float32', shape: SHAPE });
  body(builder, { name: 'w', variable, gradient, constraint });
  return builder.build('program');
}

/** What engines run after each batch, of ten. */
function tenBatches(constraint: Constraint, settings: OptimizerSettings): readonly ArrayLike<number>[][] {
  const { gradientAccumulationSteps: group = 1, emaMomentum = null } = settings;
  const step = program(constraint, (builder, descent) =>
    applyOptimizer(builder, settings, builder.input('learningRate', { dtype: 'float32', shape: [] }), [descent]),
  );
  const accumulate = program(constraint, (builder, descent) => accumulateGradients(builder, settings, [descent]));
  const average = program(constraint, (builder, { name, variable }) => averageWeights(builder, [{ name, value: variable, constraint }]));
  let variables: NumberArrays = Object.fromEntries(
    [...step.variables, ...accumulate.variables, ...average.variables].map(({ name }) => [
      name,
      numbers((index) => (name === 'w' ? Math.sin(5 * index + 1) : 0)),
    ]),
  );
  return Array.from({ length: 10 }, (_, batch) => {
    const gradient = numbers((index) => Math.sin(3 * batch + 2 * index) * (0.3 + (index % 4)));
    const own = (batch + 1) % group === 0 ? step : accumulate;
    const run = (which: typeof step) => {
      const inputs = { gradient, learningRate: array([], [0.05]), [AVERAGING]: array([], [batch < group ? 0 : (emaMomentum ?? 0)]) };
      variables = { ...variables, ...evaluateProgram(which, inputs, variables).variables };
    };
    run(own);
    if (emaMomentum !== null) run(average);
    const names = emaMomentum === null ? ['w'] : ['w', 'optimizer:average/w'];
    return names.map((name) => (variables[name] as NumberArray).data);
  });
}

describe('ten batches with a constraint', () => {
  const cases = Object.entries(constraints).flatMap(([name, constraint]) =>
    Object.entries(ways).map(([way, settings]) => [`${name}, ${way}`, constraint, settings] as const),
  );

  it('are held against Keras 3 in all that were made there', () => expect(Object.keys(batches)).toEqual(cases.map(([name]) => name)));

  it.each(cases)('%s: are Keras’s own', (name, constraint, settings) => {
    const received = tenBatches(constraint, settings);
    batches[name]?.forEach((row, batch) => {
      expect(received[batch]).toHaveLength(row.length);
      row.forEach((expected, which) =>
        expected.forEach((value, index) =>
          expect(Math.abs((received[batch]?.[which]?.[index] ?? NaN) - value), `batch ${batch}`).toBeLessThan(1e-6),
        ),
      );
    });
  });
});
