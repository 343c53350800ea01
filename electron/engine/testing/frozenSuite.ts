import { expect, it } from 'vitest';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import { residualNetwork } from '../../../shared/testing/networks';
import type { FreezingBackend, Session } from '../backend';
import { largestDifference } from '../tensorDifference';
import { batchOf, compiled, train } from './digitSessions';

/** What a predictor of every engine that makes some must do. `sessionOf` gives a session of `engine()`, and disposes of it after the test. */
export function frozenSuite(sessionOf: (network: CompiledNetwork) => Promise<Session>, engine: () => FreezingBackend): void {
  it('predicts the same with frozen weights', async () => {
    const network = compiled(residualNetwork());
    const session = await sessionOf(network);
    const { inputs } = batchOf(0);
    await train(session, 0, 3);
    const frozen = await engine().freeze(network, await session.read());
    expect(largestDifference(await frozen.predict(inputs), await session.predict(inputs))).toBeLessThan(1e-5);
    await expect(frozen.predict({})).rejects.toThrow(/image/);
    frozen.dispose();
    frozen.dispose();
    await expect(frozen.predict(inputs)).rejects.toThrow(/disposed/);
  });
}
