import * as tf from '@tensorflow/tfjs';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SkipDocument } from '../../../shared/document/document';
import { analyze } from '../../../shared/infer/analyze';
import { findLayer } from '../../../shared/layers/index';
import { compileNetwork, type CompileOptions } from '../../../shared/program/compile';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import { initialValues } from '../../../shared/program/initialize';
import { defaultLoss } from '../../../shared/training/losses/index';
import type { OptimizerSettings } from '../../../shared/program/optimizers';
import type { Program } from '../../../shared/program/program';
import { relativeDifference } from '../../../shared/testing/closeTo';
import { spread } from '../../../shared/testing/gradientProgram';
import { networkOf, residualNetwork, twoOutputs } from '../../../shared/testing/networks';
import { array, filled } from '../../../shared/testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../../../shared/testing/reference/evaluate';
import type { Batch, Session, TensorData, Tensors } from '../backend';
import { createTensorFlowBackend } from './backend';
import { titled, whyNoTensorFlow } from './installed';
import { loadTensorFlow } from './library';

const missing = whyNoTensorFlow();
const MOMENTUM: OptimizerSettings = { kind: 'sgd', momentum: 0.9, nesterov: false };
const ADAM: OptimizerSettings = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const RATE = 0.05;
const STEPS = 10;

const open: Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

function compiled(
  document: SkipDocument,
  optimizer = MOMENTUM,
  objectives: NonNullable<CompileOptions['training']>['objectives'] = [],
): CompiledNetwork {
  const result = compileNetwork(analyze(document), { findLayer, looking: true, training: { optimizer, objectives } });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function sessionOf(network: CompiledNetwork): Promise<Session> {
  const session = await createTensorFlowBackend().load(network);
  open.push(session);
  await session.initialize(startOf(network));
  return session;
}

function startOf({ variables }: CompiledNetwork): Tensors {
  const values = initialValues(variables, 1);
  return Object.fromEntries(variables.map(({ name, shape }) => [name, float(shape, values[name] as Float32Array)]));
}

function float(shape: readonly number[], data: ArrayLike<number>): TensorData {
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

function int(shape: readonly number[], data: ArrayLike<number>): TensorData {
  return { dtype: 'int32', shape, data: Int32Array.from(data) };
}

/** Another batch of 8×8 images for each step; labels that can be learned. */
function batchOf(step: number, size = 6): Batch {
  const labels = Int32Array.from({ length: size }, (_, index) => (index + step) % 3);
  const noise = spread([size, 8, 8, 1], `batch ${step}`);
  const image = filled(noise.shape, ([n = 0, row = 0]) => (row % 3 === labels[n] ? 1 : 0)).data.map(
    (value, offset) => value + (noise.data[offset] as number) / 4,
  );
  return { inputs: { image: float(noise.shape, image) }, targets: { digit: int([size], labels) } };
}

async function train(session: Session, from: number, to: number): Promise<readonly number[]> {
  const losses: number[] = [];
  for (let step = from; step < to; step++) losses.push((await session.train(batchOf(step), { learningRate: RATE, seed: [1, step] })).loss);
  return losses;
}

function numbers(tensors: Tensors): NumberArrays {
  return Object.fromEntries(Object.entries(tensors).map(([name, { shape, data }]) => [name, array(shape, data)]));
}

/** The same steps in float64. */
function trainReference(network: CompiledNetwork): { losses: readonly number[]; variables: NumberArrays } {
  let variables = numbers(startOf(network));
  const losses = Array.from({ length: STEPS }, (_, step) => {
    const { inputs, targets } = batchOf(step);
    const fed = { image: inputs['image'], digit: targets['digit'] } as Record<'image' | 'digit', TensorData>;
    const values = numbers({ 'input/image': fed.image, 'target/digit': fed.digit, learningRate: float([], [RATE]) });
    const run = evaluateProgram(network.programs.train as Program, values, variables);
    variables = run.variables;
    return run.outputs['loss']?.data[0] as number;
  });
  return { losses, variables };
}

/** `residualNetwork` written by hand in tfjs, trained by tfjs's own gradients and momentum on its cpu backend. */
async function trainEagerly(
  network: CompiledNetwork,
): Promise<{ losses: readonly number[]; weights: Readonly<Record<string, ArrayLike<number>>> }> {
  await tf.setBackend('cpu');
  const weights = new Map(
    Object.entries(startOf(network))
      .filter(([name]) => network.variables.find((variable) => variable.name === name)?.role === 'weight')
      .map(([name, { shape, data }]) => [name, tf.variable(tf.tensor(data, [...shape]))]),
  );
  const w = (name: string) => weights.get(name) as tf.Variable;
  const conv = (x: tf.Tensor4D, name: string, strides = 1) => {
    const pad = Number(w(name).shape[0]) === 1 ? 0 : 1;
    return tf.conv2d(
      x,
      w(name) as tf.Variable<tf.Rank.R4>,
      strides,
      [
        [0, 0],
        [pad, pad],
        [pad, pad],
        [0, 0],
      ],
      'NHWC',
      1,
      'floor',
    );
  };
  const preActivation = (x: tf.Tensor4D, name: string) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    return tf.relu(
      tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, w(`${name}/beta`) as never, w(`${name}/gamma`) as never, 1e-3),
    );
  };
  const logits = (image: tf.Tensor4D) => {
    const stem = conv(image, 'stem/kernel');
    const first = preActivation(stem, 'shortcut1');
    const inner1 = conv(preActivation(conv(first, 'conv1a/kernel', 2), 'preActivation1'), 'conv1b/kernel');
    const add1 = tf.add<tf.Tensor4D>(inner1, conv(first, 'shortcut1/kernel', 2));
    const second = preActivation(add1, 'shortcut2');
    const inner2 = conv(preActivation(conv(second, 'conv2a/kernel'), 'preActivation2'), 'conv2b/kernel');
    const pooled = tf.mean(preActivation(tf.add<tf.Tensor4D>(inner2, add1), 'last'), [1, 2]);
    return tf.add(tf.matMul(pooled as tf.Tensor2D, w('scores/kernel') as never), w('scores/bias'));
  };
  const optimizer = tf.train.momentum(RATE, 0.9);
  const losses = Array.from({ length: STEPS }, (_, step) => {
    const { inputs, targets } = batchOf(step);
    const image = tf.tensor4d(inputs['image']?.data as Float32Array, [6, 8, 8, 1]);
    const labels = tf.oneHot(tf.tensor1d(targets['digit']?.data as Int32Array, 'int32'), 3);
    const cost = optimizer.minimize(() => tf.losses.softmaxCrossEntropy(labels, logits(image)).asScalar(), true);
    return cost?.dataSync()[0] as number;
  });
  return { losses, weights: Object.fromEntries([...weights].map(([name, variable]) => [name, variable.dataSync()])) };
}

describe.skipIf(missing)(titled('training in TensorFlow', missing), () => {
  it('makes the same ten steps as a hand-written tfjs network', async () => {
    const network = compiled(residualNetwork());
    const expected = await trainEagerly(network);
    const session = await sessionOf(network);
    expect(relativeDifference(await train(session, 0, STEPS), expected.losses)).toBeLessThan(1e-4);
    const weights = await session.read();
    for (const [name, values] of Object.entries(expected.weights)) {
      expect({ name, far: relativeDifference(weights[name]?.data ?? [], values) >= 1e-4 }).toEqual({ name, far: false });
    }
  });

  it.each([
    ['gradient descent', { kind: 'sgd', momentum: 0, nesterov: false }],
    ['momentum', MOMENTUM],
    ['Nesterov', { kind: 'sgd', momentum: 0.9, nesterov: true }],
    ['Adam', { ...ADAM, epsilon: 1e-3 }],
  ] as const)('with %s makes the same ten steps as the float64 reference, moving statistics and slots too', async (_, optimizer) => {
    const network = compiled(residualNetwork(), optimizer);
    const expected = trainReference(network);
    const session = await sessionOf(network);
    expect(relativeDifference(await train(session, 0, STEPS), expected.losses)).toBeLessThan(1e-4);
    const variables = await session.read();
    expect(Object.keys(variables).sort()).toEqual(Object.keys(expected.variables).sort());
    for (const [name, { data }] of Object.entries(expected.variables)) {
      expect({ name, far: relativeDifference(variables[name]?.data ?? [], data, 1e-2) >= 1e-4 }).toEqual({ name, far: false });
    }
  });

  it('goes on after a stop as if there had been none', async () => {
    const network = compiled(residualNetwork(), ADAM);
    const whole = await sessionOf(network);
    await train(whole, 0, 6);
    const first = await sessionOf(network);
    await train(first, 0, 3);
    const second = await sessionOf(network);
    await second.initialize(await first.read());
    await train(second, 3, 6);
    expect(await second.read()).toEqual(await whole.read());
  });

  it('starts the optimizer anew from weights alone', async () => {
    const network = compiled(residualNetwork(), ADAM);
    const session = await sessionOf(network);
    await train(session, 0, 2);
    const trained = await session.read();
    const weights = Object.fromEntries(Object.entries(trained).filter(([name]) => !name.startsWith('optimizer:')));
    await session.initialize(weights);
    const { 'optimizer:step': step, 'stem/kernel': kernel } = await session.read();
    expect([step?.data[0], kernel]).toEqual([0, trained['stem/kernel']]);
  });

  it('takes batches of any size, the last one of an epoch too', async () => {
    const session = await sessionOf(compiled(residualNetwork()));
    for (const size of [6, 2, 1]) {
      const { outputs } = await session.train(batchOf(0, size), { learningRate: RATE, seed: [1, 0] });
      expect(outputs['digit']?.count).toBe(size);
    }
  });

  it('learns', async () => {
    const session = await sessionOf(compiled(residualNetwork()));
    await train(session, 0, 60);
    const { outputs } = await session.evaluate(batchOf(1000, 30));
    expect(outputs['digit']?.correct).toBeGreaterThan(27);
  });

  it('draws the same dropout under the same seed, another under another', async () => {
    const document = networkOf(
      {
        image: ['input', { shape: [8, 8, 1] }],
        flat: ['flatten'],
        drop: ['dropout', { rate: 0.5 }],
        scores: ['dense', { units: 3 }],
        digit: ['output'],
      },
      ['image → flat → drop → scores → digit'],
    );
    const session = await sessionOf(compiled(document));
    const lossUnder = async (seed: readonly [number, number]) => (await session.train(batchOf(0), { learningRate: 0, seed })).loss;
    const first = await lossUnder([1, 0]);
    expect(await lossUnder([1, 0])).toBe(first);
    expect(await lossUnder([1, 1])).not.toBe(first);
    expect(await lossUnder([2, 0])).not.toBe(first);
  });
});

describe.skipIf(missing)(titled('a TensorFlow session', missing), () => {
  it('predicts the same with frozen weights, and thaws where they change', async () => {
    const network = compiled(residualNetwork());
    const session = await sessionOf(network);
    const batch = batchOf(0);
    const predicted = async () => Object.values(await session.predict(batch.inputs)).map(({ data }) => [...data]);
    const expectSame = async (expected: number[][]) => {
      const received = await predicted();
      expect(received).toHaveLength(expected.length);
      expected.forEach((data, index) => expect(relativeDifference(received[index] ?? [], data)).toBeLessThan(1e-5));
    };
    const before = await predicted();
    await session.freeze();
    await expectSame(before);
    await session.train(batch, { learningRate: 0.5, seed: [1, 1] });
    const after = await predicted();
    expect(relativeDifference(after[0] ?? [], before[0] ?? [])).toBeGreaterThan(1e-3);
    await session.freeze();
    await expectSame(after);
    await session.initialize(startOf(network));
    await expectSame(before);
  });

  it('gives the gradients of the float64 reference and changes nothing', async () => {
    const network = compiled(residualNetwork());
    const session = await sessionOf(network);
    const batch = batchOf(0);
    const received = await session.gradients(batch);
    const fed = numbers({ 'input/image': batch.inputs['image'] as TensorData, 'target/digit': batch.targets['digit'] as TensorData });
    const { outputs } = evaluateProgram(network.programs.gradients as Program, fed, numbers(startOf(network)));
    for (const [name, { data }] of Object.entries(received))
      expect(relativeDifference(data, outputs[`gradient/${name}`]?.data ?? [])).toBeLessThan(1e-4);
    expect(Object.keys(received)).toHaveLength(network.variables.filter(({ role }) => role === 'weight').length);
    expect(await session.read()).toEqual(startOf(network));
  });

  it('has activations and predictions that agree with each other', async () => {
    const session = await sessionOf(compiled(residualNetwork()));
    const { inputs } = batchOf(0);
    const activations = await session.inspect(inputs);
    const { digit } = await session.predict(inputs);
    expect(digit?.shape).toEqual(activations['softmax:y']?.shape);
    // TensorFlow fuses more where nothing in between is asked for.
    expect(relativeDifference(digit?.data ?? [], activations['softmax:y']?.data ?? [])).toBeLessThan(1e-5);
    expect(activations['image:y']).toEqual(inputs['image']);
  });

  it('of a channels-first network gives the numbers of its channels-last twin', async () => {
    const last = await sessionOf(compiled(residualNetwork('channelsLast')));
    const first = await sessionOf(compiled(residualNetwork('channelsFirst')));
    const losses = await train(last, 0, 3);
    for (const [step, loss] of losses.entries()) {
      const { inputs, targets } = batchOf(step);
      // One channel: the same numbers in the same order.
      const image = { ...(inputs['image'] as TensorData), shape: [6, 1, 8, 8] };
      const result = await first.train({ inputs: { image }, targets }, { learningRate: RATE, seed: [1, step] });
      expect(relativeDifference([result.loss], [loss])).toBeLessThan(1e-6);
    }
    const trained = await first.read();
    for (const [name, { data }] of Object.entries(await last.read()))
      expect(relativeDifference(trained[name]?.data ?? [], data)).toBeLessThan(1e-5);
  });

  it('runs several inputs and outputs, integers among them', async () => {
    const objectives = [
      { output: 'kindOut', loss: defaultLoss, weight: 1 },
      { output: 'mapOut', loss: defaultLoss, weight: 0.25 },
    ] as const;
    const session = await sessionOf(compiled(twoOutputs(), MOMENTUM, objectives));
    const inputs = { image: float([2, 4, 4, 2], spread([2, 4, 4, 2], 'image').data), tokens: int([2, 3], [5, 6, 7, 8, 9, 10]) };
    const targets = {
      kindOut: int([2], [3, 1]),
      mapOut: int(
        [2, 3, 3],
        Array.from({ length: 18 }, (_, index) => index % 2),
      ),
    };
    const result = await session.evaluate({ inputs, targets });
    const [kind, map] = [result.outputs['kindOut'], result.outputs['mapOut']];
    expect([kind?.count, map?.count]).toEqual([2, 18]);
    expect(result.loss).toBeCloseTo((kind?.loss ?? 0) + 0.25 * (map?.loss ?? 0), 5);
    expect((await session.predict(inputs))['echoOut']).toEqual(inputs.tokens);
  });

  it('shares nothing with another session of the same network', async () => {
    const network = compiled(residualNetwork());
    const first = await sessionOf(network);
    const second = await sessionOf(network);
    await train(first, 0, 1);
    expect(await second.read()).toEqual(startOf(network));
  });

  it('leaves no tensor, no session and no file behind', async () => {
    const binding = loadTensorFlow();
    // Other tests of this machine load networks, too.
    const folder = mkdtempSync(join(tmpdir(), 'skipwire-test-'));
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    });
    vi.stubEnv('TMPDIR', folder).stubEnv('TEMP', folder);
    const before = [binding.getNumOfTensors(), binding.getNumOfSavedModels()];
    const session = await sessionOf(compiled(residualNetwork()));
    await train(session, 0, 3);
    await session.freeze();
    await session.read();
    session.dispose();
    session.dispose();
    expect([binding.getNumOfTensors(), binding.getNumOfSavedModels()]).toEqual(before);
    expect(readdirSync(folder)).toEqual([]);
    await expect(session.read()).rejects.toThrow('The session is disposed.');
  });

  it.each([
    [
      'a wrong shape',
      { image: float([2, 8, 4, 1], new Float32Array(64)) },
      'Input "image": received float32 2×8×4×1, expected float32 N×8×8×1',
    ],
    ['a wrong rank', { image: float([8, 8, 1], new Float32Array(64)) }, 'Input "image": received float32 8×8×1, expected float32 N×8×8×1'],
    [
      'a wrong element type',
      { image: int([1, 8, 8, 1], new Int32Array(64)) },
      'Input "image": received int32 1×8×8×1, expected float32 N×8×8×1',
    ],
    ['missing elements', { image: float([1, 8, 8, 1], new Float32Array(63)) }, 'received 63 elements, expected 64'],
    [
      'data of another kind than it says',
      { image: { dtype: 'float32', shape: [1, 8, 8, 1], data: new Int32Array(64) } },
      'its data is no Float32Array for float32',
    ],
    ['no sample', { image: float([0, 8, 8, 1], []) }, 'is empty, expected at least one sample'],
    ['nothing', {}, '"image" is missing'],
    [
      'an input that it has not',
      { image: float([1, 8, 8, 1], new Float32Array(64)), mask: float([1], [1]) },
      'received "mask", expected "image"',
    ],
  ] as const)('refuses %s', async (_, inputs, message) => {
    const session = await sessionOf(compiled(residualNetwork()));
    await expect(session.predict(inputs as Tensors)).rejects.toThrow(message);
  });

  it('refuses targets that are no class, and as many as there are no samples of', async () => {
    const session = await sessionOf(compiled(residualNetwork()));
    const { inputs } = batchOf(0);
    const settings = { learningRate: 0.1, seed: [1, 0] } as const;
    await expect(session.train({ inputs, targets: { digit: int([6], [0, 1, 2, 3, 0, 0]) } }, settings)).rejects.toThrow(
      'Target "digit": received class 3, expected 0 … 2.',
    );
    await expect(session.train({ inputs, targets: { digit: int([5], [0, 1, 2, 0, 0]) } }, settings)).rejects.toThrow(
      'received int32 5, expected int32 N with N = 6',
    );
  });

  it('refuses weights of a wrong shape, and fewer or more than it has', async () => {
    const network = compiled(residualNetwork());
    const session = await sessionOf(network);
    const { 'scores/bias': bias, ...others } = startOf(network);
    await expect(session.initialize(others)).rejects.toThrow('Weight: "scores/bias" is missing');
    await expect(session.initialize({ ...others, 'scores/bias': float([2], [1, 2]) })).rejects.toThrow(
      'Weight "scores/bias": received float32 2, expected float32 3',
    );
    await expect(session.initialize({ ...others, 'scores/bias': bias as TensorData, extra: float([1], [1]) })).rejects.toThrow(
      'received "extra"',
    );
  });
});
