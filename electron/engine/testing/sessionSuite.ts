import { expect, it } from 'vitest';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import type { Program } from '../../../shared/program/program';
import { defaultLoss } from '../../../shared/training/losses/index';
import { relativeDifference } from '../../../shared/testing/closeTo';
import { spread } from '../../../shared/testing/gradientProgram';
import { networkOf, residualNetwork, twoOutputs } from '../../../shared/testing/networks';
import { evaluateProgram } from '../../../shared/testing/reference/evaluate';
import type { Session, TensorData } from '../backend';
import {
  ADAM,
  batchOf,
  compiled,
  expectClose,
  float,
  int,
  MOMENTUM,
  numbers,
  RATE,
  startOf,
  STEPS,
  train,
  trainReference,
} from './digitSessions';

const dropout = networkOf(
  {
    image: ['input', { shape: [8, 8, 1] }],
    flat: ['flatten'],
    drop: ['dropout', { rate: 0.5 }],
    scores: ['dense', { units: 3 }],
    digit: ['output'],
  },
  ['image → flat → drop → scores → digit'],
);

/** What a session of every engine must do. `sessionOf` gives one with its first weights, and disposes of it after the test. */
export function sessionSuite(sessionOf: (network: CompiledNetwork) => Promise<Session>): void {
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
    expectClose(await session.read(), expected.variables);
  });

  it('gives the same bits twice under one seed', async () => {
    const network = compiled(residualNetwork(), ADAM);
    const [first, second] = [await sessionOf(network), await sessionOf(network)];
    expect(await train(first, 0, 6)).toEqual(await train(second, 0, 6));
    expect(await first.read()).toEqual(await second.read());
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
    const session = await sessionOf(compiled(residualNetwork(), ADAM));
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

  it('makes every step of those that are asked for at once', async () => {
    const network = compiled(residualNetwork());
    const [together, apart] = [await sessionOf(network), await sessionOf(network)];
    await Promise.all([0, 1, 2].map((step) => together.train(batchOf(step), { learningRate: RATE, seed: [1, step] })));
    await train(apart, 0, 3);
    expect(await together.read()).toEqual(await apart.read());
  });

  it('learns', async () => {
    const session = await sessionOf(compiled(residualNetwork()));
    await train(session, 0, 60);
    const { outputs } = await session.evaluate(batchOf(1000, 30));
    expect(outputs['digit']?.correct).toBeGreaterThan(27);
  });

  it('recovers from a loss that is not a number when it is initialised again', async () => {
    const network = compiled(residualNetwork());
    const session = await sessionOf(network);
    const [first] = await train(session, 0, 1);
    const broken = await session.train(batchOf(1), { learningRate: NaN, seed: [1, 1] }).then(() => train(session, 2, 3));
    expect(broken).toEqual([NaN]);
    await session.initialize(startOf(network));
    expect(await train(session, 0, 1)).toEqual([first]);
  });

  it('draws the same dropout under the same seed, another under another', async () => {
    const session = await sessionOf(compiled(dropout));
    const lossUnder = async (seed: readonly [number, number]) => (await session.train(batchOf(0), { learningRate: 0, seed })).loss;
    const first = await lossUnder([1, 0]);
    expect(await lossUnder([1, 0])).toBe(first);
    expect(await lossUnder([1, 1])).not.toBe(first);
    expect(await lossUnder([2, 0])).not.toBe(first);
    expect(Number.isFinite(await lossUnder([-1, 2 ** 31 - 1]))).toBe(true);
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
    expect(Object.keys(trained).sort()).toEqual(Object.keys(await last.read()).sort());
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
    const map = int(
      [2, 3, 3],
      Array.from({ length: 18 }, (_, index) => index % 2),
    );
    const result = await session.evaluate({ inputs, targets: { kindOut: int([2], [3, 1]), mapOut: map } });
    const [kind, second] = [result.outputs['kindOut'], result.outputs['mapOut']];
    expect([kind?.count, second?.count]).toEqual([2, 18]);
    expect(result.loss).toBeCloseTo((kind?.loss ?? 0) + 0.25 * (second?.loss ?? 0), 5);
    expect((await session.predict(inputs))['echoOut']).toEqual(inputs.tokens);
  });

  it('shares nothing with another session, nor with the tensors that went in and came out', async () => {
    const network = compiled(residualNetwork());
    const first = await sessionOf(network);
    const second = await sessionOf(network);
    await train(first, 0, 1);
    expect(await second.read()).toEqual(startOf(network));
    const given = startOf(network);
    await first.initialize(given);
    for (const tensors of [given, await first.read()]) for (const { data } of Object.values(tensors)) data.fill(7);
    expect(await first.read()).toEqual(startOf(network));
  });
}
