import { describe, expect, it } from 'vitest';
import type { Program } from '../program/program';
import { randomOf } from '../program/random';
import { analyzedExample, examplePrograms, exampleValues, numberArray, type ExampleProgram } from '../testing/exampleProgram';
import { layerCases } from '../testing/layerCases';
import { layerVariants } from '../testing/layerVariants';
import type { NumberArray } from '../testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../testing/reference/evaluate';
import { allLayers } from './index';

/** In inference and, where that is something else, in training; what is random is drawn alike under the same seed. */
const cases = allLayers
  .filter(({ type }) => type !== 'input' && type !== 'output')
  .flatMap((layer) => [...layerCases(layer), ...layerVariants(layer)])
  .flatMap(({ title, layer, example }) =>
    examplePrograms(analyzedExample(layer, example)).map((given) => ({ title: `${title}${given.training ? ' in training' : ''}`, given })),
  );

/** The error of a difference in float64 is of the order of the step's square and of 1e-16 over the step. */
const STEP = 1e-6;
/** Of the sum of the gradient's magnitudes, or of 1 where that is smaller. */
const TOLERANCE = 1e-6;
/** Slopes on both sides that differ by more are those of a kink. */
const BEND = 1e-3;
/** So many of the operands stand at a kink. */
let kinks = 0;

/** What the gradients are taken by. */
function operandsOf({ inputs, variables }: ExampleProgram): readonly string[] {
  return [
    ...inputs.flatMap(({ name, type }) => (type.dtype === 'float32' ? [`input/${name}`] : [])),
    ...variables.flatMap(({ name, role }) => (role === 'weight' ? [name] : [])),
  ];
}

/** Without the gradients, and what is only computed for them. */
function forward(program: Program): Program {
  const outputs = program.outputs.filter(({ name }) => name.startsWith('output/'));
  const ids = new Set(outputs.map(({ value }) => value.id));
  const last = program.operations.findLastIndex((operation) => operation.outputs.some(({ id }) => ids.has(id)));
  return { ...program, outputs, operations: program.operations.slice(0, last + 1) };
}

/** The sum of outputs times cotangents with one of the operands moved along a direction. */
function lossAt(program: Program, values: NumberArrays, name: string, direction: Float64Array, delta: number): number {
  const at = values[name] as NumberArray;
  const data = Float64Array.from(at.data, (value, index) => value + delta * (direction[index] as number));
  const moved = { ...values, [name]: { ...at, data } };
  return Object.entries(evaluateProgram(program, moved, moved).outputs).reduce(
    (sum, [output, result]) => sum + product(result.data, values[`cotangent/${output.slice('output/'.length)}`]?.data ?? []),
    0,
  );
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, value, index) => sum + value * (b[index] as number), 0);
}

/** The least and the most that the slope may be: where both sides of a kink have one of their own, anything between them. */
function slopesOf(before: number, here: number, after: number): readonly [number, number] {
  const sides = [(here - before) / STEP, (after - here) / STEP] as const;
  if (Math.abs(sides[1] - sides[0]) <= BEND) return [(after - before) / (2 * STEP), (after - before) / (2 * STEP)];
  kinks += 1;
  return [Math.min(...sides), Math.max(...sides)];
}

describe('the gradients of every example and corner of every layer, in float64', () => {
  it.each(cases.map(({ title, given }) => [title, given] as const))('%s: are central differences along random directions', (_, given) => {
    const values = Object.fromEntries(Object.entries(exampleValues(given)).map(([name, value]) => [name, numberArray(value)]));
    const { outputs } = evaluateProgram(given.program, values, values);
    const program = forward(given.program);
    for (const name of operandsOf(given)) {
      const size = (values[name] as NumberArray).data.length;
      const random = randomOf(5, name);
      const direction = Float64Array.from({ length: size }, () => random.normal());
      const [before, here, after] = [-STEP, 0, STEP].map((delta) => lossAt(program, values, name, direction, delta));
      const [least, most] = slopesOf(before as number, here as number, after as number);
      // An operand without a gradient is one that moves nothing.
      const gradient = outputs[`gradient/${name}`]?.data ?? new Float64Array(size);
      const slope = product(gradient, direction);
      const room = TOLERANCE * Math.max(1, product(gradient, gradient.map(Math.sign)));
      expect({ name, far: slope < least - room || slope > most + room }).toEqual({ name, far: false });
    }
  });

  it('prove less at a kink, which few operands stand at', () => expect(kinks).toBeLessThan(5));
});
