import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { access, appendFile, mkdir, readdir, readFile, rmdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serializeDocument } from '../../shared/document/serialize';
import type { RunSummary } from '../../shared/rpc/contract';
import { networkOf, preparedNetwork } from '../../shared/testing/networks';
import { decodeSafetensors } from '../../shared/weights/safetensors';
import { quickTraining, startTestApp, untilRun, type TestApp } from '../testing/testHost';
import { forkEngineWithNode, programFolders } from './nodeHost';

let app: TestApp;
beforeEach(async () => void (app = await startTestApp()));
afterEach(() => app.close());

async function openSample(name = 'digits-mlp') {
  const opened = await app.client.call('project.open', { kind: 'sample', name });
  if (!opened) throw new Error('There is no sample.');
  return opened;
}

/** Starts a run of a sample that is saved in the app's folder. */
async function startRun(request = quickTraining) {
  const { text } = await openSample();
  const { folder } = await app.client.call('project.browse', { folder: null });
  const saved = await app.client.call('project.saveAs', { text, suggestedName: 'mlp', target: { folder, name: 'mlp.skip.json' } });
  const { runId } = await app.client.call('runs.start', {
    document: text,
    documentName: 'mlp.skip.json',
    handle: saved?.handle ?? null,
    request,
  });
  return { runId, handle: saved?.handle ?? null, text };
}

const until = (runId: string, matches: (summary: RunSummary) => boolean) => untilRun(app.client, runId, matches);

const hasEnded = ({ status }: RunSummary) => status === 'finished' || status === 'stopped' || status === 'failed';

describe('a run', () => {
  it('trains, is kept beside the document, predicts, and is there at the next start', async () => {
    const { runId, handle } = await startRun();
    const summary = await app.services.runs.ended(runId);
    expect(summary).toMatchObject({ status: 'finished', hasWeights: true, epoch: 2 });
    expect(summary.testAccuracy).toBeGreaterThan(0.5);

    const folder = join(app.folder, 'mlp.skip', 'runs', runId);
    expect((await readdir(folder)).sort()).toEqual(['document.skip.json', 'events.jsonl', 'run.json', 'weights.safetensors']);
    expect(Object.keys(decodeSafetensors(new Uint8Array(await readFile(join(folder, 'weights.safetensors')))))).toContain('hidden/kernel');

    const { probabilities, label, prepared, activations } = await app.client.call('model.predict', {
      runId,
      input: { kind: 'image', split: 'test', index: 0 },
    });
    expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 5);
    expect(label).toBeGreaterThanOrEqual(0);
    expect(prepared).toBeNull();
    expect(activations.map(({ name }) => name)).toEqual(expect.arrayContaining(['image', 'hidden', 'relu', 'scores']));

    // A kill can leave half a line; everything before it counts.
    await appendFile(join(folder, 'events.jsonl'), '{"kind":"step","st');
    const next = app.again();
    const path =
      handle === null
        ? null
        : (await next.client.call('project.browse', { folder: null })).entries.find(({ name }) => name === 'mlp.skip.json')?.handle;
    const documentId = (JSON.parse(await readFile(join(folder, 'document.skip.json'), 'utf8')) as { id: string }).id;
    expect(await next.client.call('runs.list', { documentId, handle: path ?? null })).toMatchObject([
      { id: runId, status: 'finished', hasWeights: true },
    ]);
    const details = await next.client.call('runs.get', { runId });
    expect(details.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(details.points.length).toBeGreaterThan(0);
  });

  it('that is stopped keeps what it has learned', async () => {
    const { runId } = await startRun({ ...quickTraining, epochs: 10_000 });
    await until(runId, ({ epoch }) => epoch >= 1);
    await app.client.call('runs.stop', { runId });
    expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'stopped', hasWeights: true });
  });

  it('that is stopped in an epoch and goes on measures what one does that never was', async () => {
    const { text } = await openSample();
    const opened = JSON.parse(text) as { training: object };
    const metrics = [{ kind: 'topKCategoricalAccuracy', k: 2 }, ...['precision', 'recall', 'f1Score', 'auc'].map((kind) => ({ kind }))];
    const document = JSON.stringify({ ...opened, training: { ...opened.training, metrics } });
    // Several hundred steps an epoch.
    const request = { ...quickTraining, batchSize: 4 };
    const start = async () => (await app.client.call('runs.start', { document, documentName: 'x', handle: null, request })).runId;
    const rowsOf = async (runId: string) =>
      (await app.client.call('runs.get', { runId })).epochs.map((row) => ({ ...row, seconds: undefined }));
    const whole = await start();
    await app.services.runs.ended(whole);
    const runId = await start();
    await until(runId, ({ step }) => step > 0);
    await app.client.call('runs.stop', { runId });
    await app.services.runs.ended(runId);
    await app.client.call('runs.goOn', { runId });
    expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'finished' });
    const rows = await rowsOf(runId);
    expect(rows).toEqual(await rowsOf(whole));
    expect(Object.keys(rows[0]?.metrics ?? {})).toHaveLength(metrics.length);
  });

  it('pauses and goes on', async () => {
    const { runId } = await startRun({ ...quickTraining, epochs: 10_000 });
    await until(runId, ({ step }) => step > 3);
    const paused = until(runId, ({ status }) => status === 'paused');
    await app.client.call('runs.pause', { runId });
    const { step } = await paused;
    await app.client.call('runs.resume', { runId });
    expect((await until(runId, (summary) => summary.status === 'running' && summary.step > step + 3)).step).toBeGreaterThan(step);
    await app.client.call('runs.stop', { runId });
    await app.services.runs.ended(runId);
  });

  it('that is made ready to go on lets nothing else begin meanwhile', async () => {
    const { runId, text } = await startRun({ ...quickTraining, epochs: 10_000 });
    await until(runId, ({ hasWeights }) => hasWeights);
    await app.client.call('runs.stop', { runId });
    await app.services.runs.ended(runId);
    const busy = { code: 'E_BUSY' };
    const goesOn = app.client.call('runs.goOn', { runId });
    const begun = { document: text, documentName: 'x', handle: null, request: quickTraining };
    const others = [
      app.client.call('runs.start', begun),
      app.client.call('runs.goOn', { runId }),
      app.client.call('runs.rates', { testId: 'test', document: text, request: quickTraining }),
      app.client.call('runs.remove', { runId }),
    ];
    await Promise.all(others.map((other) => expect(other).rejects.toMatchObject(busy)));
    await goesOn;
    await app.client.call('runs.stop', { runId });
    expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'stopped', hasWeights: true });
  });

  it('of which the learning rate is far too large stops at the step and says so', async () => {
    const { runId } = await startRun({ ...quickTraining, optimizer: { kind: 'sgd', learningRate: 1000, momentum: 0.99, nesterov: false } });
    const summary = await app.services.runs.ended(runId);
    // Softmax cross-entropy is computed so well that it may survive; what must not happen is a silent NaN.
    if (summary.status === 'failed') expect(summary.message).toMatch(/not a number|infinite/);
    else expect((await app.client.call('runs.get', { runId })).epochs.every(({ trainLoss }) => Number.isFinite(trainLoss))).toBe(true);
  });

  it('is refused with words where another one is going on, or the network has a problem', async () => {
    const { runId, text } = await startRun({ ...quickTraining, epochs: 10_000 });
    const start = (document: string) =>
      app.client.call('runs.start', { document, documentName: 'x', handle: null, request: quickTraining });
    await expect(start(text)).rejects.toMatchObject({ code: 'E_BUSY' });
    await app.client.call('runs.stop', { runId });
    await app.services.runs.ended(runId);
    await expect(start((await openSample('mismatched-add')).text)).rejects.toMatchObject({
      code: 'E_NETWORK',
      message: expect.stringContaining('add2') as string,
    });
    await expect(start('{}')).rejects.toMatchObject({ code: 'E_NOT_PROJECT' });
  });
});

describe('a run that another program trains', () => {
  /** The runs beside the document, as another program finds them. */
  async function listed({ client }: Pick<TestApp, 'client'>, runId: string): Promise<RunSummary> {
    const { entries } = await client.call('project.browse', { folder: null });
    const documentId = (JSON.parse(await readFile(join(folderOf(runId), 'document.skip.json'), 'utf8')) as { id: string }).id;
    const handle = entries.find(({ name }) => name === 'mlp.skip.json')?.handle ?? null;
    const found = (await client.call('runs.list', { documentId, handle })).find(({ id }) => id === runId);
    if (!found) throw new Error('The run is not listed.');
    return found;
  }
  const folderOf = (runId: string) => join(app.folder, 'mlp.skip', 'runs', runId);

  it('is followed there, left alone, and its own again when it has ended', async () => {
    const { runId } = await startRun({ ...quickTraining, epochs: 10_000 });
    await until(runId, ({ hasWeights }) => hasWeights);
    await vi.waitFor(() => access(join(folderOf(runId), 'weights.safetensors')), { timeout: 60_000 });
    const other = app.again();
    const first = await listed(other, runId);
    expect(first).toMatchObject({ elsewhere: expect.stringContaining('since') as string });
    for (const call of ['runs.stop', 'runs.pause', 'runs.goOn', 'runs.remove'] as const)
      await expect(other.client.call(call, { runId })).rejects.toMatchObject({ code: 'E_BUSY' });
    const seen = (matches: (summary: RunSummary) => boolean) => untilRun(other.client, runId, matches);
    expect((await seen(({ step }) => step > first.step)).status).toBe('running');
    const over = seen(({ elsewhere }) => elsewhere === undefined);
    await app.client.call('runs.stop', { runId });
    expect(await over).toMatchObject({ status: 'stopped', hasWeights: true });
    const { points, summary } = await other.client.call('runs.get', { runId });
    expect(points.at(-1)?.step).toBe(summary.step);
  });

  it('and is killed with it has failed after its last checkpoint, and can go on from there', async () => {
    const { runId } = await startRun({ ...quickTraining, epochs: 10_000 });
    await vi.waitFor(() => access(join(folderOf(runId), 'weights.safetensors')), { timeout: 60_000 });
    app.services.close();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(folderOf(runId), '.run.json.lock'), JSON.stringify({ pid, host: 'web', since: 0 }));
    const next = app.again();
    const { epoch, step, message, ...summary } = await listed(next, runId);
    expect(summary).toMatchObject({ status: 'failed', hasWeights: true, endedAt: expect.any(Number) as number });
    expect(message).toBe(`The program ended while this run was going on; the weights after epoch ${epoch} are kept.`);
    expect(epoch).toBeGreaterThan(0);
    const further = untilRun(next.client, runId, (now) => now.step > step);
    await next.client.call('runs.goOn', { runId });
    await further;
    await next.client.call('runs.stop', { runId });
    expect(await next.services.runs.ended(runId)).toMatchObject({ status: 'stopped' });
  });
});

describe('an engine in the middle of a long step', () => {
  it('does not keep anyone waiting: pause and stop are answered at once, and a stop that it does not follow ends it', async () => {
    const { runId } = await startRun({ ...quickTraining, epochs: 10_000 });
    await until(runId, ({ hasWeights, status }) => hasWeights && status === 'running');
    // It hears nothing, as in a native step.
    process.kill(app.services.engine.pid() as number, 'SIGSTOP');
    await app.client.call('runs.pause', { runId });
    expect((await app.client.call('runs.get', { runId })).summary.status).toBe('pausing');
    await app.client.call('runs.stop', { runId });
    expect((await app.client.call('runs.get', { runId })).summary.status).toBe('stopping');
    expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'stopped', hasWeights: true });
  });
});

describe('a run that is stopped while its engine is chosen', () => {
  it('has ended at once, and does not begin when the choice is made', async () => {
    await app.close();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    app = await startTestApp({
      forkEngine(environment, isQuiet) {
        const child = forkEngineWithNode(programFolders().engine, { ...environment, VK_DRIVER_FILES: '/nowhere' }, isQuiet);
        if (!isQuiet) return child;
        return { ...child, pipe: { ...child.pipe, send: (message) => void held.then(() => child.pipe.send(message)) } };
      },
    });
    const seen: RunSummary[] = [];
    app.client.on('runs.progress', ({ summary }) => seen.push(summary));
    const request = { ...quickTraining, engine: 'onnxruntime-gpu' as const };
    const { text } = await openSample();
    const started = app.client.call('runs.start', { document: text, documentName: 'x', handle: null, request });
    await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 60_000 });
    const runId = seen[0]?.id as string;
    await app.client.call('runs.stop', { runId });
    expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'stopped', message: 'Stopped before its first step.' });
    letGo();
    expect(await started).toEqual({ runId });
    expect((await app.client.call('runs.get', { runId })).summary).toMatchObject({ status: 'stopped', engine: null });
  });
});

describe('a run that its learning rate breaks', () => {
  it('keeps its last checkpoint, says what broke it, and goes on from there with a smaller rate', async () => {
    const optimizer = { kind: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: false } as const;
    // Without an activation each layer's gradient grows with the weights of the others.
    const dense = (units: number) => ['dense', { units }] as const;
    const linear = networkOf(
      {
        image: ['input', { shape: [8, 8, 1] }],
        flat: ['flatten'],
        first: dense(32),
        second: dense(32),
        scores: dense(10),
        digit: ['output'],
      },
      ['image → flat → first → second → scores → digit'],
    );
    const request = { ...quickTraining, epochs: 10_000, optimizer };
    const started = { document: serializeDocument(linear), documentName: 'x', handle: null, request };
    const { runId } = await app.client.call('runs.start', started);
    await until(runId, ({ epoch }) => epoch > 0);
    await app.client.call('runs.stop', { runId });
    const stopped = await app.services.runs.ended(runId);
    await app.client.call('runs.goOn', { runId, learningRate: 1000 });
    const broken = await app.services.runs.ended(runId);
    expect(broken).toMatchObject({ status: 'failed', brokenBy: 'learningRate', hasWeights: true });
    expect(broken.message).toMatch(
      new RegExp(`^The loss is .* at step \\d+ .*Use a smaller learning rate\\. The weights after epoch ${stopped.epoch} are kept\\.$`),
    );
    const goesOn = until(runId, ({ status, epoch }) => status === 'running' && epoch > stopped.epoch);
    await app.client.call('runs.goOn', { runId, learningRate: 0.01 });
    expect(await goesOn).toMatchObject({ message: null, request: { optimizer: { ...optimizer, learningRate: 0.01 } } });
    await app.client.call('runs.stop', { runId });
    const ended = await app.services.runs.ended(runId);
    expect(ended).toMatchObject({ status: 'stopped' });
    expect(ended.brokenBy).toBeUndefined();
  });
});

describe('an engine that is stuck', () => {
  it('is ended; the run says so and keeps its last epoch', async () => {
    await app.close();
    app = await startTestApp({ stuckAfter: 15_000 });
    const { runId } = await startRun({ ...quickTraining, epochs: 10_000 });
    await until(runId, ({ hasWeights }) => hasWeights);
    const isTold = until(runId, ({ silentSince }) => typeof silentSince === 'number');
    const stuckAt = Date.now();
    process.kill(app.services.engine.pid() as number, 'SIGSTOP');
    expect((await isTold).silentSince).toBeLessThanOrEqual(stuckAt + 1000);
    expect(await app.services.runs.ended(runId)).toMatchObject({
      status: 'failed',
      hasWeights: true,
      silentSince: null,
      message: expect.stringMatching(
        /The engine was ended: it did not answer for \d+ s\. .*are kept\. It can go on from there\.$/,
      ) as string,
    });
  }, 120_000);
});

describe('a full disk', () => {
  it('does not end a training: it is told, and the last checkpoint that could be written is whole', async () => {
    const { runId } = await startRun({ ...quickTraining, epochs: 10_000 });
    const folder = join(app.folder, 'mlp.skip', 'runs', runId);
    await vi.waitFor(() => access(join(folder, 'weights.safetensors')), { timeout: 60_000 });
    // Every write to this device fails as on a full disk; the name is the one aside, under which a file is written first.
    const block = setInterval(() => void symlink('/dev/full', join(folder, '.weights.safetensors.saving')).catch(() => undefined), 1);
    const { message } = await until(runId, (summary) => summary.message !== null);
    clearInterval(block);
    expect(message).toMatch(/could not be kept.*(full|space).*The weights on disk are those after epoch \d+\.$/i);
    expect(Object.keys(decodeSafetensors(new Uint8Array(await readFile(join(folder, 'weights.safetensors')))))).toContain('hidden/kernel');
    await app.client.call('runs.stop', { runId });
    expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'stopped', hasWeights: true });
  });

  it('that does not take the end of a run lets it be one that has ended, which goes on once there is room', async () => {
    const { runId, handle, text } = await startRun({ ...quickTraining, epochs: 10_000 });
    const folder = join(app.folder, 'mlp.skip', 'runs', runId);
    await vi.waitFor(() => access(join(folder, 'weights.safetensors')), { timeout: 60_000 });
    // A folder under the name aside, under which a file is written first, lets every write fail.
    const aside = (name: string) => join(folder, `.${name}.saving`);
    await vi.waitFor(() => mkdir(aside('run.json')));
    await until(runId, ({ message }) => message !== null);
    await app.client.call('runs.stop', { runId });
    await app.services.runs.ended(runId);
    await rmdir(aside('run.json'));
    const { id: documentId } = JSON.parse(text) as { id: string };
    const [listed] = await app.client.call('runs.list', { documentId, handle });
    expect(listed).toMatchObject({ id: runId, status: 'stopped', hasWeights: true });
    await mkdir(aside('events.jsonl'));
    await expect(app.client.call('runs.goOn', { runId })).rejects.toBeInstanceOf(Error);
    await rmdir(aside('events.jsonl'));
    const going = until(runId, ({ status }) => status === 'running');
    await app.client.call('runs.goOn', { runId });
    await going;
    await app.client.call('runs.stop', { runId });
    expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'stopped' });
  });
});

/** Convolutions at a batch of 512 whose every value takes 42 MB. */
const wideNetwork = serializeDocument(
  networkOf(
    {
      image: ['input', { shape: [8, 8, 1] }],
      conv: ['conv2d', { filters: 320, kernelSize: [3, 3], padding: 'same' }],
      act: ['relu'],
      pool: ['globalAveragePooling2d'],
      scores: ['dense', { units: 10 }],
      digit: ['output'],
    },
    ['image → conv → act → pool → scores → digit'],
  ),
);

/** Lets a process have only so many bytes of data more than it has. */
function limitMemory(pid: number, more: number): void {
  const kilobytes = /^VmData:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  execFileSync('prlimit', ['--pid', String(pid), `--data=${Number(kilobytes) * 1024 + more}`]);
}

describe.skipIf(spawnSync('prlimit', ['--version']).error !== undefined)('memory that is not there when it is asked for', () => {
  // onnxruntime tells it as an error. Where TensorFlow gets none it may be its allocator, oneDNN, a thread or V8 that ends, each in its
  // own way, or the engine is stuck: however it ends, the run says so, what was kept is kept, and the next engine goes on.
  it.each(['onnxruntime', 'tensorflow'] as const)(
    'ends a run of %s in words, and its last checkpoint goes on as soon as there is memory again',
    async (engine) => {
      await app.close();
      app = await startTestApp({ stuckAfter: 60_000 });
      const { engines } = await (await app.services.engine.client()).call('engine.info', {});
      if (engines.every(({ name, version }) => name !== engine || version === null)) return;
      const request = { ...quickTraining, epochs: 1000, batchSize: 512, engine };
      const { runId } = await app.client.call('runs.start', { document: wideNetwork, documentName: 'x', handle: null, request });
      await until(runId, ({ hasWeights }) => hasWeights);
      await app.client.call('runs.stop', { runId });
      const { step } = await app.services.runs.ended(runId);
      app.services.engine.setThreads(1);
      app.services.engine.renew();
      // What compiles is there already: it is the step that asks for more than there is.
      await (await app.services.engine.client()).call('engine.prepare', { document: wideNetwork, request });
      limitMemory(app.services.engine.pid() as number, 80e6);
      await app.client.call('runs.goOn', { runId });
      const failed = await app.services.runs.ended(runId);
      expect(failed).toMatchObject({ status: 'failed', hasWeights: true, step });
      const isStuck = engine === 'tensorflow' && failed.message?.includes('did not answer');
      expect(failed.message).toMatch(isStuck ? /did not answer.*kept/ : /(memory|ended unexpectedly).*kept/);
      app.services.engine.setThreads(2);
      await app.client.call('runs.goOn', { runId });
      await until(runId, (summary) => summary.step > step);
      await app.client.call('runs.stop', { runId });
      expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'stopped', hasWeights: true });
    },
    // Two trainings and three engines, on a busy machine.
    300_000,
  );
});

describe('the engine’s threads', () => {
  it('are those that were set, from the next run on', async () => {
    await app.client.call('settings.set', { threads: 1 });
    const { runId } = await startRun();
    await app.services.runs.ended(runId);
    expect(await (await app.services.engine.client()).call('engine.info', {})).toMatchObject({ threads: 1 });
    await app.client.call('settings.set', { threads: 2 });
    const next = await startRun();
    await app.services.runs.ended(next.runId);
    expect(await (await app.services.engine.client()).call('engine.info', {})).toMatchObject({ threads: 2 });
  });
});

describe('before a run', () => {
  it('its memory is told, and the batch that would fit', async () => {
    const { text } = await openSample();
    const small = await app.client.call('runs.prepare', { document: text, request: quickTraining });
    const large = await app.client.call('runs.prepare', { document: text, request: { ...quickTraining, batchSize: 8192 } });
    expect(large.needed).toBeGreaterThan(small.needed);
    expect(small.fittingBatch).toBeGreaterThan(64);
    expect(small.free).toBeGreaterThan(0);
  });
});

describe('an engine that dies', () => {
  it.each(['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const)(
    'of %s takes nothing with it: the run says why, keeps its last epoch, and the next one trains',
    async (signal) => {
      const { runId, text } = await startRun({ ...quickTraining, epochs: 10_000 });
      await until(runId, ({ hasWeights }) => hasWeights);
      const ended = until(runId, hasEnded);
      process.kill(app.services.engine.pid() as number, signal);
      expect(await ended).toMatchObject({
        status: 'failed',
        hasWeights: true,
        message: expect.stringMatching(/engine ended unexpectedly.*kept/) as string,
      });
      expect(
        (await app.client.call('model.predict', { runId, input: { kind: 'image', split: 'test', index: 3 } })).probabilities,
      ).toHaveLength(10);
      const next = await app.client.call('runs.start', { document: text, documentName: 'x', handle: null, request: quickTraining });
      expect(await app.services.runs.ended(next.runId)).toMatchObject({ status: 'finished' });
    },
  );

  it('while it computes something else says why to whoever waits for that', async () => {
    const { text } = await openSample();
    const measured = app.client.call('engine.profile', {
      measurementId: 'm',
      document: text,
      program: 'train',
      batchSize: 4096,
      engine: null,
    });
    const refused = expect(measured).rejects.toMatchObject({
      code: 'E_ENGINE_ENDED',
      message: expect.stringMatching(
        /^The engine ended unexpectedly: (another program killed it|it was killed, perhaps for want of memory)\.$/,
      ) as string,
    });
    await vi.waitFor(() => expect(app.services.engine.pid()).toBeDefined(), { timeout: 60_000 });
    process.kill(app.services.engine.pid() as number, 'SIGKILL');
    await refused;
  });

  it('again and again is not started by itself after the third time', async () => {
    for (let crash = 0; crash < 3; crash += 1) {
      await (await app.services.engine.client()).call('engine.info', {});
      const gone = new Promise((resolve) => app.services.engine.onCrash(resolve));
      process.kill(app.services.engine.pid() as number, 'SIGKILL');
      await gone;
    }
    await expect(app.services.engine.client()).rejects.toMatchObject({ code: 'E_ENGINE_LOOP' });
  });
});

describe('an export', () => {
  it.each(['tfjs', 'savedmodel'] as const)(
    'as %s is written whole, read again by a foreign program, and gives the same numbers',
    async (format) => {
      const { runId } = await startRun();
      await app.services.runs.ended(runId);
      const { folder } = await app.client.call('project.browse', { folder: null });
      const done = new Promise((resolve, reject) =>
        app.client.on('jobs.changed', (job) =>
          job.status === 'done' ? resolve(job.exportReport) : job.error && reject(new Error(job.error.message)),
        ),
      );
      await app.client.call('export.start', { runId, format, target: { folder, name: 'taken-away' } });
      expect(await done).toMatchObject({ format, verification: { kind: 'verified', samples: 32, passed: true } });
      expect(await readdir(join(app.folder, 'taken-away'))).toEqual(
        expect.arrayContaining(['README.md', 'parity', format === 'tfjs' ? 'model.json' : 'saved_model.pb']),
      );
    },
  );

  it('takes the preprocessing along, and is compared on prepared images', async () => {
    const text = serializeDocument(preparedNetwork('channelsFirst'));
    const { runId } = await app.client.call('runs.start', { document: text, documentName: 'net', handle: null, request: quickTraining });
    await app.services.runs.ended(runId);
    const input = { kind: 'image', split: 'test', index: 0 } as const;
    const { prepared, activations } = await app.client.call('model.predict', { runId, input });
    expect(activations[0]).toMatchObject({ name: 'image', shape: [12, 12, 3] });
    expect(prepared).toEqual([12, 12, 3]);
    const { folder } = await app.client.call('project.browse', { folder: null });
    const done = new Promise((resolve, reject) =>
      app.client.on('jobs.changed', (job) =>
        job.status === 'done' ? resolve(job.exportReport) : job.error && reject(new Error(job.error.message)),
      ),
    );
    await app.client.call('export.start', { runId, format: 'tfjs', target: { folder, name: 'prepared' } });
    expect(await done).toMatchObject({ verification: { kind: 'verified', samples: 32, passed: true } });
    const read = (name: string) => readFile(join(app.folder, 'prepared', name), 'utf8');
    expect(JSON.parse(await read('preprocessing.json'))).toMatchObject({ input: 'image', minAspectDim: 14, resizeDim: 12, colours: 'rgb' });
    expect(await read('README.md')).toContain('the smaller side resized to 14');
    expect(await read('preprocess.py')).toContain('tf.image.resize(image, size, method="bilinear", antialias=True)');
  });

  it('never writes into a folder that holds something else', async () => {
    const { runId } = await startRun();
    await app.services.runs.ended(runId);
    const { folder } = await app.client.call('project.browse', { folder: null });
    const failed = new Promise((resolve) => app.client.on('jobs.changed', (job) => job.error && resolve(job.error)));
    await app.client.call('export.start', { runId, format: 'tfjs', target: { folder, name: 'mlp.skip' } });
    expect(await failed).toMatchObject({ code: 'E_NOT_EMPTY' });
  });
});
