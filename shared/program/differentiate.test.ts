import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { relativeDifference } from '../testing/closeTo';
import { concreteShape, gradientCases, type GradientCase } from '../testing/gradientCases';
import { caseInputs, COTANGENT, differentiated, gradientProgram } from '../testing/gradientProgram';
import type { NumberArray } from '../testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../testing/reference/evaluate';
import { randomCase } from '../testing/randomCase';
import { evaluateDim } from '../graph/dim';
import { updates } from './primitives/optimizer';
import { primitives } from './primitives/registry';
import type { Program } from './program';
import { verifyProgram } from './verifyProgram';

const BATCH_SIZE = 2;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function setUp(test: GradientCase): { program: Program; inputs: NumberArrays } {
  const program = gradientProgram(test);
  const y = program.outputs.find(({ name }) => name === 'y');
  const shape = y?.value.type.shape.map((dim) => evaluateDim(dim, { N: BATCH_SIZE }) as number) ?? [];
  return { program, inputs: caseInputs(test, BATCH_SIZE, shape) };
}

const STEP = 1e-6;

/** The loss with one element of an input moved, in float64. */
function lossAt(program: Program, inputs: NumberArrays, name: string, offset: number, delta: number): number {
  const input = inputs[name] as NumberArray;
  const moved = { ...input, data: input.data.with(offset, (input.data[offset] as number) + delta) };
  return evaluateProgram(program, { ...inputs, [name]: moved }).outputs['loss']?.data[0] as number;
}

function centralDifferences(program: Program, inputs: NumberArrays, name: string): Float64Array {
  const at = (offset: number, delta: number) => lossAt(program, inputs, name, offset, delta);
  return (inputs[name] as NumberArray).data.map((_, offset) => (at(offset, STEP) - at(offset, -STEP)) / (2 * STEP));
}

/** Whether a kink of relu or of a maximum is nearer than the step: both sides then have slopes of their own. */
function isKink(program: Program, inputs: NumberArrays, name: string, offset: number): boolean {
  const [before, here, after] = [-STEP, 0, STEP].map((delta) => lossAt(program, inputs, name, offset, delta)) as [number, number, number];
  return Math.abs(after - 2 * here + before) / STEP > 1e-4 * Math.max(1, Math.abs(after - here) / STEP);
}

/** Only the way forward: what central differences need. */
function forward(program: Program): Program {
  const end = program.operations.findIndex(({ outputs }) =>
    outputs.some(({ id }) => id === program.outputs.find(({ name }) => name === 'loss')?.value.id),
  );
  return { ...program, operations: program.operations.slice(0, end + 1), outputs: program.outputs.filter(({ name }) => name === 'loss') };
}

describe('gradients in float64', () => {
  it.each(gradientCases.map((test) => [test.name, test] as const))('%s: agrees with central differences', (_, test) => {
    const { program, inputs } = setUp(test);
    verifyProgram(program);
    const { outputs } = evaluateProgram(program, inputs);
    for (const index of differentiated(test)) {
      const expected = centralDifferences(forward(program), inputs, `x${index}`);
      expect(relativeDifference(outputs[`gradient/x${index}`]?.data ?? [], expected)).toBeLessThan(1e-6);
    }
  });

  const withEager = gradientCases.flatMap((test) => (test.eager ? [{ ...test, eager: test.eager }] : []));
  it.each(withEager.map((test) => [test.name, test] as const))("%s: value and gradients agree with tfjs's", (_, test) => {
    const { program, inputs } = setUp(test);
    const { outputs } = evaluateProgram(program, inputs);
    tf.tidy(() => {
      const tensors = test.inputs.map((shape, index) => tensorOf(inputs[`x${index}`], concreteShape(shape, BATCH_SIZE)));
      const y = test.eager(tf, tensors);
      expect(outputs['y']?.shape).toEqual(y.shape);
      expect(relativeDifference(outputs['y']?.data ?? [], y.dataSync())).toBeLessThan(1e-5);
      const wanted = differentiated(test);
      const moving = (...parts: tf.Tensor[]) =>
        test.eager(
          tf,
          tensors.map((tensor, index) => parts[wanted.indexOf(index)] ?? tensor),
        );
      const gradients = tf.grads(moving)(
        wanted.map((index) => tensors[index] as tf.Tensor),
        tensorOf(inputs[COTANGENT], y.shape),
      );
      gradients.forEach((gradient, position) => {
        expect(relativeDifference(outputs[`gradient/x${wanted[position]}`]?.data ?? [], gradient.dataSync())).toBeLessThan(2e-5);
      });
    });
  });

  it('of random compositions agree with central differences', () => {
    fc.assert(
      fc.property(randomCase, (test) => {
        const { program, inputs } = setUp(test);
        verifyProgram(program);
        const { outputs } = evaluateProgram(program, inputs);
        const only = forward(program);
        return centralDifferences(only, inputs, 'x0').every((expected, offset) => {
          const gap = Math.abs(expected - (outputs['gradient/x0']?.data[offset] as number));
          return gap <= 1e-4 * Math.max(1, Math.abs(expected)) || isKink(only, inputs, 'x0', offset);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('are defined for every primitive, but for those that say why not', () => {
    const without = primitives.filter(({ gradient }) => gradient === undefined).map(({ name }) => name);
    expect(without).toEqual([
      'pow',
      'reluGrad',
      'relu6Grad',
      'tanhGrad',
      'sigmoidGrad',
      'convFilterGrad',
      'depthwiseConvInputGrad',
      'depthwiseConvFilterGrad',
      'maxPoolGrad',
      'avgPoolGrad',
      'lstmGrad',
      'batchNormGrad',
      ...updates.map(({ name }) => name),
    ]);
  });
});

function tensorOf(values: NumberArray | undefined, shape: readonly number[]): tf.Tensor {
  return tf.tensor(Float32Array.from(values?.data ?? []), [...shape]);
}
