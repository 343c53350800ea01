import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderScans } from './folderScans';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skipwire-scans-'));
  for (const name of ['cat/young', 'dog']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['cat/1.jpg', 'cat/2.jpg', 'cat/young/3.jpg', 'dog/4.jpg', 'dog/5.jpg']) await writeFile(join(folder, name), '');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Folders that were last changed an hour ago. */
async function settle(...names: string[]): Promise<void> {
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const name of names) await utimes(join(folder, name), hourAgo, hourAgo);
}

const filesIn = async (scan: ReturnType<typeof folderScans>) =>
  Object.values((await scan(folder)).splits)
    .flatMap(({ files }) => files)
    .map((file) => file.slice(folder.length + 1).replaceAll('\\', '/'))
    .toSorted();

describe('scans of folders', () => {
  it('are kept as long as nothing has changed', async () => {
    await settle('cat/young', 'cat', 'dog', '.');
    const scan = folderScans();
    const first = await scan(folder);
    expect(await scan(folder)).toBe(first);
    expect(await folderScans()(folder)).not.toBe(first);
  });

  it('are made anew where a folder changed so short before that another change would not show', async () => {
    await settle('cat/young', 'cat', '.');
    const scan = folderScans();
    const first = await scan(folder);
    expect(await scan(folder)).not.toBe(first);
  });

  it.each([
    ['comes', () => writeFile(join(folder, 'cat', 'young', '6.jpg'), ''), 'cat/young/6.jpg', undefined],
    ['goes', () => rm(join(folder, 'dog', '4.jpg')), undefined, 'dog/4.jpg'],
    ['gets another name', () => rename(join(folder, 'cat', '1.jpg'), join(folder, 'cat', '7.jpg')), 'cat/7.jpg', 'cat/1.jpg'],
    ['moves to another class', () => rename(join(folder, 'cat', '1.jpg'), join(folder, 'dog', '1.jpg')), 'dog/1.jpg', 'cat/1.jpg'],
    ['goes with its folder', () => rm(join(folder, 'cat', 'young'), { recursive: true }), undefined, 'cat/young/3.jpg'],
  ])('know at once of a file that %s', async (_, change, added, removed) => {
    await settle('cat/young', 'cat', 'dog', '.');
    const scan = folderScans();
    const before = await filesIn(scan);
    await change();
    const expected = [...before.filter((file) => file !== removed), ...(added === undefined ? [] : [added])].toSorted();
    expect(await filesIn(scan)).toEqual(expected);
  });

  it('say what they say of a folder that is gone, and find it again', async () => {
    await settle('cat/young', 'cat', 'dog', '.');
    const scan = folderScans();
    const before = await filesIn(scan);
    await rename(folder, `${folder}-away`);
    await expect(scan(folder)).rejects.toMatchObject({ code: 'E_DATA' });
    await rename(`${folder}-away`, folder);
    expect(await filesIn(scan)).toEqual(before);
  });
});
