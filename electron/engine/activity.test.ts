import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityReport } from '../../shared/rpc/contract';
import { networkOf } from '../../shared/testing/networks';
import { createActivityWatch, firstSamples } from './activity';
import type { Session, TensorData, Tensors } from './backend';
import { engines } from './engines';
import { batchOf, compiled, float, startOf } from './testing/digitSessions';
import { createReferenceBackend } from './testing/referenceBackend';

const document = networkOf(
  {
    image: ['input', { shape: [8, 8, 1] }],
    conv: ['conv2d', { filters: 4, kernelSize: [3, 3], padding: 'same' }],
    relu: ['relu'],
    norm: ['batchNormalization'],
    flat: ['flatten'],
    scores: ['dense', { units: 3 }],
    digit: ['output'],
  },
  ['image → conv → relu → norm → flat → scores → digit'],
);
const network = compiled(document);
/** One channel's bias is so low that its ReLU never gives anything. */
const weights: Tensors = { ...startOf(network), 'conv/bias': float([4], [0.1, -50, 0, 0.2]) };
const { inputs } = batchOf(0, 6);

/** The same layers by TensorFlow.js, eagerly, and the figures as anyone would compute them. */
function byTensorFlowJs(): Readonly<Record<string, readonly number[]>> {
  tf.engine().startScope();
  try {
    const tensor = ({ data, shape }: TensorData) => tf.tensor(data, [...shape]);
    const weight = (name: string) => tensor(weights[name] as TensorData);
    const image = tensor(inputs['image'] as TensorData) as tf.Tensor4D;
    const conv = tf.add(tf.conv2d(image, weight('conv/kernel') as tf.Tensor4D, 1, 'same'), weight('conv/bias'));
    const relu = tf.relu(conv);
    const { mean, variance } = tf.moments(relu, [0, 1, 2]);
    const norm = tf.batchNorm(relu, mean, variance, weight('norm/beta'), weight('norm/gamma'), 1e-3);
    const flat = tf.reshape(norm, [6, -1]);
    const scores = tf.add(tf.matMul(flat, weight('scores/kernel')), weight('scores/bias'));
    return Object.fromEntries(Object.entries({ image, conv, relu, norm, flat, scores }).map(([name, value]) => [name, figures(value)]));
  } finally {
    tf.engine().endScope();
  }
}

function figures(value: tf.Tensor): readonly number[] {
  const numbers = Array.from(value.dataSync());
  const channels = value.shape.at(-1) ?? 1;
  const isSilent = Array.from({ length: channels }, (_, channel) => numbers.every((each, at) => at % channels !== channel || each === 0));
  const share = (list: readonly boolean[]) => list.filter(Boolean).length / list.length;
  const square = numbers.reduce((sum, each) => sum + each * each, 0) / numbers.length;
  return [Math.sqrt(square), share(numbers.map((each) => each === 0)), share(isSilent)];
}

const backends = [createReferenceBackend(), ...engines().flatMap(({ backend }) => (backend ? [backend] : []))];

describe.each(backends.map((backend) => [`${backend.name} ${backend.version}`, backend] as const))(
  'activity of layers by %s',
  (_, backend) => {
    it('is what TensorFlow.js computes eagerly, and changes no weight', async () => {
      const session = await backend.load(network);
      try {
        await session.initialize(weights);
        const received = await session.activity(inputs, [1, 1]);
        const expected = byTensorFlowJs();
        expect(Object.keys(received)).toEqual(Object.keys(expected));
        for (const [path, numbers] of Object.entries(expected))
          numbers.forEach((number, index) => expect(received[path]?.data[index]).toBeCloseTo(number, 4));
        expect(received['relu']?.data[2]).toBe(0.25);
        expect(await session.read()).toEqual(weights);
      } finally {
        session.dispose();
      }
    });
  },
);

/** A session of which every look takes so long, and a clock. */
function slow(milliseconds: number) {
  let time = 0;
  const session = {
    activity: () => {
      time += milliseconds;
      return Promise.resolve({ a: float([3], [2, 0.5, 0]), b: float([3], [NaN, 0, 0]) });
    },
  } as unknown as Session;
  return { session, now: () => time, pass: (step: number) => (time += step) };
}

describe('the watch over activity', () => {
  it('takes a quarter of a hundredth of the time, and what a look takes more than a third of a step, whatever they take', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 1, max: 3000, noNaN: true }),
        fc.double({ min: 0.1, max: 5000, noNaN: true }),
        async (step, look) => {
          const { session, now, pass } = slow(look);
          const watch = createActivityWatch(network, () => undefined, now);
          for (let count = 1; count <= 300; count += 1) {
            pass(step);
            await watch.step(session, { inputs }, { step: count, seed: [1, count] });
          }
          expect(watch.cost.milliseconds).toBeLessThanOrEqual(0.0025 * now() + Math.max(0, look - step / 3) + 1e-6);
          if (now() > 5000 + 400 * step + 2 * look) expect(watch.cost.looks).toBeGreaterThan(1);
        },
      ),
    );
  });

  it('looks first at as few samples as take a quarter of a second about, then at sixteen', async () => {
    const { session, now, pass } = slow(1);
    const looked: number[] = [];
    for (const [step, batch] of [
      [10, 20],
      [3000, 20],
      [600_000, 20],
      [3000, 1],
    ] as const) {
      const seen: number[] = [];
      const watch = createActivityWatch(network, ({ samples }) => void seen.push(samples), now);
      for (let count = 1; seen.length < 2; count += 1) {
        pass(step);
        await watch.step(session, batchOf(0, batch), { step: count, seed: [1, count] });
      }
      looked.push(...seen);
    }
    // Three seconds for 20 samples are 50 ms for one of a look.
    expect(looked).toEqual([16, 16, 5, 16, 2, 16, 1, 1]);
  });

  it('saves nothing up in a pause', async () => {
    const { session, now, pass } = slow(50);
    const watch = createActivityWatch(network, () => undefined, now);
    const steps = async (count: number) => {
      for (let step = 1; step <= count; step += 1) {
        pass(100);
        await watch.step(session, { inputs }, { step, seed: [1, step] });
      }
    };
    await steps(100);
    pass(3_600_000);
    const { looks } = watch.cost;
    await steps(40);
    expect(watch.cost.looks).toBe(looks + 1);
  });

  it('tells the step, the samples and every layer, of what is not finite that it is not', async () => {
    const { session, now, pass } = slow(1);
    const reports: ActivityReport[] = [];
    const watch = createActivityWatch(network, (report) => reports.push(report), now);
    for (let step = 1; step <= 6; step += 1) {
      await watch.step(session, batchOf(0, 20), { step, seed: [1, step] });
      pass(200);
    }
    expect(reports).toEqual([
      {
        step: 4,
        samples: 16,
        layers: [
          { path: 'a', rms: 2, zeros: 0.5, silent: 0 },
          { path: 'b', rms: null, zeros: 0, silent: 0 },
        ],
      },
    ]);
  });

  it('looks at the end where the training was too short for a look before, and only there', async () => {
    const { session, now, pass } = slow(1);
    const reports: ActivityReport[] = [];
    const watch = createActivityWatch(network, (report) => reports.push(report), now);
    await watch.end(session);
    expect(reports).toEqual([]);
    for (let step = 1; step <= 3; step += 1) await watch.step(session, batchOf(0, 20), { step, seed: [1, step] });
    await watch.end(session);
    expect(reports.map(({ step, samples }) => [step, samples])).toEqual([[3, 16]]);
    pass(600);
    await watch.step(session, batchOf(0, 20), { step: 4, seed: [1, 4] });
    await watch.end(session);
    expect(reports).toHaveLength(1);
  });

  it('does not look again where a look failed, and lets the training go on', async () => {
    const { session, now, pass } = slow(1);
    let asked = 0;
    const failing = {
      ...session,
      activity: () => {
        asked += 1;
        return Promise.reject(new Error('no memory'));
      },
    };
    const watch = createActivityWatch(network, () => undefined, now);
    for (let step = 1; step <= 6; step += 1) {
      pass(1000);
      await watch.step(failing, batchOf(0), { step, seed: [1, step] });
    }
    expect([asked, watch.cost.looks]).toEqual([1, 0]);
  });

  it('does not look where nobody listens', async () => {
    const { session, now, pass } = slow(1);
    const watch = createActivityWatch(network, undefined, now);
    for (let step = 1; step <= 6; step += 1) {
      pass(1000);
      await watch.step(session, batchOf(0), { step, seed: [1, step] });
    }
    expect(watch.cost.looks).toBe(0);
  });

  it('takes the first samples of every input', () => {
    const tokens: TensorData = { dtype: 'int32', shape: [3, 2], data: Int32Array.of(1, 2, 3, 4, 5, 6) };
    expect(firstSamples({ tokens }, 2)).toEqual({ tokens: { dtype: 'int32', shape: [2, 2], data: Int32Array.of(1, 2, 3, 4) } });
    expect(firstSamples({ tokens }, 8)).toEqual({ tokens });
  });
});
