import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/create';
import { serializeDocument } from '../../shared/document/serialize';
import { startTestApp, type TestApp } from '../testing/testHost';

let app: TestApp;
const text = serializeDocument(newDocument('d1'));
beforeEach(async () => void (app = await startTestApp()));
afterEach(() => app.close());

async function saveNew(client = app.client, name = 'net.skip.json') {
  const { folder } = await client.call('project.browse', { folder: null });
  const saved = await client.call('project.saveAs', { text, suggestedName: name, target: { folder, name } });
  if (!saved) throw new Error('Nothing was saved.');
  return saved;
}

/** As a path from the command line is opened: by the next page. */
async function openPath(path: string) {
  app.services.project.setInitial(path);
  return app.client.call('project.initial', {});
}

async function openByName(name: string, client = app.client) {
  const { entries } = await client.call('project.browse', { folder: null });
  const entry = entries.find((candidate) => candidate.name === name);
  return client.call('project.open', { kind: 'handle', handle: entry?.handle ?? 'gone' });
}

/** Root may write everything; permissions are seen by somebody else. */
async function asOrdinaryUser(body: () => Promise<void>): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    await body();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('documents on disk', () => {
  it('are saved, opened again and listed as recent', async () => {
    await saveNew();
    expect(await openByName('net.skip.json')).toMatchObject({ name: 'net.skip.json', text, readOnly: false, lockedBy: null });
    expect(await app.client.call('project.recent', {})).toMatchObject([{ name: 'net.skip.json' }]);
  });

  it('that changed on disk are not overwritten unless told so', async () => {
    const { handle, stamp } = await saveNew();
    await writeFile(join(app.folder, 'net.skip.json'), `${text} `);
    await expect(app.client.call('project.save', { handle, text, stamp })).rejects.toMatchObject({ code: 'E_CHANGED' });
    await app.client.call('project.save', { handle, text: 'mine', stamp, overwrite: true });
    expect(await readFile(join(app.folder, 'net.skip.json'), 'utf8')).toBe('mine');
    expect(await readFile(join(app.folder, 'net.skip.json.bak'), 'utf8')).toBe(`${text} `);
  });

  it('that are open in a second window are said to be, and only one of the two can save', async () => {
    await saveNew();
    const second = app.again();
    const opened = await openByName('net.skip.json', second.client);
    expect(opened?.lockedBy).toMatch(/browser window/);
    await expect(
      second.client.call('project.save', { handle: opened?.handle ?? '', text, stamp: opened?.stamp ?? null }),
    ).rejects.toMatchObject({ code: 'E_LOCKED' });
  });

  it('whose lock was left by a program that died can be saved', async () => {
    await writeFile(join(app.folder, '.net.skip.json.lock'), JSON.stringify({ pid: 2 ** 22 - 7, host: 'electron', since: 0 }));
    await writeFile(join(app.folder, 'net.skip.json'), text);
    expect(await openByName('net.skip.json')).toMatchObject({ lockedBy: null });
  });

  // Numbers of processes come again, as those of other users too: 1 is nobody's who opens documents. Only Linux tells when it began.
  it.skipIf(process.platform !== 'linux')('whose lock was left before the machine was started anew can be saved', async () => {
    const lock = { pid: 1, host: 'electron', since: 0, born: 'another time' };
    await writeFile(join(app.folder, '.net.skip.json.lock'), JSON.stringify(lock));
    await writeFile(join(app.folder, 'net.skip.json'), text);
    expect(await openByName('net.skip.json')).toMatchObject({ lockedBy: null });
  });

  it('have names that every system takes', async () => {
    for (const name of ['a/b', '..', 'CON', 'nul.skip.json', 'a:b', 'trailing.', 'x'.repeat(250), 'tab\t'])
      await expect(saveNew(app.client, name), name).rejects.toMatchObject({ code: 'E_NAME' });
  });

  it('are never read from what is no file', async () => {
    await mkdir(join(app.folder, 'folder.skip.json'));
    execFileSync('mkfifo', [join(app.folder, 'pipe.skip.json')]);
    await expect(openPath(join(app.folder, 'folder.skip.json'))).rejects.toMatchObject({ code: 'E_NOT_FILE' });
    await expect(openPath(join(app.folder, 'pipe.skip.json'))).rejects.toMatchObject({ code: 'E_NOT_FILE' });
    await expect(openPath('/dev/zero')).rejects.toMatchObject({ code: 'E_NOT_FILE' });
    await expect(openPath(join(app.folder, 'gone.skip.json'))).rejects.toMatchObject({ code: 'E_GONE' });
  });

  it('outside what was picked have no handle', async () => {
    await expect(app.client.call('project.open', { kind: 'handle', handle: '/etc/passwd' })).rejects.toMatchObject({ code: 'E_HANDLE' });
    await expect(app.client.call('project.save', { handle: '../../x', text, stamp: null })).rejects.toMatchObject({ code: 'E_HANDLE' });
  });

  it('in a read-only folder are said to be when they are opened, and a save says what to do', async () => {
    const { handle, stamp } = await saveNew();
    await chmod(join(app.folder, 'net.skip.json'), 0o444);
    await chmod(app.folder, 0o555);
    await asOrdinaryUser(async () => {
      // What a file's rights say is asked for the real user, which a test that runs as root stays.
      expect(await openByName('net.skip.json')).toMatchObject({ readOnly: process.getuid?.() !== 0, text });
      await expect(app.client.call('project.save', { handle, text, stamp })).rejects.toMatchObject({
        code: 'E_READ_ONLY',
        fix: 'Save it elsewhere.',
      });
    });
    await chmod(app.folder, 0o700);
  });
});

describe('versions', () => {
  it('are the last 20 saves that differ, the latest first', async () => {
    const { handle } = await saveNew();
    const of = (count: number) => text.replace('"dataFormat"', `"note": ${count}, "dataFormat"`);
    for (let count = 1; count <= 25; count += 1)
      for (const stamp of [null, null]) await app.client.call('project.save', { handle, text: of(count), stamp });
    const versions = await app.again().client.call('project.versions', { documentId: 'd1' });
    expect(versions).toHaveLength(20);
    const first = await app.client.call('project.version', { documentId: 'd1', version: versions[0]?.version ?? '' });
    const last = await app.client.call('project.version', { documentId: 'd1', version: versions.at(-1)?.version ?? '' });
    expect([first.text, last.text]).toEqual([of(25), of(6)]);
  });

  it('are asked for by their own names only', async () => {
    await expect(app.client.call('project.version', { documentId: 'd1', version: '../../settings.json' })).rejects.toMatchObject({
      code: 'E_GONE',
    });
    expect(await app.client.call('project.versions', { documentId: 'never saved' })).toEqual([]);
  });
});

describe('drafts', () => {
  it('come back at the next start, with their file', async () => {
    const { handle } = await saveNew();
    await app.client.call('drafts.put', { id: 'd1', name: 'net.skip.json', handle, stamp: 's1', text: 'unsaved' });
    const [draft] = await app.again().client.call('drafts.list', {});
    expect(draft).toMatchObject({ id: 'd1', stamp: 's1', text: 'unsaved' });
    await app.client.call('drafts.drop', { id: 'd1' });
    expect(await app.client.call('drafts.list', {})).toEqual([]);
  });

  it('that are damaged are moved aside and block nothing', async () => {
    await app.client.call('drafts.put', { id: 'good', name: 'a', handle: null, text: 'a' });
    const folder = join(app.folder, 'user', 'drafts');
    await writeFile(join(folder, 'cut.json'), '{"id": "x", "te');
    await writeFile(join(folder, 'wrong.json'), '{"id": 7}');
    expect((await app.client.call('drafts.list', {})).map(({ id }) => id)).toEqual(['good']);
    expect((await readdir(folder)).filter((name) => name.endsWith('.damaged'))).toHaveLength(2);
  });
});

describe('settings', () => {
  it('are kept, and one that does not fit costs only itself', async () => {
    await app.client.call('settings.set', { theme: 'dark' });
    expect(await app.again().client.call('settings.get', {})).toMatchObject({ theme: 'dark' });
    await writeFile(join(app.folder, 'user', 'settings.json'), '{"theme": "neon", "engine": "onnxruntime"}');
    expect(await app.again().client.call('settings.get', {})).toMatchObject({ theme: 'system', engine: 'onnxruntime' });
    await writeFile(join(app.folder, 'user', 'settings.json'), '{{{');
    expect(await app.again().client.call('settings.get', {})).toMatchObject({ theme: 'system' });
  });
});

describe('links', () => {
  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host',
    'ms-msdt:x',
    ' https://x',
    'data:text/html,x',
    'HTTP://x',
    'https:\n//x',
  ])('%j is not opened unless it is a web page or a mail', async (url) => {
    const isWeb = URL.canParse(url) && ['https:', 'mailto:'].includes(new URL(url).protocol);
    const call = app.client.call('app.openExternal', { url });
    if (isWeb) await call;
    else await expect(call).rejects.toMatchObject({ code: 'E_URL' });
  });
});
