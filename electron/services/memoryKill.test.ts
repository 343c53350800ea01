import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '../../shared/rpc/contract';
import { makeMemoryGroup, type MemoryGroup } from '../testing/memoryGroup';
import { quickTraining, startTestApp, untilRun, type TestApp } from '../testing/testHost';
import { forkEngineWithNode, programFolders } from './nodeHost';

const canLimit = (() => {
  const group = makeMemoryGroup();
  group?.remove();
  return group !== undefined;
})();

let app: TestApp | undefined;
let group: MemoryGroup | undefined;
let other: ChildProcess | undefined;
afterEach(async () => {
  other?.kill('SIGKILL');
  await app?.close();
  await vi.waitFor(() => group?.remove(), { timeout: 10_000 });
  [app, group, other] = [undefined, undefined, undefined];
});

/** All services, whose engine is in a group of its own. */
async function startInGroup() {
  const own = (group = makeMemoryGroup() as MemoryGroup);
  app = await startTestApp({
    forkEngine(environment, isQuiet) {
      const child = forkEngineWithNode(programFolders().engine, environment, isQuiet);
      own.put(child.pid as number);
      return child;
    },
  });
  return { own, ...app };
}

const MB = 1e6;

/** Another program of the group, which takes so many bytes when it is told to, and more of them than the engine has. */
async function startOther(own: MemoryGroup, bytes: number) {
  const code = `process.stdin.on('data', () => { globalThis.kept = Array.from({ length: ${bytes / MB} }, () => Buffer.alloc(${MB}, 1)); process.stdout.write('has it'); });
    process.stdout.write('is there');`;
  const child = (other = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] }));
  await once(child.stdout, 'data');
  own.put(child.pid as number);
  return child;
}

/** Needs a control group: root on Linux, and no swap. */
const whereItCan = canLimit
  ? describe
  : (title: string, _: () => void) =>
      it(`${title}: not tried, no control group can be made here`, () => expect(makeMemoryGroup()).toBeUndefined());

whereItCan('memory that runs out', () => {
  it('ends the engine and nothing else: the run says so, keeps its checkpoint, and goes on from there', async () => {
    const { own, client, services } = await startInGroup();
    const until = (runId: string, matches: (summary: RunSummary) => boolean) => untilRun(client, runId, matches);
    const sample = await client.call('project.open', { kind: 'sample', name: 'digits-mlp' });
    const started = { document: sample?.text as string, documentName: 'x', handle: null };
    const { runId } = await client.call('runs.start', { ...started, request: { ...quickTraining, epochs: 10_000 } });
    await until(runId, ({ hasWeights }) => hasWeights);

    const greedy = await startOther(own, 540 * MB);
    greedy.stdin.write('take');
    await once(greedy.stdout, 'data');
    // It has more than the engine's 0.36 GB; but to the engine, whose `oom_score_adj` is 500, the kernel adds half of the limit.
    own.limit(own.used() + MB);
    const ended = await services.runs.ended(runId);
    expect(ended).toMatchObject({ status: 'failed', hasWeights: true });
    expect(ended.message).toMatch(
      /^The engine ended unexpectedly: the system ran out of memory and ended it\. End other programs, or use a smaller batch\. The weights after epoch \d+ are kept\. It can go on from there\.$/,
    );

    expect(greedy.signalCode).toBeNull();

    greedy.kill('SIGKILL');
    const goesOn = until(runId, ({ status, step }) => status === 'running' && step > ended.step);
    await client.call('runs.goOn', { runId });
    await goesOn;
    await client.call('runs.stop', { runId });
    expect(await services.runs.ended(runId)).toMatchObject({ status: 'stopped', hasWeights: true });
  }, 120_000);

  it('is not what the run says where somebody kills the engine', async () => {
    const { services } = await startInGroup();
    await (await services.engine.client()).call('engine.info', {});
    const ended = new Promise((resolve) => services.engine.onCrash(resolve));
    process.kill(services.engine.pid() as number, 'SIGKILL');
    expect(await ended).toEqual({ words: 'The engine ended unexpectedly: another program killed it.', isOutOfMemory: false });
  });

  it('is known before: what is free is what the group leaves', async () => {
    const { own, client, services } = await startInGroup();
    await (await services.engine.client()).call('engine.info', {});
    own.limit(own.used() + 500 * MB);
    const sample = await client.call('project.open', { kind: 'sample', name: 'digits-mlp' });
    const { free } = await client.call('runs.prepare', { document: sample?.text as string, request: quickTraining });
    expect(free).toBeLessThan(own.used() + 500 * MB);
    expect(free).toBeGreaterThan(100 * MB);
  });
});
