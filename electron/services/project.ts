import { access, constants, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Handlers } from '../../shared/rpc/define';
import type { HostContract, OpenedDocument } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Handles } from './handles';
import type { Host } from './host';
import { releaseLock, takeLock } from './lock';
import { readRegularFile, stampOf } from './readFile';
import { safeSave } from './safeSave';
import { readJsonFile } from './jsonFile';
import { createVersions } from './versions';

type Calls =
  | 'project.samples'
  | 'project.recent'
  | 'project.open'
  | 'project.initial'
  | 'project.save'
  | 'project.saveAs'
  | 'project.close'
  | 'project.versions'
  | 'project.version'
  | 'project.browse';
export type ProjectService = Pick<Handlers<HostContract>, Calls> & {
  /** Opens a path that came from the user by another way: command line, double click. */
  openPath(path: string): Promise<OpenedDocument>;
  setInitial(document: OpenedDocument | null): void;
};

const EXTENSION = '.skip.json';
const RECENT = 12;

const SAMPLES = [
  {
    name: 'digits-resnet',
    title: 'Digits with a residual network',
    description: 'Three pre-activation residual blocks, one with a projection. Trains in seconds.',
  },
  {
    name: 'digits-plain',
    title: 'The same without shortcuts',
    description: 'The plain twin of the residual network, to see what the shortcuts do.',
  },
  {
    name: 'digits-mlp',
    title: 'Digits with a small dense network',
    description: 'Flatten, a hidden layer, ten classes: the smallest thing that learns.',
  },
  {
    name: 'mismatched-add',
    title: 'An add that does not fit',
    description: 'Strides 2 on the main path and an identity shortcut: see where the two paths parted.',
  },
];

/** Documents on disk: opened by handle, saved safely, locked against a second writer. */
export function createProjectService(host: Host, handles: Handles): ProjectService {
  const owned = new Map<string, true>();
  const recentFile = join(host.paths.userData, 'recent.json');
  const versions = createVersions(host);
  let initial: OpenedDocument | null = null;

  async function openPath(path: string): Promise<OpenedDocument> {
    const { bytes, stamp } = await readRegularFile(path);
    const lockedBy = owned.has(path) ? null : ((await takeLock(path, host.kind)) ?? null);
    if (lockedBy === null) owned.set(path, true);
    await remember(path);
    return {
      handle: handles.of(path),
      name: basename(path),
      folder: dirname(path),
      text: bytes.toString('utf8'),
      stamp,
      readOnly: await isReadOnly(path),
      lockedBy,
    };
  }

  async function remember(path: string): Promise<void> {
    const known = (await readRecent()).filter((entry) => entry.path !== path);
    const entries = [{ path, openedAt: Date.now() }, ...known].slice(0, RECENT);
    // Losing the list of recent files is no reason to fail an open.
    await mkdir(host.paths.userData, { recursive: true })
      .then(() => safeSave(recentFile, JSON.stringify(entries)))
      .catch(() => undefined);
  }

  async function readRecent(): Promise<{ path: string; openedAt: number }[]> {
    const entries = await readJsonFile(recentFile);
    if (!Array.isArray(entries)) return [];
    return entries.filter(
      (entry): entry is { path: string; openedAt: number } =>
        typeof (entry as { path?: unknown })?.path === 'string' && typeof (entry as { openedAt?: unknown })?.openedAt === 'number',
    );
  }

  async function write(path: string, text: string): Promise<string> {
    await safeSave(path, text, { backup: true });
    await versions.keep(text);
    return stampOf(await stat(path));
  }

  async function chosenTarget(target: { folder: string; name: string } | null, suggestedName: string): Promise<string | null> {
    if (!target) return host.dialogs ? withExtension(await host.dialogs.save(suggestedName)) : null;
    return withExtension(join(handles.path(target.folder), checkedName(target.name)));
  }

  return {
    openPath,
    setInitial: (document) => void (initial = document),
    'project.samples': () => SAMPLES,
    'project.recent': async () =>
      (await readRecent()).map(({ path, openedAt }) => ({
        handle: handles.of(path),
        name: basename(path),
        folder: dirname(path),
        openedAt,
      })),
    'project.open': async (source) => {
      if (source.kind === 'sample') return openSample(host, source.name);
      if (source.kind === 'handle') return openPath(handles.path(source.handle));
      const path = await host.dialogs?.open();
      return path ? openPath(path) : null;
    },
    'project.initial': () => {
      const given = initial;
      initial = null;
      return given;
    },
    'project.save': async ({ handle, text, stamp, overwrite }) => {
      const path = handles.path(handle);
      const now = await stat(path).then(stampOf, () => null);
      if (!overwrite && stamp !== null && now !== null && now !== stamp) {
        throw new RpcError(
          'E_CHANGED',
          `"${basename(path)}" was changed on disk by another program since it was opened.`,
          'Save over it, or save under another name.',
        );
      }
      if (!owned.has(path) && !overwrite) {
        const holder = await takeLock(path, host.kind);
        if (holder)
          throw new RpcError('E_LOCKED', `"${basename(path)}" is open in ${holder}.`, 'Close it there, or save under another name.');
        owned.set(path, true);
      }
      return { stamp: await write(path, text) };
    },
    'project.saveAs': async ({ text, suggestedName, target }) => {
      const path = await chosenTarget(target, suggestedName);
      if (!path) return null;
      const holder = owned.has(path) ? undefined : await takeLock(path, host.kind);
      if (holder) throw new RpcError('E_LOCKED', `"${basename(path)}" is open in ${holder}.`, 'Choose another name.');
      owned.set(path, true);
      const stamp = await write(path, text);
      await remember(path);
      return { handle: handles.of(path), name: basename(path), folder: dirname(path), stamp };
    },
    'project.close': async ({ handle }) => {
      const path = handles.path(handle);
      if (owned.delete(path)) await releaseLock(path);
      return {};
    },
    'project.versions': async ({ documentId }) => [...(await versions.list(documentId))],
    'project.version': async ({ documentId, version }) => ({ text: await versions.read(documentId, version) }),
    'project.browse': async ({ folder }) => browse(host, handles, folder),
  };
}

async function openSample(host: Host, name: string): Promise<OpenedDocument> {
  const sample = SAMPLES.find((entry) => entry.name === name);
  if (!sample) throw new RpcError('E_GONE', `There is no sample "${name.slice(0, 60)}".`);
  const text = await readFile(join(host.paths.assets, 'samples', `${sample.name}${EXTENSION}`), 'utf8');
  return { handle: null, name: `${sample.name}${EXTENSION}`, folder: null, text, stamp: null, readOnly: false, lockedBy: null };
}

async function isReadOnly(path: string): Promise<boolean> {
  const writable = await Promise.all([access(path, constants.W_OK), access(dirname(path), constants.W_OK)]).then(
    () => true,
    () => false,
  );
  return !writable;
}

function withExtension(path: string | null): string | null {
  return path === null || path.endsWith(EXTENSION) ? path : `${path.replace(/\.json$/, '')}${EXTENSION}`;
}

/** A plain file name that every system takes. */
export function checkedName(name: string): string {
  const bad = [...name].find((character) => '/\\:*?"<>|'.includes(character) || character < ' ');
  if (bad !== undefined)
    throw new RpcError('E_NAME', `A file name cannot have the character ${JSON.stringify(bad)}.`, 'Choose another name.');
  const stem = name.split('.')[0] ?? '';
  if (name === '' || /[. ]$/.test(name) || name.startsWith('..') || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem)) {
    throw new RpcError('E_NAME', `"${name.slice(0, 60)}" is not a name that every system takes.`, 'Choose another name.');
  }
  if (Buffer.byteLength(name) > 200) throw new RpcError('E_NAME', 'The name is too long.', 'Choose a shorter one.');
  return name;
}

async function browse(host: Host, handles: Handles, folder: string | null) {
  const { browseRoot } = host.paths;
  if (browseRoot === null) throw new RpcError('E_NO_BROWSE', 'This host has file dialogs of its own.');
  const root = await realpath(browseRoot);
  const path = folder === null ? root : await realpath(handles.path(folder));
  const below = relative(root, path);
  if (below === '..' || below.startsWith(`..${sep}`))
    throw new RpcError('E_HANDLE', 'This folder is outside of what the server was started with.');
  const entries = (await readdir(path, { withFileTypes: true })).filter(
    (entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules',
  );
  const folders = entries.filter((entry) => entry.isDirectory()).slice(0, 1000);
  const documents = entries.filter((entry) => entry.isFile() && entry.name.endsWith(EXTENSION)).slice(0, 1000);
  const listed = await Promise.all(
    [...folders, ...documents].map(async (entry) => {
      const full = join(path, entry.name);
      const modifiedAt = await stat(full).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
      return {
        kind: entry.isDirectory() ? ('folder' as const) : ('document' as const),
        handle: handles.of(full),
        name: entry.name,
        modifiedAt,
      };
    }),
  );
  return {
    folder: handles.of(path),
    title: below === '' ? basename(root) || root : below,
    parent: path === root ? null : handles.of(dirname(path)),
    entries: listed,
  };
}
