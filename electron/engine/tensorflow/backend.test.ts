import * as tf from '@tensorflow/tfjs';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import { relativeDifference } from '../../../shared/testing/closeTo';
import { residualNetwork } from '../../../shared/testing/networks';
import type { Session, TensorData, Tensors } from '../backend';
import { batchOf, compiled, float, int, RATE, startOf, STEPS, train } from '../testing/digitSessions';
import { sessionSuite } from '../testing/sessionSuite';
import { createTensorFlowBackend } from './backend';
import { titled, whyNoTensorFlow } from './installed';
import { loadTensorFlow } from './library';

const missing = whyNoTensorFlow();
const open: Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

async function sessionOf(network: CompiledNetwork): Promise<Session> {
  const session = await createTensorFlowBackend().load(network);
  open.push(session);
  await session.initialize(startOf(network));
  return session;
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

describe.skipIf(missing)(titled('a TensorFlow session', missing), () => {
  sessionSuite(sessionOf);

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
