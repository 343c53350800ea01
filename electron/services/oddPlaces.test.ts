import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/create';
import { serializeDocument } from '../../shared/document/serialize';
import { startTestApp, type TestApp } from '../testing/testHost';

let app: TestApp;
const text = serializeDocument(newDocument('d1'));
const edited = serializeDocument({ ...newDocument('d1'), dataFormat: 'channelsFirst' });
beforeEach(async () => void (app = await startTestApp()));
afterEach(() => app.close());

const nothing = () => Promise.resolve(null);
const noDialogs = { open: nothing, openFolder: nothing, folder: nothing };

/** Opens a path as the command line does. */
async function open(path: string, { services, client }: Pick<TestApp, 'services' | 'client'> = app) {
  services.project.setInitial(path);
  const opened = await client.call('project.initial', {});
  if (!opened?.handle) throw new Error('Nothing was opened.');
  return { ...opened, handle: opened.handle };
}

async function saveEdited(opened: { readonly handle: string; readonly stamp: string | null }) {
  return app.client.call('project.save', { handle: opened.handle, text: edited, stamp: opened.stamp });
}

/** A path of so many characters, in folders that are there. */
async function longPath(length: number): Promise<string> {
  let folder = app.folder;
  while (folder.length < length - 260) {
    folder = join(folder, 'f'.repeat(200));
    await mkdir(folder);
  }
  const name = '.skip.json';
  if (folder.length + 1 + name.length < length - 200) {
    folder = join(folder, 'g'.repeat(length - folder.length - 120));
    await mkdir(folder);
  }
  return join(folder, `${'n'.repeat(length - folder.length - 1 - name.length)}${name}`);
}

describe('a document', () => {
  it('at a path of 4,000 characters is opened, saved and kept in versions like any other', async () => {
    const path = await longPath(4000);
    expect(path).toHaveLength(4000);
    await writeFile(path, text);
    await saveEdited(await open(path));
    expect(await readFile(path, 'utf8')).toBe(edited);
    expect(await open(path)).toMatchObject({ text: edited, lockedBy: null });
    expect(await app.client.call('project.recent', {})).toHaveLength(1);
  });

  it('whose name is as long as the disk takes is saved under it, and no other file is left beside it', async () => {
    for (const length of [248, 255]) {
      const name = `${'n'.repeat(length - '.skip.json'.length)}.skip.json`;
      await writeFile(join(app.folder, name), text);
      await saveEdited(await open(join(app.folder, name)));
      expect(await readFile(join(app.folder, name), 'utf8')).toBe(edited);
    }
    expect((await readdir(app.folder)).filter((name) => name.includes('.saving'))).toEqual([]);
  });

  it('whose name is longer than the disk takes is refused in words', async () => {
    await expect(open(join(app.folder, `${'x'.repeat(300)}.skip.json`))).rejects.toMatchObject({
      code: 'E_NAME',
      message: expect.stringContaining('is too long') as string,
    });
  });

  it.each([
    ['several scripts and an emoji', 'naïve – 日本語 – שלום 🧠.skip.json'],
    ['a decomposed letter', 're\u0301seau.skip.json'],
    ['the same letter composed', 'r\u00e9seau.skip.json'],
    ['a joined emoji and a direction mark', '\u200f👩‍🔬.skip.json'],
    ['blanks, quotes and a percent sign', ' it’s "50 %" \'.skip.json'],
  ])('with %s in its name is saved, listed, opened and drafted under it', async (_title, name) => {
    const path = join(app.folder, name);
    await writeFile(path, text);
    const opened = await open(path);
    expect(opened.name).toBe(name);
    await saveEdited(opened);
    await app.client.call('drafts.put', { id: 'd1', name, handle: opened.handle, stamp: opened.stamp, text });
    const { entries } = await app.client.call('project.browse', { folder: null });
    expect(entries.map((entry) => entry.name)).toContain(name);
    expect(await app.client.call('drafts.list', {})).toMatchObject([{ name, handle: opened.handle, text }]);
    expect(await readFile(path, 'utf8')).toBe(edited);
  });

  it('behind a symbolic link is written where the link leads, and the link stays one', async () => {
    await mkdir(join(app.folder, 'elsewhere'));
    const real = join(app.folder, 'elsewhere', 'real.skip.json');
    const link = join(app.folder, 'link.skip.json');
    await writeFile(real, text);
    await symlink(real, link);
    const opened = await open(link);
    expect(opened.name).toBe('link.skip.json');
    await saveEdited(opened);
    expect([(await lstat(link)).isSymbolicLink(), await readFile(real, 'utf8')]).toEqual([true, edited]);
  });

  it('is one file by whatever link it is opened', async () => {
    const real = join(app.folder, 'real.skip.json');
    await writeFile(real, text);
    await symlink(real, join(app.folder, 'link.skip.json'));
    await open(real);
    expect(await open(join(app.folder, 'link.skip.json'), app.again())).toMatchObject({
      lockedBy: expect.stringContaining('window') as string,
    });
  });

  it('behind a link to itself or to nothing is refused in words', async () => {
    const loop = join(app.folder, 'loop.skip.json');
    await symlink(loop, loop);
    await symlink(join(app.folder, 'nowhere'), join(app.folder, 'dangling.skip.json'));
    await expect(open(loop)).rejects.toMatchObject({ code: 'E_NOT_FILE', message: expect.stringContaining('link to itself') as string });
    await expect(open(join(app.folder, 'dangling.skip.json'))).rejects.toMatchObject({ code: 'E_GONE' });
  });

  it('whose drive is gone says so, can be saved elsewhere, and its draft stays', async () => {
    const path = join(app.folder, 'drive', 'net.skip.json');
    await mkdir(dirname(path));
    await writeFile(path, text);
    const opened = await open(path);
    await app.client.call('drafts.put', { id: 'd1', name: 'net', handle: opened.handle, stamp: opened.stamp, text: edited });
    await rm(dirname(path), { recursive: true });
    await expect(saveEdited(opened)).rejects.toMatchObject({ code: 'E_GONE', fix: 'Save it elsewhere.' });
    expect(await app.client.call('drafts.list', {})).toMatchObject([{ text: edited }]);
    const { folder } = await app.client.call('project.browse', { folder: null });
    await app.client.call('project.saveAs', { text: edited, suggestedName: 'net', target: { folder, name: 'net.skip.json' } });
    expect(await readFile(join(app.folder, 'net.skip.json'), 'utf8')).toBe(edited);
  });

  it('that another program removes is told to its window, and a save writes it again', async () => {
    const path = join(app.folder, 'net.skip.json');
    await writeFile(path, text);
    const opened = await open(path);
    const told = new Promise((resolve) => app.client.on('project.changed', resolve));
    await rm(path);
    expect(await told).toEqual({ handle: opened.handle, stamp: null });
    await saveEdited(opened);
    expect(await readFile(path, 'utf8')).toBe(edited);
  });
});

describe('a name that the system’s dialog gave', () => {
  it('replaces what it names, for that was asked there, and nothing else that the ending makes of it', async () => {
    const other = join(app.folder, 'net.skip.json');
    await writeFile(other, text);
    let chosen = join(app.folder, 'net');
    const desktop = await startTestApp({ dialogs: { ...noDialogs, save: () => Promise.resolve(chosen) } });
    const save = () => desktop.client.call('project.saveAs', { text: edited, suggestedName: 'net', target: null });
    try {
      await expect(save()).rejects.toMatchObject({ code: 'E_EXISTS', message: '"net.skip.json" is there already.' });
      expect(await readFile(other, 'utf8')).toBe(text);
      chosen = other;
      expect(await save()).toMatchObject({ name: 'net.skip.json' });
      expect(await readFile(other, 'utf8')).toBe(edited);
    } finally {
      await desktop.close();
    }
  });
});

describe('a folder', () => {
  it('behind a symbolic link is listed as one and opened, unless it leads out of what was started with', async () => {
    await mkdir(join(app.folder, 'real'));
    await writeFile(join(app.folder, 'real', 'net.skip.json'), text);
    await symlink(join(app.folder, 'real'), join(app.folder, 'linked'));
    await symlink(tmpdir(), join(app.folder, 'outside'));
    const { entries } = await app.client.call('project.browse', { folder: null });
    const folders = entries.filter(({ kind }) => kind === 'folder');
    expect(folders.map(({ name }) => name)).toEqual(expect.arrayContaining(['real', 'linked', 'outside']));
    const handleOf = (wanted: string) => folders.find(({ name }) => name === wanted)?.handle ?? '';
    const linked = await app.client.call('project.browse', { folder: handleOf('linked') });
    expect(linked.entries.map(({ name }) => name)).toEqual(['net.skip.json']);
    await expect(app.client.call('project.browse', { folder: handleOf('outside') })).rejects.toMatchObject({ code: 'E_HANDLE' });
  });
});

describe('a full disk', () => {
  it('is named with the room that is needed, and the file on it stays as it was', async () => {
    const drive = join(app.folder, 'small');
    await mkdir(drive);
    // Where none may be mounted, safeSave.test.ts fills one by injection.
    if (!mountSmall(drive)) return;
    try {
      const path = join(drive, 'net.skip.json');
      await writeFile(path, text);
      const opened = await open(path);
      const large = text.replace('"view"', `"note": "${'x'.repeat(200_000)}", "view"`);
      await expect(app.client.call('project.save', { handle: opened.handle, text: large, stamp: opened.stamp })).rejects.toMatchObject({
        code: 'E_NO_SPACE',
        message: expect.stringMatching(/The disk is full: "net.skip.json" needs 19\d KB. The file on disk is as it was./) as string,
      });
      expect(await readFile(path, 'utf8')).toBe(text);
      await saveEdited(opened);
      expect([await readFile(path, 'utf8'), (await stat(`${path}.bak`)).size]).toEqual([edited, text.length]);
    } finally {
      execFileSync('umount', [drive]);
    }
  });
});

/** A disk of 64 KB, where this user may mount one. */
function mountSmall(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
