import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allLayers } from '../../shared/layers/index';
import type { Program } from '../../shared/program/program';
import { trainableSavedModel } from '../../shared/program/tensorflow/savedModel';
import { relativeDifference } from '../../shared/testing/closeTo';
import { analyzedExample, examplePrograms, exampleValues, numberArray } from '../../shared/testing/exampleProgram';
import { layerCases } from '../../shared/testing/layerCases';
import { evaluateProgram } from '../../shared/testing/reference/evaluate';
import type { Tensors } from './backend';
import { loadOnnxruntime } from './onnxruntime/library';
import { createRunner, type Runner } from './onnxruntime/runner';
import { titled, whyNoTensorFlow } from './tensorflow/installed';
import { loadTensorFlow } from './tensorflow/library';
import { loadSignatures, type Signatures } from './tensorflow/signatures';

/** float32 sums of a few hundred products against float64. */
const TOLERANCE = 5e-5;
/** The numbers of the examples are about 1: where a sum of them is smaller than this, it is their rounding that is left. */
const FLOOR = 0.05;

const missing = whyNoTensorFlow();

/** Every example of every layer and every corner of its window, in inference and, where that is something else, in training; weights are inputs. */
const cases = allLayers
  .filter(({ type }) => type !== 'input' && type !== 'output')
  .flatMap(layerCases)
  .flatMap(({ title, layer, example }) =>
    examplePrograms(analyzedExample(layer, example)).map((given) => ({
      title: `${title}${given.training ? ' in training' : ''}`,
      given,
      program: withoutVariables(given.program),
    })),
  )
  .map((test, index) => ({ ...test, program: { ...test.program, name: `case${index}` } }));

/** What is random is so in TensorFlow by other numbers than in the reference, which has ONNX's. */
const repeatable = cases.filter(({ given }) => !given.isRandom);

function withoutVariables(program: Program): Program {
  return { ...program, inputs: [...program.inputs, ...program.variables], variables: [], updates: [] };
}

/** Several samples, and a single one, as the last batch of an epoch may be. */
const BATCHES = [2, 1];

function feedsOf({ given, program }: (typeof cases)[number], batch: number): Tensors {
  const values = exampleValues(given, batch);
  return Object.fromEntries(program.inputs.map(({ name }) => [name, values[name] as Tensors[string]]));
}

function expectEqual({ program }: (typeof cases)[number], feeds: Tensors, received: Tensors): void {
  const inputs = Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, numberArray(value)]));
  const expected = evaluateProgram(program, inputs).outputs;
  expect(Object.keys(received).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { shape, data }] of Object.entries(expected)) {
    expect({ name, shape: received[name]?.shape }).toEqual({ name, shape });
    expect({ name, far: relativeDifference(received[name]?.data ?? [], data, FLOOR) >= TOLERANCE }).toEqual({ name, far: false });
  }
}

/** How many programs a SavedModel has: TensorFlow walks through all of them before the first run of each. */
const TOGETHER = 20;

describe.skipIf(missing)(titled('every example of every layer in TensorFlow', missing), () => {
  const groups = Array.from({ length: Math.ceil(repeatable.length / TOGETHER) }, (_, index) =>
    repeatable.slice(index * TOGETHER, (index + 1) * TOGETHER),
  );

  describe.each(groups.map((group) => [group[0]?.title ?? '', group] as const))('from %s on', (_, group) => {
    let signatures: Signatures;
    beforeAll(async () => {
      const programs = group.map(({ program }) => program);
      signatures = await loadSignatures(loadTensorFlow(), trainableSavedModel(programs, []));
    });
    afterAll(() => signatures.dispose());

    it.each(group.map((test) => [test.title, test] as const))('%s: outputs and gradients agree with the reference', (__, test) => {
      for (const batch of BATCHES) {
        const feeds = feedsOf(test, batch);
        expectEqual(test, feeds, signatures.run(test.program.name, feeds));
      }
    });
  });
});

describe('every example of every layer in onnxruntime', () => {
  const open: Runner[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((runner) => runner.release()));
  });

  it.each(cases.map((test) => [test.title, test] as const))('%s: outputs and gradients agree with the reference', async (_, test) => {
    const runner = await createRunner(loadOnnxruntime(), test.program);
    open.push(runner);
    for (const batch of BATCHES) {
      const feeds = feedsOf(test, batch);
      expectEqual(test, feeds, (await runner.run(feeds, new Map())).outputs);
    }
  });
});
