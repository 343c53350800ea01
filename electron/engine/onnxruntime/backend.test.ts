import { afterEach, describe, expect, it } from 'vitest';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import { relativeDifference } from '../../../shared/testing/closeTo';
import { residualNetwork } from '../../../shared/testing/networks';
import type { Backend, Session } from '../backend';
import { createTensorFlowBackend } from '../tensorflow/backend';
import { titled, whyNoTensorFlow } from '../tensorflow/installed';
import { batchOf, compiled, expectClose, float, int, startOf, STEPS, train } from '../testing/digitSessions';
import { frozenSuite } from '../testing/frozenSuite';
import { sessionSuite } from '../testing/sessionSuite';
import { createOnnxruntimeBackend } from './backend';

const missing = whyNoTensorFlow();
const open: Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

async function sessionOf(network: CompiledNetwork, backend: Backend = createOnnxruntimeBackend()): Promise<Session> {
  const session = await backend.load(network);
  open.push(session);
  await session.initialize(startOf(network));
  return session;
}

describe('an onnxruntime session', () => {
  sessionSuite((network) => sessionOf(network));
  frozenSuite((network) => sessionOf(network), createOnnxruntimeBackend);

  it.skipIf(missing)(titled('makes the same ten steps as TensorFlow from the same weights', missing), async () => {
    const network = compiled(residualNetwork());
    const expected = await sessionOf(network, createTensorFlowBackend());
    const session = await sessionOf(network);
    expect(relativeDifference(await train(session, 0, STEPS), await train(expected, 0, STEPS))).toBeLessThan(1e-4);
    expectClose(await session.read(), await expected.read());
  });

  it('is of no use once it is disposed, nor before it has weights', async () => {
    const network = compiled(residualNetwork());
    const session = await createOnnxruntimeBackend().load(network);
    await expect(session.predict(batchOf(0).inputs)).rejects.toThrow('The session is not initialised');
    await session.initialize(startOf(network));
    const running = session.predict(batchOf(0).inputs);
    await running;
    session.dispose();
    session.dispose();
    await expect(session.read()).rejects.toThrow('The session is disposed.');
  });

  it('refuses what does not fit, and goes on', async () => {
    const network = compiled(residualNetwork());
    const session = await sessionOf(network);
    const { inputs, targets } = batchOf(0);
    await expect(session.predict({ image: float([2, 8, 4, 1], new Float32Array(64)) })).rejects.toThrow(
      'Input "image": received float32 2×8×4×1, expected float32 N×8×8×1',
    );
    await expect(session.evaluate({ inputs, targets: { digit: int([6], [0, 1, 2, 3, 0, 0]) } })).rejects.toThrow(
      'Target "digit": received class 3, expected 0 … 2.',
    );
    const { 'scores/bias': _, ...others } = startOf(network);
    await expect(session.initialize(others)).rejects.toThrow('Weight: "scores/bias" is missing');
    expect((await session.evaluate({ inputs, targets })).outputs['digit']?.count).toBe(6);
  });
});
