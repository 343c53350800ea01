import { access, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '../../shared/rpc/contract';
import { quickTraining, startTestApp, untilRun, type TestApp } from '../testing/testHost';
import { createRunMoves } from './runMoves';
import type { RunShelf } from './runShelf';
import { copyRun, runsFolder } from './runStore';

let app: TestApp;
beforeEach(async () => void (app = await startTestApp()));
afterEach(() => app.close());

const endless = { ...quickTraining, epochs: 10_000 };

async function openedSample(): Promise<{ readonly text: string; readonly documentId: string }> {
  const opened = await app.client.call('project.open', { kind: 'sample', name: 'digits-mlp' });
  if (!opened) throw new Error('There is no sample.');
  return { text: opened.text, documentId: (JSON.parse(opened.text) as { id: string }).id };
}

async function saveAs(text: string, name: string, from: string | null = null): Promise<string> {
  const { folder } = await app.client.call('project.browse', { folder: null });
  const saved = await app.client.call('project.saveAs', { text, from, suggestedName: name, target: { folder, name } });
  if (!saved) throw new Error('It was not saved.');
  return saved.handle;
}

async function start(document: string, handle: string | null, request = endless): Promise<string> {
  return (await app.client.call('runs.start', { document, documentName: 'mlp.skip.json', handle, request })).runId;
}

const until = (runId: string, matches: (summary: RunSummary) => boolean) => untilRun(app.client, runId, matches);

async function stop(runId: string): Promise<RunSummary> {
  await app.client.call('runs.stop', { runId });
  return app.services.runs.ended(runId);
}

const runsBeside = (name: string) => join(app.folder, `${name}.skip`, 'runs');

/** The numbers of the epochs that are told in a run's folder. */
async function epochsIn(folder: string): Promise<readonly number[]> {
  const lines = (await readFile(join(folder, 'events.jsonl'), 'utf8')).trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as { kind: string; epoch: number })
    .flatMap(({ kind, epoch }) => (kind === 'epoch' ? [epoch] : []));
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a run that goes on while its document gets a file', () => {
  it('lies beside it from then on, with all that it told before, and nothing of it is where it was', async () => {
    const { text, documentId } = await openedSample();
    const runId = await start(text, null);
    await until(runId, ({ hasWeights }) => hasWeights);
    const handle = await saveAs(text, 'mlp.skip.json');
    const [listed] = await app.client.call('runs.list', { documentId, handle });
    expect(listed).toMatchObject({ id: runId });
    const folder = join(runsBeside('mlp'), runId);
    const { epoch } = listed as RunSummary;
    // Whoever looks from another program sees that it is trained here.
    const elsewhere = app.again();
    const { entries } = await elsewhere.client.call('project.browse', { folder: null });
    const other = entries.find(({ name }) => name === 'mlp.skip.json')?.handle ?? null;
    expect(await elsewhere.client.call('runs.list', { documentId, handle: other })).toMatchObject([
      { id: runId, elsewhere: expect.any(String) as string },
    ]);
    await until(runId, (summary) => summary.epoch >= epoch + 2);
    const ended = await stop(runId);
    expect(await epochsIn(folder)).toEqual(upTo(ended.epoch));
    expect((await readdir(folder)).toSorted()).toEqual(['document.skip.json', 'events.jsonl', 'run.json', 'weights.safetensors']);
    expect(await readdir(runsFolder(join(app.folder, 'user'), documentId, null))).toEqual([]);
    await app.client.call('runs.goOn', { runId });
    await until(runId, (summary) => summary.epoch > ended.epoch);
    const { epoch: last } = await stop(runId);
    expect(await epochsIn(folder)).toEqual(upTo(last));
  });
});

describe('a run that goes on while its document is saved under another name', () => {
  it('stays with its file, can be stopped from the other one, and is there with an identity of its own when it has ended', async () => {
    const { text, documentId } = await openedSample();
    const first = await saveAs(text, 'first.skip.json');
    const before = await start(text, first, quickTraining);
    await app.services.runs.ended(before);
    const runId = await start(text, first);
    await until(runId, ({ hasWeights }) => hasWeights);
    const second = await saveAs(text, 'second.skip.json', first);
    const list = (handle: string) => app.client.call('runs.list', { documentId, handle });
    const copied = await list(second);
    expect(copied.map(({ id, status }) => [id === runId, status])).toEqual([
      [true, 'running'],
      [false, 'finished'],
    ]);
    expect(copied[1]?.id).not.toBe(before);
    await stop(runId);
    await expect.poll(async () => (await list(second)).map(({ status }) => status), { timeout: 60_000 }).toEqual(['stopped', 'finished']);
    const [copy] = await list(second);
    expect(copy?.id).not.toBe(runId);
    expect((await list(first)).map(({ id }) => id)).toEqual([runId, before]);
    const weights = (name: string, id = '') => readFile(join(runsBeside(name), id, 'weights.safetensors'));
    expect((await weights('second', copy?.id)).equals(await weights('first', runId))).toBe(true);
    // Back under the first name nothing is there twice.
    await saveAs(text, 'first.skip.json', second);
    expect((await list(first)).map(({ id }) => id)).toEqual([runId, before]);
    // The copy is a run as any other.
    await app.client.call('runs.goOn', { runId: copy?.id ?? '' });
    await until(copy?.id ?? '', ({ status, step }) => status === 'running' && step > (copy?.step ?? 0));
    await stop(copy?.id ?? '');
  });
});

describe('a run that cannot go along with its document', () => {
  it('does not keep the document from being saved, is told, and stays where it was', async () => {
    const { text, documentId } = await openedSample();
    const first = await saveAs(text, 'first.skip.json');
    const runId = await start(text, first, quickTraining);
    await app.services.runs.ended(runId);
    const told = new Promise((resolve) => app.client.on('runs.leftBehind', resolve));
    // A file where the folder of runs would be.
    await writeFile(join(app.folder, 'second.skip'), 'in the way');
    const second = await saveAs(text, 'second.skip.json', first);
    expect(await readFile(join(app.folder, 'second.skip.json'), 'utf8')).toBe(text);
    expect(await told).toEqual({
      documentId,
      message: 'The document is saved, but not all of its runs went along: “second.skip” beside it, where they would be, is no folder.',
      fix: `They are in ${join(app.folder, 'first.skip', 'runs')} still.`,
    });
    const list = (handle: string) => app.client.call('runs.list', { documentId, handle });
    expect(await list(second).catch(() => [])).toEqual([]);
    expect((await list(first)).map(({ id }) => id)).toEqual([runId]);
  });
});

describe('runs that take long to go along', () => {
  it('keep nobody waiting for the document; who lists them waits', async () => {
    const hub = { emit: () => undefined };
    let letGo: () => void = () => undefined;
    const shelf = { load: () => new Promise<never[]>((resolve) => (letGo = () => resolve([]))), all: () => [] };
    const log = { add: () => undefined };
    const keeper = { write: () => undefined };
    const moves = createRunMoves({ hub, shelf: shelf as unknown as RunShelf, keeper, log, holder: 'web' });
    moves.follow('d', '/from', '/to', 'copy');
    await moves.arrived('/elsewhere');
    const order: string[] = [];
    const listed = moves.arrived('/to').then(() => order.push('listed'));
    await new Promise((resolve) => setImmediate(resolve));
    order.push('let go');
    letGo();
    await listed;
    expect(order).toEqual(['let go', 'listed']);
  });
});

describe('a document whose file is not known here any more', () => {
  it('is saved under another name all the same', async () => {
    const { text } = await openedSample();
    await saveAs(text, 'rescued.skip.json', 'a handle of a session before');
    expect(await readFile(join(app.folder, 'rescued.skip.json'), 'utf8')).toBe(text);
  });
});

describe('a copy of a run', () => {
  it('is refused where something lies already, and leaves that as it is', async () => {
    const { text } = await openedSample();
    const runId = await start(text, await saveAs(text, 'mlp.skip.json'), quickTraining);
    const summary = await app.services.runs.ended(runId);
    const [from, to] = [join(runsBeside('mlp'), runId), join(app.folder, 'taken')];
    await mkdir(to);
    await writeFile(join(to, 'weights.safetensors'), 'of another run');
    await expect(copyRun(from, to, summary)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(join(to, 'weights.safetensors'), 'utf8')).toBe('of another run');
  });
});

describe('a document that is copied with its folder while its run goes on', () => {
  it('has a run of its own, broken off after its last checkpoint, and the first one goes on', async () => {
    const { text, documentId } = await openedSample();
    const handle = await saveAs(text, 'mlp.skip.json');
    const runId = await start(text, handle);
    await until(runId, ({ hasWeights, epoch }) => hasWeights && epoch > 1);
    await cp(join(app.folder, 'mlp.skip.json'), join(app.folder, 'copy.skip.json'));
    // A file that is written aside may be gone while it is being copied, and a checkpoint that was told is not yet on disk.
    const copying = async () => {
      await cp(join(app.folder, 'mlp.skip'), join(app.folder, 'copy.skip'), { recursive: true });
      await access(join(runsBeside('copy'), runId, 'weights.safetensors'));
    };
    await vi.waitFor(copying, { timeout: 60_000 });
    const { entries } = await app.client.call('project.browse', { folder: null });
    const copy = entries.find(({ name }) => name === 'copy.skip.json')?.handle ?? null;
    const all = await app.client.call('runs.list', { documentId, handle: copy });
    expect(all).toHaveLength(2);
    const own = all.find(({ id }) => id !== runId) as RunSummary;
    expect(own).toMatchObject({ status: 'failed', hasWeights: true });
    expect(own.elsewhere).toBeUndefined();
    expect(own.message).toMatch(/the weights after epoch \d+ are kept/);
    const ended = await stop(runId);
    await app.client.call('runs.goOn', { runId: own.id });
    await until(own.id, ({ status, step }) => status === 'running' && step > own.step);
    expect((await stop(own.id)).id).toBe(own.id);
    expect((await app.client.call('runs.get', { runId })).summary.step).toBe(ended.step);
  });
});
