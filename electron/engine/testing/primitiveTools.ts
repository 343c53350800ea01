import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { evaluateDim } from '../../../shared/graph/dim';
import type { Program } from '../../../shared/program/program';
import { relativeDifference } from '../../../shared/testing/closeTo';
import type { GradientCase } from '../../../shared/testing/gradientCases';
import { caseInputs, gradientProgram } from '../../../shared/testing/gradientProgram';
import { randomCase } from '../../../shared/testing/randomCase';
import type { NumberArray } from '../../../shared/testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../../../shared/testing/reference/evaluate';
import type { Tensors } from '../backend';
import type { Device } from '../onnxruntime/device';
import { loadOnnxruntime } from '../onnxruntime/library';
import { createRunner, type Runner } from '../onnxruntime/runner';

/** float32 sums of a few hundred products against float64. */
const TOLERANCE = 2e-5;
/** The numbers of the cases are about 1: where a sum of them is smaller than this, it is their rounding that is left. */
const FLOOR = 0.05;

type PrimitiveTools = ReturnType<typeof primitiveTools>;

/** Loads programs on a device, for the test that goes on, and compares what they give with the float64 reference. */
export function primitiveTools(device: Device) {
  const open: Runner[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((runner) => runner.release()));
  });
  return {
    async load(program: Program): Promise<Runner> {
      const runner = await createRunner(loadOnnxruntime(), program, device);
      open.push(runner);
      return runner;
    },
    expectEqual,
  };
}

/** The cases, and as many random compositions, agree with the reference. */
export function primitiveSuite(title: string, { load, expectEqual }: PrimitiveTools, cases: readonly GradientCase[], compositions: number) {
  describe(title, () => {
    it.each(cases.map((test) => [test.name, test] as const))(
      '%s: value and gradients agree with the reference, for two batch sizes',
      async (_, test) => {
        const program = engineProgram(test);
        const runner = await load(program);
        for (const batch of [3, 1]) await expectEqual(runner, program, inputsOf(test, program, batch));
      },
    );

    it('random compositions agree with the reference', async () => {
      await fc.assert(
        fc.asyncProperty(randomCase, async (test) => {
          const program = engineProgram(test);
          await expectEqual(await load(program), program, inputsOf(test, program, 2));
        }),
        // Always the same ones: in float32 another element may be the largest where two are nearly alike.
        { numRuns: compositions, seed: 1 },
      );
    });
  });
}

/** The sum of y · cotangent cancels: its error is no measure of the engine's. */
export function engineProgram(test: GradientCase): Program {
  const program = gradientProgram(test);
  return { ...program, outputs: program.outputs.filter((output) => output.name !== 'loss') };
}

export function inputsOf(test: GradientCase, program: Program, batch: number): NumberArrays {
  const y = program.outputs.find(({ name }) => name === 'y');
  const shape = y?.value.type.shape.map((dim) => evaluateDim(dim, { N: batch }) as number) ?? [];
  return caseInputs(test, batch, shape);
}

export function feeds(program: Program, inputs: NumberArrays): Tensors {
  return Object.fromEntries(
    program.inputs.map(({ name, value }) => {
      const { shape, data } = inputs[name] as NumberArray;
      const { dtype } = value.type;
      return [name, { dtype, shape, data: dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data) }];
    }),
  );
}

async function expectEqual(runner: Runner, program: Program, inputs: NumberArrays): Promise<void> {
  const received = (await runner.run(feeds(program, inputs), new Map())).outputs;
  const expected = evaluateProgram(program, inputs).outputs;
  expect(Object.keys(received).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { shape, data }] of Object.entries(expected)) {
    expect({ name, shape: received[name]?.shape }).toEqual({ name, shape });
    expect({ name, far: relativeDifference(received[name]?.data ?? [], data, FLOOR) >= TOLERANCE }).toEqual({ name, far: false });
  }
}
