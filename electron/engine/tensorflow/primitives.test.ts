import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BATCH, evaluateDim } from '../../../shared/graph/dim';
import type { Program } from '../../../shared/program/program';
import { trainableSavedModel } from '../../../shared/program/tensorflow/savedModel';
import { relativeDifference } from '../../../shared/testing/closeTo';
import { gradientCases, type GradientCase } from '../../../shared/testing/gradientCases';
import { caseInputs, gradientProgram, spread } from '../../../shared/testing/gradientProgram';
import { randomCase } from '../../../shared/testing/randomCase';
import { array, type NumberArray } from '../../../shared/testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../../../shared/testing/reference/evaluate';
import { builderOf } from '../../../shared/program/builderOf';
import type { Tensors } from '../backend';
import { titled, whyNoTensorFlow } from './installed';
import { loadTensorFlow } from './library';
import { loadSignatures, type Signatures } from './signatures';

const missing = whyNoTensorFlow();

/** float32 sums of a few hundred products against float64. */
const TOLERANCE = 2e-5;

async function load(programs: readonly Program[]): Promise<Signatures> {
  return loadSignatures(loadTensorFlow(), trainableSavedModel(programs, []));
}

/** The sum of y · cotangent cancels: its error is no measure of the engine's. */
function engineProgram(test: GradientCase, name = 'gradient'): Program {
  const program = gradientProgram(test);
  return { ...program, name, outputs: program.outputs.filter((output) => output.name !== 'loss') };
}

function inputsOf(test: GradientCase, program: Program, batch: number): NumberArrays {
  const y = program.outputs.find(({ name }) => name === 'y');
  const shape = y?.value.type.shape.map((dim) => evaluateDim(dim, { N: batch }) as number) ?? [];
  return caseInputs(test, batch, shape);
}

function feeds(program: Program, inputs: NumberArrays): Tensors {
  return Object.fromEntries(
    program.inputs.map(({ name, value }) => {
      const { shape, data } = inputs[name] as NumberArray;
      const { dtype } = value.type;
      return [name, { dtype, shape, data: dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data) }];
    }),
  );
}

function expectEqual(signatures: Signatures, program: Program, inputs: NumberArrays): void {
  const received = signatures.run(program.name, feeds(program, inputs));
  const expected = evaluateProgram(program, inputs).outputs;
  expect(Object.keys(received).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { shape, data }] of Object.entries(expected)) {
    expect({ name, shape: received[name]?.shape }).toEqual({ name, shape });
    expect({ name, far: relativeDifference(received[name]?.data ?? [], data) >= TOLERANCE }).toEqual({ name, far: false });
  }
}

describe.skipIf(missing)(titled('primitives in TensorFlow', missing), () => {
  const programs = gradientCases.map((test, index) => engineProgram(test, `case${index}`));
  let signatures: Signatures;
  beforeAll(async () => {
    signatures = await load(programs);
  });
  afterAll(() => signatures.dispose());

  it.each(gradientCases.map((test, index) => [test.name, test, index] as const))(
    '%s: value and gradients agree with the reference, for two batch sizes',
    (_, test, index) => {
      const program = programs[index] as Program;
      for (const batch of [3, 1]) expectEqual(signatures, program, inputsOf(test, program, batch));
    },
  );

  it('random compositions agree with the reference', async () => {
    await fc.assert(
      fc.asyncProperty(randomCase, async (test) => {
        const program = engineProgram(test);
        const loaded = await load([program]);
        try {
          expectEqual(loaded, program, inputsOf(test, program, 2));
        } finally {
          loaded.dispose();
        }
      }),
      // Always the same ones: in float32 another element may be the largest where two are nearly alike.
      { numRuns: 15, seed: 1 },
    );
  });
});

describe.skipIf(missing)(titled('primitives without gradients in TensorFlow', missing), () => {
  it('compare, count, pick and convert as the reference does', async () => {
    const builder = builderOf();
    const x = builder.input('x', { dtype: 'float32', shape: [BATCH, 2, 5] });
    const labels = builder.input('labels', { dtype: 'int32', shape: [BATCH, 2] });
    const positive = builder.maximum(x, builder.scalar(0.25));
    const results = {
      argMax: builder.argMax(x),
      oneHot: builder.oneHot(labels, 5),
      greater: builder.greater(x, builder.scalar(0.5)),
      equal: builder.equal(builder.argMax(x), labels),
      pow: builder.pow(positive, builder.scalar(1.5)),
      cast: builder.cast(labels, 'float32'),
      truncated: builder.cast(x, 'int32'),
      size: builder.size(BATCH),
      counted: builder.reduceSum(labels, [0, 1]),
      constant: builder.add(labels, builder.constant(Int32Array.of(7, -3), [2])),
    };
    for (const [name, value] of Object.entries(results)) builder.output(name, value);
    const program = builder.build('others');
    const signatures = await load([program]);
    expectEqual(signatures, program, { x: spread([3, 2, 5], 'others'), labels: array([3, 2], [0, 1, 2, 3, 4, 0]) });
    signatures.dispose();
  });

  it('give a maximum’s gradient to the first of equal elements', async () => {
    const window = {
      size: [2, 2],
      strides: [2, 2],
      pads: [
        [0, 0],
        [0, 0],
      ],
    } as const;
    const test: GradientCase = { name: 'ties', inputs: [['N', 4, 4, 1]], build: (builder, [x]) => builder.maxPool(x as never, window) };
    const program = engineProgram(test);
    const signatures = await load([program]);
    expectEqual(signatures, program, { ...inputsOf(test, program, 2), x0: array([2, 4, 4, 1], new Float32Array(32)) });
    signatures.dispose();
  });

  it('draw numbers in [0, 1) that repeat under a seed, differ by step and by operation', async () => {
    const builder = builderOf();
    builder.input('x', { dtype: 'float32', shape: [BATCH] });
    const x = builder.input('x', { dtype: 'float32', shape: [BATCH] });
    builder.output('a', builder.add(builder.randomUniform([BATCH, 500]), builder.reshape(builder.mul(x, builder.scalar(0)), [BATCH, 1])));
    builder.output('b', builder.randomUniform([BATCH, 500]));
    const program = builder.build('random');
    const signatures = await load([program]);
    const draw = (seed: readonly [number, number]) =>
      signatures.run('random', {
        x: { dtype: 'float32', shape: [2], data: new Float32Array(2) },
        seed: { dtype: 'int32', shape: [2], data: Int32Array.from(seed) },
      });
    const first = draw([1, 0]);
    expect(draw([1, 0])).toEqual(first);
    const others = [first['b'], draw([1, 1])['a'], draw([2, 0])['a']].map((tensor) => Array.from(tensor?.data ?? []));
    const numbers = Array.from(first['a']?.data ?? []);
    for (const other of others) expect(other).not.toEqual(numbers);
    expect(numbers.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(Math.abs(numbers.reduce((sum, value) => sum + value, 0) / numbers.length - 0.5)).toBeLessThan(0.05);
    signatures.dispose();
  });
});
