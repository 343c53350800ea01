import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blockFile } from '../../shared/blocks/library/blockFile';
import { withLibraryBlock } from '../../shared/blocks/library/index';
import { residualBasic } from '../../shared/blocks/library/residualBasic';
import { networkOf } from '../../shared/testing/networks';
import type { Host } from './host';
import { createHub } from './hub';
import { createOwnBlocksService } from './ownBlocks';

let folder: string;
const changes: unknown[] = [];
function service() {
  const hub = createHub();
  hub.add((name) => changes.push(name));
  return createOwnBlocksService({ kind: 'web', paths: { userData: folder, assets: '', browseRoot: null } } as unknown as Host, hub);
}
function textOf(description: string): string {
  const { document, block } = withLibraryBlock(networkOf({}, []), { ...residualBasic, name: 'My block / 1', description });
  return blockFile(document, block) ?? '';
}

beforeEach(async () => {
  changes.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'skipwire-blocks-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

describe('the library of one’s own blocks', () => {
  it('is empty where nothing was kept, and leaves nothing behind', async () => {
    expect(await service()['blocks.list']({})).toEqual({ blocks: [], unreadable: [] });
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps a block as a file of its name, once, and a changed one beside it', async () => {
    const own = service();
    expect(await own['blocks.keep']({ text: textOf('a') })).toEqual({ name: 'my-block-1' });
    expect(await own['blocks.keep']({ text: textOf('a') })).toEqual({ name: 'my-block-1' });
    expect(await own['blocks.keep']({ text: textOf('b') })).toEqual({ name: 'my-block-1-2' });
    expect((await own['blocks.list']({})).blocks.map(({ name, text }) => [name, text])).toEqual([
      ['my-block-1', textOf('a')],
      ['my-block-1-2', textOf('b')],
    ]);
    expect(changes).toEqual(['blocks.changed', 'blocks.changed']);
  });

  it('gives each of two that come at once a name of its own', async () => {
    const own = service();
    const kept = await Promise.all(['a', 'b'].map(async (description) => own['blocks.keep']({ text: textOf(description) })));
    expect(kept.map(({ name }) => name)).toEqual(['my-block-1', 'my-block-1-2']);
  });

  it('refuses what is no block, in words', async () => {
    await expect(service()['blocks.keep']({ text: '{}' })).rejects.toThrow(/.+/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('names files that cannot be read, and reads the others', async () => {
    await service()['blocks.keep']({ text: textOf('a') });
    await writeFile(join(folder, 'blocks', 'broken.skip.json'), '{');
    await mkdir(join(folder, 'blocks', 'folder.skip.json'));
    await symlink(join(folder, 'nowhere'), join(folder, 'blocks', 'gone.skip.json'));
    await writeFile(join(folder, 'blocks', 'huge.skip.json'), 'x'.repeat(2 * 1024 * 1024));
    const { blocks, unreadable } = await service()['blocks.list']({});
    expect(blocks.map(({ name }) => name)).toEqual(['my-block-1']);
    expect(unreadable.map(({ file, reason }) => `${file}: ${reason}`)).toEqual([
      expect.stringMatching(/^broken\.skip\.json: The file ends in the middle/),
      'folder.skip.json: "folder.skip.json" is a folder. Choose a file.',
      expect.stringMatching(/^gone\.skip\.json: "gone\.skip\.json" is not there/),
      'huge.skip.json: "huge.skip.json" has 2 MB; at most 1 MB are read.',
    ]);
  });

  it('writes over nothing in a full folder, nor over a name that differs in capitals only', async () => {
    await mkdir(join(folder, 'blocks'));
    const put = (name: string) => writeFile(join(folder, 'blocks', `${name}.skip.json`), 'another’s');
    await put('My-Block-1');
    expect(await service()['blocks.keep']({ text: textOf('a') })).toEqual({ name: 'my-block-1-2' });
    await Promise.all(Array.from({ length: 500 }, (_, index) => put(`a${index}`)));
    await put('my-block-1');
    await expect(service()['blocks.keep']({ text: textOf('b') })).rejects.toMatchObject({ code: 'E_TOO_MANY' });
    expect(await service()['blocks.keep']({ text: textOf('a') })).toEqual({ name: 'my-block-1-2' });
  });

  it('does not fail of a file whose name is none', async () => {
    const own = service();
    await own['blocks.keep']({ text: textOf('a') });
    for (const name of ['', 'x'.repeat(220)]) await writeFile(join(folder, 'blocks', `${name}.skip.json`), '{}');
    expect(await own['blocks.list']({})).toMatchObject({ blocks: [{ name: 'my-block-1' }], unreadable: [] });
  });

  it('removes a block, and nothing outside of its folder', async () => {
    await service()['blocks.keep']({ text: textOf('a') });
    await writeFile(join(folder, 'settings.skip.json'), 'mine');
    await service()['blocks.remove']({ name: '../settings' });
    await service()['blocks.remove']({ name: 'my-block-1' });
    expect(await readdir(folder)).toEqual(['blocks', 'settings.skip.json']);
    expect((await service()['blocks.list']({})).blocks).toEqual([]);
  });
});
