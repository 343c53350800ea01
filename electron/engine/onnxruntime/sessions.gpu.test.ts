import { afterEach, describe, expect, it } from 'vitest';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import { relativeDifference } from '../../../shared/testing/closeTo';
import { residualNetwork } from '../../../shared/testing/networks';
import { compiledSteps, SEED, tenSteps, tenStepsBatch, type TenSteps } from '../../../shared/testing/tenSteps';
import type { Session, Tensors } from '../backend';
import { batchOf, compiled, float, RATE, startOf } from '../testing/digitSessions';
import { frozenSuite } from '../testing/frozenSuite';
import { sessionSuite } from '../testing/sessionSuite';
import { freshWeights } from '../training';
import { createOnnxruntimeBackend } from './backend';

const open: Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

async function sessionOn(device: 'cpu' | 'gpu', network: CompiledNetwork, start = startOf(network)): Promise<Session> {
  const session = await createOnnxruntimeBackend(device).load(network);
  open.push(session);
  await session.initialize(start);
  return session;
}

describe('an onnxruntime session on the GPU', () => {
  sessionSuite((network) => sessionOn('gpu', network));
  frozenSuite(
    (network) => sessionOn('gpu', network),
    () => createOnnxruntimeBackend('gpu'),
  );

  it('changes nothing in a step whose loss is not finite', async () => {
    const network = compiled(residualNetwork());
    const start = { ...startOf(network), 'scores/bias': float([3], [NaN, 0, 0]) };
    const session = await sessionOn('gpu', network, start);
    const { loss } = await session.train(batchOf(0), { learningRate: RATE, seed: [1, 0] });
    expect(loss).toBeNaN();
    expect(await session.read()).toEqual(start);
  });

  it('is of no use before it has weights', async () => {
    const session = await createOnnxruntimeBackend('gpu').load(compiled(residualNetwork()));
    open.push(session);
    await expect(session.predict(batchOf(0).inputs)).rejects.toThrow('The session is not initialised');
    await expect(session.read()).rejects.toThrow('The session is not initialised');
  });
});

/** Relative: single precision, summed in another order at each of ten steps. */
const LOSS_BAR = 1e-3;
/** Of all weights and slots together: where a value is nearly 0, a relu may let it pass on one device only, and a few weights part. */
const WEIGHT_BAR = 1e-3;

/** How far tensors are from others, as a share of their size. */
function distance(received: Tensors, expected: Tensors): number {
  let [difference, size] = [0, 0];
  for (const [name, { data }] of Object.entries(expected))
    data.forEach((value, index) => {
      difference += ((received[name]?.data[index] ?? NaN) - value) ** 2;
      size += value ** 2;
    });
  return Math.sqrt(difference / size);
}

describe.each([
  ['ResNet-20', 4],
  ['transformer encoder', 4],
  // More parts than a shader has buffers.
  ['LSTM classifier', 4],
] as const)('ten steps of %s on the GPU', (name, batchSize) => {
  it('lose what they lose on the processor', async () => {
    const training = tenSteps[name]?.() as TenSteps;
    const network = compiledSteps(training);
    const batch = tenStepsBatch(network, batchSize);
    const run = async (device: 'cpu' | 'gpu') => {
      const session = await sessionOn(device, network, freshWeights(network, SEED));
      const losses: number[] = [];
      for (let step = 0; step < 10; step += 1)
        losses.push((await session.train(batch, { learningRate: training.optimizer.learningRate, seed: [SEED, step] })).loss);
      return { losses, weights: await session.read() };
    };
    const [onGpu, onProcessor] = [await run('gpu'), await run('cpu')];
    expect(relativeDifference(onGpu.losses, onProcessor.losses)).toBeLessThan(LOSS_BAR);
    expect(onGpu.losses.at(-1)).toBeLessThan(0.95 * (onGpu.losses[0] as number));
    // Adam makes a whole step of a gradient that is nothing but rounding: its weights are no measure.
    if (training.optimizer.kind !== 'adam') expect(distance(onGpu.weights, onProcessor.weights)).toBeLessThan(WEIGHT_BAR);
  });
});
