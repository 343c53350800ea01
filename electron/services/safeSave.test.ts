import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RpcError } from '../../shared/rpc/messages';
import { safeSave, type SaveFs } from './safeSave';

let folder: string;
beforeEach(async () => void (folder = await nodeFs.mkdtemp(join(tmpdir(), 'skipwire-save-'))));
afterEach(() => nodeFs.rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

const file = () => join(folder, 'net.skip.json');
const OLD = 'old '.repeat(1000);
const NEW = 'new '.repeat(2000);

type Call = keyof SaveFs | 'writeFile' | 'sync' | 'stat of the file' | 'close';

/** The file API with every call noted, and the k-th one failing. */
function faultyFs(failAt: number, code: string): { fs: SaveFs; calls: Call[] } {
  const calls: Call[] = [];
  const step = async <T>(call: Call, body: () => Promise<T>): Promise<T> => {
    calls.push(call);
    if (calls.length === failAt) {
      if (code === 'SHORT' && call === 'stat of the file') return { size: 3 } as T;
      if (code !== 'SHORT') throw Object.assign(new Error(code), { code });
    }
    return body();
  };
  const open: SaveFs['open'] = (path, flags, mode) =>
    step('open', async () => {
      const handle = await nodeFs.open(path, flags, mode);
      return {
        writeFile: (data: Uint8Array) => step('writeFile', () => handle.writeFile(data)),
        sync: () => step('sync', () => handle.sync()),
        stat: () => step('stat of the file', () => handle.stat()),
        // A failing close must not leak the descriptor into the next test.
        close: () => handle.close().then(() => step('close', () => Promise.resolve())),
      } as unknown as nodeFs.FileHandle;
    });
  const fs: SaveFs = {
    open,
    rename: (from, to) => step('rename', () => nodeFs.rename(from, to)),
    unlink: (path) => step('unlink', () => nodeFs.unlink(path)),
    realpath: ((path: string) => step('realpath', () => nodeFs.realpath(path))) as SaveFs['realpath'],
    stat: ((path: string) => step('stat', () => nodeFs.stat(path))) as SaveFs['stat'],
    copyFile: (from, to) => step('copyFile', () => nodeFs.copyFile(from, to)),
  };
  return { fs, calls };
}

describe('a save', () => {
  it('writes aside, flushes, checks the size, renames and flushes the folder, in this order', async () => {
    await nodeFs.writeFile(file(), OLD);
    const { fs, calls } = faultyFs(Infinity, '');
    await safeSave(file(), NEW, { fs });
    expect(calls).toEqual([
      'realpath',
      'stat',
      'open',
      'writeFile',
      'sync',
      'stat of the file',
      'close',
      'rename',
      'open',
      'sync',
      'close',
    ]);
  });

  it.each(['ENOSPC', 'EIO', 'EACCES', 'EBUSY', 'EMFILE', 'SHORT'])(
    'that fails with %s at any step leaves the old file or the new one, whole, and nothing beside it',
    async (code) => {
      for (let step = 1; step <= 11; step += 1) {
        await nodeFs.writeFile(file(), OLD);
        const outcome = await safeSave(file(), NEW, { fs: faultyFs(step, code).fs }).then(
          () => 'saved',
          (error: unknown) => error,
        );
        const text = await nodeFs.readFile(file(), 'utf8');
        expect([OLD, NEW], `step ${step}`).toContain(text);
        if (outcome !== 'saved') expect(outcome, `step ${step}`).toBeInstanceOf(RpcError);
        else if (text === OLD) throw new Error(`step ${step}: said to be saved, but the old file is there`);
        await nodeFs.rm(join(folder, '.net.skip.json.saving'), { force: true });
      }
    },
  );

  it('says in words what a full disk, a read-only folder and a missing folder are', async () => {
    const failing = (code: string) => safeSave(file(), NEW, { fs: faultyFs(4, code).fs });
    await expect(failing('ENOSPC')).rejects.toMatchObject({ code: 'E_NO_SPACE', message: expect.stringContaining('8 KB') as string });
    await expect(failing('EROFS')).rejects.toMatchObject({ code: 'E_READ_ONLY' });
    await expect(safeSave(join(folder, 'gone', 'x.skip.json'), NEW)).rejects.toMatchObject({ code: 'E_GONE' });
  });

  it('of many at once keeps the last, and leaves no file beside it', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => safeSave(file(), `${index}`)));
    expect(await nodeFs.readFile(file(), 'utf8')).toBe('19');
    expect(await nodeFs.readdir(folder)).toEqual(['net.skip.json']);
  });

  it('through a symbolic link keeps the link, and keeps the mode', async () => {
    const real = join(folder, 'real.skip.json');
    await nodeFs.writeFile(real, OLD, { mode: 0o600 });
    await nodeFs.symlink(real, file());
    await safeSave(file(), NEW);
    expect((await nodeFs.lstat(file())).isSymbolicLink()).toBe(true);
    expect(await nodeFs.readFile(real, 'utf8')).toBe(NEW);
    expect((await nodeFs.stat(real)).mode & 0o777).toBe(0o600);
  });

  it('of a part of a buffer writes that part', async () => {
    await safeSave(file(), new Uint8Array(Buffer.from('abcdef')).subarray(2, 4));
    expect(await nodeFs.readFile(file(), 'utf8')).toBe('cd');
  });
});

describe('kill -9 during a save', () => {
  it('never damages the file', async () => {
    // Plain JavaScript with the same recipe in the same order, so that a child starts in milliseconds.
    const content = (round: number) => JSON.stringify({ round, filler: 'x'.repeat(1_000_000) });
    const whole = new Set(Array.from({ length: 60 }, (_, round) => sha(content(round))));
    const script = `
      const fs = require('node:fs/promises'); const { dirname, join, basename } = require('node:path');
      (async () => { for (let round = 0; round < 60; round += 1) {
        const target = process.argv[1]; const aside = join(dirname(target), '.' + basename(target) + '.saving');
        const file = await fs.open(aside, 'w'); await file.writeFile(JSON.stringify({ round, filler: 'x'.repeat(1000000) })); await file.sync(); await file.close();
        await fs.rename(aside, target); if (round === 0) console.log('first');
      } })();`;
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const child = spawn(process.execPath, ['-e', script, file()], { stdio: ['ignore', 'pipe', 'ignore'] });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, attempt * 3));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
      expect(whole).toContain(sha(await nodeFs.readFile(file(), 'utf8')));
    }
    expect((await nodeFs.readdir(folder)).length).toBeLessThanOrEqual(2);
  });
});

function sha(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
