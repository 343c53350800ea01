import { describe, expect, it } from 'vitest';
import { networkOf, residualNetwork } from '../../shared/testing/networks';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Backend, Session } from './backend';
import { engines } from './engines';
import { batchOf, compiled, startOf, train } from './testing/digitSessions';

const small = compiled(residualNetwork());
/** 64 × 65,536 weights and as many slots: 34 MB, far above what an allocator keeps for itself. */
const large = compiled(
  networkOf(
    {
      image: ['input', { shape: [8, 8, 1] }],
      flat: ['flatten'],
      wide: ['dense', { units: 65_536, useBias: false }],
      act: ['relu'],
      scores: ['dense', { units: 3, useBias: false }],
      digit: ['output'],
    },
    ['image → flat → wide → act → scores → digit'],
  ),
);
const LARGE_BYTES = 2 * 4 * 67 * 65_536;

async function open(backend: Backend, network: CompiledNetwork): Promise<Session> {
  const session = await backend.load(network);
  await session.initialize(startOf(network));
  return session;
}

/** Memory of the process once the queue of releases and the garbage are gone. */
async function settled(session: Session): Promise<number> {
  session.dispose();
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

describe.each(engines().flatMap(({ backend }) => (backend ? [backend] : [])))('networks on $name', (backend) => {
  it('that are compiled at once do not touch each other', async () => {
    const alone = await open(backend, small);
    const expected = [await train(alone, 0, 4), await alone.read()];
    alone.dispose();
    const sessions = await Promise.all(
      [small, large, small, compiled(residualNetwork('channelsFirst'))].map((network) => open(backend, network)),
    );
    const [first, , second] = sessions as [Session, Session, Session];
    // In turns: each step of one comes between two of another.
    const losses: number[] = [];
    for (let step = 0; step < 4; step += 1) {
      losses.push(...(await train(first, step, step + 1)));
      await train(sessions[1] as Session, step, step + 1);
      // The other one's weights stay behind by a step.
      if (step > 0) await train(second, step - 1, step);
    }
    sessions[1]?.dispose();
    await train(second, 3, 4);
    expect([losses, await first.read()]).toEqual(expected);
    expect(await second.read()).toEqual(await first.read());
    for (const session of sessions) session.dispose();
  });

  it('give their memory back when they are disposed of', async () => {
    const once = async () => {
      const session = await open(backend, large);
      await session.train(batchOf(0), { learningRate: 0.01, seed: [1, 0] });
      return settled(session);
    };
    // What the libraries keep for themselves is there after the first ones.
    for (let round = 0; round < 3; round += 1) await once();
    const before = await once();
    const sizes: number[] = [];
    for (let round = 0; round < 8; round += 1) sizes.push(await once());
    // Were they kept, there would be eight more.
    expect(Math.min(...sizes.slice(-3)) - before).toBeLessThan(2 * LARGE_BYTES);
  });
});
