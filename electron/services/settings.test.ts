import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settings as settingsSchema } from '../../shared/rpc/contract';
import type { Host } from './host';
import { createSettingsService } from './settings';

let folder: string;
let file: string;
const service = () => createSettingsService({ kind: 'web', paths: { userData: folder, assets: '', browseRoot: null } } as unknown as Host);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skipwire-settings-'));
  file = join(folder, 'settings.json');
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

const onDisk = async () => JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;

describe('settings', () => {
  it('are all explained in docs/settings.md', async () => {
    const page = await readFile(new URL('../../docs/settings.md', import.meta.url), 'utf8');
    expect(Object.keys(settingsSchema.shape).filter((field) => !page.includes(`| \`${field}\` |`))).toEqual([]);
  });

  it('are the defaults where there is no file, and leave none behind', async () => {
    expect(await service()['settings.get']({})).toMatchObject({ theme: 'system', density: 'comfortable', keybindings: {} });
    expect(await readdir(folder)).toEqual([]);
  });

  it('hold in the file only what was set', async () => {
    await service()['settings.set']({ theme: 'dark' });
    expect(await onDisk()).toEqual({ theme: 'dark' });
    expect(await service()['settings.get']({})).toMatchObject({ theme: 'dark', density: 'comfortable' });
  });

  it('name a field that does not fit, use its default and leave it in the file', async () => {
    await writeFile(file, '{ "theme": "blue", "density": "compact", "colour": 1 }');
    const settings = service();
    expect(await settings['settings.get']({})).toMatchObject({ theme: 'system', density: 'compact' });
    const { problems } = await settings['settings.file']({});
    expect(problems).toEqual([
      { field: 'theme', message: '“theme” is "blue". Expected "system", "light", "dark", "contrast". The default is used.' },
      { field: 'colour', message: 'There is no setting “colour”.' },
    ]);
    await settings['settings.set']({ density: 'comfortable' });
    expect(await onDisk()).toEqual({ theme: 'blue', density: 'comfortable', colour: 1 });
  });

  it('see what was edited by hand meanwhile, and do not undo it', async () => {
    const settings = service();
    await settings['settings.set']({ theme: 'dark' });
    await writeFile(file, '{ "theme": "light" }');
    await settings['settings.set']({ density: 'compact' });
    expect(await onDisk()).toEqual({ theme: 'light', density: 'compact' });
  });

  it('leave a damaged file to whoever edits it, and hold as they were', async () => {
    const settings = service();
    await settings['settings.set']({ theme: 'dark' });
    await writeFile(file, '{ "theme": "dark"');
    expect(await settings['settings.get']({})).toMatchObject({ theme: 'dark' });
    expect(await readFile(file, 'utf8')).toBe('{ "theme": "dark"');
    const { problems } = await settings['settings.file']({});
    expect(problems[0]?.message).toContain('Until it is mended, the settings from before hold.');
    expect(await service()['settings.get']({})).toMatchObject({ theme: 'system' });
  });

  it('put a damaged file aside before they are written, each under a name of its own', async () => {
    const settings = service();
    for (const text of ['{ "theme": "dark"', '[1]']) {
      await writeFile(file, text);
      await settings['settings.set']({ density: 'compact' });
      expect(await onDisk()).toEqual({ density: 'compact' });
    }
    expect((await readdir(folder)).toSorted()).toEqual(['settings.damaged-2.json', 'settings.damaged.json', 'settings.json']);
    expect(await readFile(join(folder, 'settings.damaged.json'), 'utf8')).toBe('{ "theme": "dark"');
    const { problems } = await settings['settings.file']({});
    expect(problems[0]?.message).toContain('It is kept as settings.damaged-2.json');
  });

  it('are not written over where the file cannot be read', async () => {
    await mkdir(file);
    await expect(service()['settings.set']({ theme: 'dark' })).rejects.toThrow('could not be read');
  });

  it('take a file that begins with a mark of its encoding', async () => {
    await writeFile(file, '\uFEFF{ "theme": "dark" }');
    expect(await service()['settings.get']({})).toMatchObject({ theme: 'dark' });
  });

  it('take changes at once one after the other', async () => {
    const settings = service();
    await Promise.all([settings['settings.set']({ theme: 'dark' }), settings['settings.set']({ density: 'compact' })]);
    expect(await onDisk()).toEqual({ theme: 'dark', density: 'compact' });
  });

  it('are not fooled by names of the prototype', async () => {
    await writeFile(file, '{ "__proto__": { "theme": "dark" }, "constructor": 1 }');
    expect(await service()['settings.get']({})).toMatchObject({ theme: 'system' });
  });
});
